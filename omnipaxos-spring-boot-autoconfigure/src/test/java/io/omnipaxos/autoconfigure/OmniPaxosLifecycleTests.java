package io.omnipaxos.autoconfigure;

import org.junit.jupiter.api.Test;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

import static org.assertj.core.api.Assertions.assertThat;

class OmniPaxosLifecycleTests {

	@Test
	void theNodeStartsAfterTheWebServerAndStopsBeforeItTakesNoMoreRequests() {
		assertThat(OmniPaxosLifecycle.PHASE).isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE)
			.isGreaterThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE);
	}

	@Test
	void theNodeStartsBeforeTheBeansOfTheApplication() {
		assertThat(OmniPaxosLifecycle.PHASE).isLessThan(SmartLifecycle.DEFAULT_PHASE);
	}

}
