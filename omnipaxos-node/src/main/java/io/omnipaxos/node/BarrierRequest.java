package io.omnipaxos.node;

import java.util.concurrent.CompletableFuture;

import io.omnipaxos.core.OmniPaxos;

/**
 * A read barrier, and the future of its index. Counts as waiting until the core has been
 * asked, even if the caller has given up.
 */
final class BarrierRequest extends CompletableFuture<Long> implements Request {

	private final WaiterBudget waiters;

	BarrierRequest(WaiterBudget waiters) {
		this.waiters = waiters;
	}

	@Override
	public void applyTo(OmniPaxos core, Outstanding outstanding) {
		if (!isDone()) {
			outstanding.barrier(core.readBarrier(), this);
		}
		this.waiters.releaseOnceComplete(this);
	}

	@Override
	public void refuse(ReplicaStoppedException reason) {
		completeExceptionally(reason);
		this.waiters.releaseOnceComplete(this);
	}

}
