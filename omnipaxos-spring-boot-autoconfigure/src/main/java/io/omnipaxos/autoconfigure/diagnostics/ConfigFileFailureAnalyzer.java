package io.omnipaxos.autoconfigure.diagnostics;

import io.omnipaxos.node.ConfigFileException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a start that failed because of the configuration file. */
class ConfigFileFailureAnalyzer extends AbstractFailureAnalyzer<ConfigFileException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ConfigFileException cause) {
		return new FailureAnalysis("The file %s that 'omnipaxos.config-file' names can't be used: %s."
			.formatted(cause.file(), cause.problem()), cause.action() + ".", cause);
	}

}
