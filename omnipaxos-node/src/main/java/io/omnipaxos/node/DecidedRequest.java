package io.omnipaxos.node;

import java.util.concurrent.CompletableFuture;

import io.omnipaxos.core.OmniPaxos;

/**
 * Waits until this node has decided that much; the future of how much it then has. Counts
 * as waiting until the replica has taken note, even if the caller has given up.
 */
final class DecidedRequest extends CompletableFuture<Long> implements Request, IndexWaiters.Waiter {

	private final long length;

	private final ReplicaView view;

	private final WaiterBudget waiters;

	DecidedRequest(long length, ReplicaView view, WaiterBudget waiters) {
		this.length = length;
		this.view = view;
		this.waiters = waiters;
	}

	@Override
	public void applyTo(OmniPaxos core, Outstanding outstanding) {
		outstanding.awaitDecided(this);
		outstanding.decided(this.view.indexes().decided());
		this.waiters.releaseOnceComplete(this);
	}

	@Override
	public void refuse(ReplicaStoppedException reason) {
		completeExceptionally(reason);
		this.waiters.releaseOnceComplete(this);
	}

	@Override
	public long index() {
		return this.length;
	}

	@Override
	public void reached(long index) {
		complete(index);
	}

	@Override
	public void failed(RuntimeException reason) {
		completeExceptionally(reason);
	}

}
