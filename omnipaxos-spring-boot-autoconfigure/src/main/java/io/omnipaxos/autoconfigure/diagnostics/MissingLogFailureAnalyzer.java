package io.omnipaxos.autoconfigure.diagnostics;

import io.omnipaxos.node.ReplicatedLog;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Explains why there is no log to be injected. Comes before Spring Boot's own explanation
 * of missing beans, which can only propose to define one.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
class MissingLogFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

	private static final String NAME_THE_NODE = """
			Say which node of which cluster this is, with 'omnipaxos.server.pid' and 'omnipaxos.cluster.nodes', or with \
			'omnipaxos.config-file'. To try it out alone: omnipaxos.server.pid=1 and omnipaxos.cluster.nodes=1.""";

	private static final String NAME_THE_TYPE = """
			Annotate the type of the entries with @ReplicatedEntry, in a package of the application, or define a bean of \
			type EntryType for it.""";

	private final Environment environment;

	MissingLogFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
		ResolvableType missing = cause.getResolvableType();
		if (missing == null || missing.resolve() != ReplicatedLog.class || cause.getNumberOfBeansFound() > 0) {
			return null;
		}
		boolean named = this.environment.containsProperty("omnipaxos.server.pid")
				|| this.environment.containsProperty("omnipaxos.config-file");
		return new FailureAnalysis(
				named ? "There is no log of the type %s.".formatted(missing.getGeneric())
						: "There is no log, because the application does not say which node it is.",
				named ? NAME_THE_TYPE : NAME_THE_NODE, cause);
	}

}
