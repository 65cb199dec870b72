package io.omnipaxos.test.rules;

import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

/**
 * Runs one test method, of the core or on the simulator, on whichever core the class path
 * holds.
 */
public final class TestOfCore {

	private TestOfCore() {
	}

	/** Returns {@code passed} or {@code failed}, or that there is no such test. */
	public static String run(String method) {
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(selectMethod(method))
			.build();
		LauncherFactory.create().execute(request, listener);
		TestExecutionSummary summary = listener.getSummary();
		if (summary.getTestsStartedCount() == 0) {
			return "no such test";
		}
		return (summary.getTestsFailedCount() > 0) ? "failed" : "passed";
	}

}
