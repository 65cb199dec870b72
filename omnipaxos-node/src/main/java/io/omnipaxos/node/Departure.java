package io.omnipaxos.node;

import java.util.concurrent.CompletableFuture;

import io.omnipaxos.core.OmniPaxos;
import io.omnipaxos.core.ReplicaStatus;
import io.omnipaxos.core.Role;

/**
 * Makes a replica ready to stop: what it was asked is answered, and another node leads.
 * Hands leadership over, again and again as messages may be lost. For the replica's
 * thread, but for the future.
 */
final class Departure {

	private final CompletableFuture<Void> ready = new CompletableFuture<>();

	private final AppendBudget appends;

	private final int retryTicks;

	private int ticksToHandOver;

	private boolean led;

	private boolean deferring;

	Departure(AppendBudget appends, int retryTicks) {
		this.appends = appends;
		this.retryTicks = retryTicks;
	}

	/** Completes when the replica may stop without harm. */
	CompletableFuture<Void> ready() {
		return this.ready;
	}

	void proceed(OmniPaxos core, Outstanding outstanding, boolean ticked) {
		if (this.ready.isDone()) {
			return;
		}
		ReplicaStatus status = core.status();
		// Whoever hears neither a leader nor enough to become one has nothing decided.
		boolean alone = !status.connectivity().prepareQuorum() && !status.connectivity().leader();
		boolean leadsOthers = status.role().leads() && status.connectivity().prepareQuorum()
				&& !status.peers().isEmpty();
		this.led |= leadsOthers;
		// In step with its successor: which means that there is one, and that it leads.
		boolean succeeded = !this.led || status.role() == Role.FOLLOWING;
		if (status.role() == Role.FOLLOWING && !this.deferring) {
			// However much it is preferred, it must not take the lead again.
			this.deferring = true;
			core.setPriority(0);
		}
		boolean answered = this.appends.isUnused() && !outstanding.hasBarriers();
		if (alone || (succeeded && answered)) {
			this.ready.complete(null);
		}
		else if (leadsOthers) {
			handOver(core, ticked);
		}
	}

	private void handOver(OmniPaxos core, boolean ticked) {
		if (ticked && this.ticksToHandOver > 0) {
			this.ticksToHandOver--;
		}
		if (this.ticksToHandOver == 0) {
			// Where nobody can be asked yet, somebody may be by the next tick.
			this.ticksToHandOver = core.handOver() ? this.retryTicks : 1;
		}
	}

}
