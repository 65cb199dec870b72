package io.omnipaxos.autoconfigure.diagnostics;

import io.omnipaxos.core.storage.StorageConfigurationException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a start that was refused because a log was used with other nodes. */
class StorageConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<StorageConfigurationException> {

	private static final String DESCRIPTION = """
			This node is configured for %s, but its log was used in %s.

			Starting would let nodes decide that need not know what the former ones decided, which can lose decided entries.""";

	private static final String ACTION = """
			Set 'omnipaxos.cluster.nodes', 'omnipaxos.cluster.flexible-quorum' and 'omnipaxos.cluster.configuration-id', \
			or what the file of 'omnipaxos.config-file' says of them, to those of the log.
			A log in use can't be given other nodes or quorums by changing a setting: begin a new cluster with them, under \
			a new 'omnipaxos.cluster.name' and with new storage, and append there what the application knows.""";

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, StorageConfigurationException cause) {
		return new FailureAnalysis(DESCRIPTION.formatted(cause.expected(), cause.found()), ACTION, cause);
	}

}
