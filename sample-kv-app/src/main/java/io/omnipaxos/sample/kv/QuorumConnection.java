package io.omnipaxos.sample.kv;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.omnipaxos.core.ReplicaStatus;
import io.omnipaxos.node.ReplicatedLog;

/**
 * Tells early that the cluster can't serve, before anything is appended: a client then
 * knows that its write is certainly not written.
 */
class QuorumConnection {

	/** One missed heartbeat round, or an election, is no reason to turn anybody away. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final Executor LATER = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

	private final ReplicatedLog<?> log;

	QuorumConnection(ReplicatedLog<?> log) {
		this.log = log;
	}

	/**
	 * Completes once this node hears its leader, or enough nodes to elect one.
	 * @return future that fails with {@link NoQuorumException} when that takes too long
	 */
	CompletableFuture<Void> awaitConnection() {
		return awaitConnection(System.nanoTime() + PATIENCE.toNanos());
	}

	private CompletableFuture<Void> awaitConnection(long deadline) {
		if (isConnected()) {
			return CompletableFuture.completedFuture(null);
		}
		if (System.nanoTime() - deadline > 0) {
			return CompletableFuture.failedFuture(new NoQuorumException());
		}
		return CompletableFuture.supplyAsync(() -> awaitConnection(deadline), LATER).thenCompose(Function.identity());
	}

	private boolean isConnected() {
		ReplicaStatus.Connectivity connectivity = this.log.status().connectivity();
		return connectivity.leader() || connectivity.prepareQuorum();
	}

}
