package io.omnipaxos.autoconfigure;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/**
 * Matches when the application says which node it is.
 */
class OnNamedNodeCondition extends AnyNestedCondition {

	OnNamedNodeCondition() {
		super(ConfigurationPhase.PARSE_CONFIGURATION);
	}

	@ConditionalOnProperty("omnipaxos.server.pid")
	static class ByPid {

	}

	@ConditionalOnProperty("omnipaxos.config-file")
	static class ByConfigFile {

	}

}
