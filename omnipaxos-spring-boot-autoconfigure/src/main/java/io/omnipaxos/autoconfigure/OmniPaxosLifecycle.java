package io.omnipaxos.autoconfigure;

import java.time.Duration;

import io.omnipaxos.node.OmniPaxosNode;

import org.springframework.context.SmartLifecycle;

/**
 * Starts the node when the web server is up, and stops it before the web server stops
 * taking requests: the peers have to be told.
 */
final class OmniPaxosLifecycle implements SmartLifecycle {

	/**
	 * Above the phases in which Spring Boot's web server drains its requests
	 * ({@code DEFAULT_PHASE - 1024}) and stops ({@code DEFAULT_PHASE - 2048}), and below
	 * that of the application's own beans.
	 */
	static final int PHASE = DEFAULT_PHASE - 512;

	private final OmniPaxosNode node;

	private final Duration handOverTimeout;

	private volatile boolean running;

	OmniPaxosLifecycle(OmniPaxosNode node, Duration handOverTimeout) {
		this.node = node;
		this.handOverTimeout = handOverTimeout;
	}

	@Override
	public void start() {
		this.node.start();
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.node.stop(this.handOverTimeout);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** A node that has stopped does not come back, so it does not pause either. */
	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
