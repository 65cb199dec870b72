package io.omnipaxos.autoconfigure.diagnostics;

import io.omnipaxos.core.storage.StorageIdentityException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a start that was refused because the storage belongs to another node. */
class StorageIdentityFailureAnalyzer extends AbstractFailureAnalyzer<StorageIdentityException> {

	private static final String DESCRIPTION = """
			This node is configured as %s, but its storage was written by %s.

			Starting would let one node vote with another node's promises, which can lose decided entries.""";

	private static final String ACTION = """
			Set 'omnipaxos.cluster.name' and 'omnipaxos.server.pid' to those of the storage, or point \
			'omnipaxos.storage' and 'spring.datasource.url' at this node's own.
			Never copy the storage of one node to start another.""";

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, StorageIdentityException cause) {
		return new FailureAnalysis(DESCRIPTION.formatted(cause.expected(), cause.found()), ACTION, cause);
	}

}
