package io.omnipaxos.node;

import java.util.concurrent.CompletableFuture;

import io.omnipaxos.core.OmniPaxos;

/** Waits until this node has decided that much; the future of how much it then has. */
final class DecidedRequest extends CompletableFuture<Long> implements Request, IndexWaiters.Waiter {

	private final long length;

	private final ReplicaView view;

	DecidedRequest(long length, ReplicaView view) {
		this.length = length;
		this.view = view;
	}

	@Override
	public void applyTo(OmniPaxos core, Outstanding outstanding) {
		outstanding.awaitDecided(this);
		outstanding.decided(this.view.indexes().decided());
	}

	@Override
	public void refuse(ReplicaStoppedException reason) {
		completeExceptionally(reason);
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
