package io.omnipaxos.node;

import java.util.concurrent.CompletableFuture;

import io.omnipaxos.core.OmniPaxos;

/** A read barrier, and the future of its index. */
final class BarrierRequest extends CompletableFuture<Long> implements Request {

	@Override
	public void applyTo(OmniPaxos core, Outstanding outstanding) {
		outstanding.barrier(core.readBarrier(), this);
	}

	@Override
	public void refuse(ReplicaStoppedException reason) {
		completeExceptionally(reason);
	}

}
