package io.omnipaxos.autoconfigure.diagnostics;

import io.omnipaxos.autoconfigure.MissingTransportException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a start without a web server, on which peers could open their streams. */
class MissingTransportFailureAnalyzer extends AbstractFailureAnalyzer<MissingTransportException> {

	private static final String DESCRIPTION = """
			This node has the peers %s, and they could not reach it: the application has no servlet web server to take \
			their streams, and brings no transport of its own.""";

	private static final String ACTION = """
			Add 'org.springframework.boot:spring-boot-starter-web', and let 'spring.main.web-application-type' not be \
			'none' or 'reactive'. To try out a node without a web server, make it a cluster of one: list no other pid \
			in 'omnipaxos.cluster.nodes'.""";

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MissingTransportException cause) {
		return new FailureAnalysis(DESCRIPTION.formatted(cause.peers()), ACTION, cause);
	}

}
