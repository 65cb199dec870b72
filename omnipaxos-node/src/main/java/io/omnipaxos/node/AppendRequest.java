package io.omnipaxos.node;

import java.util.concurrent.CompletableFuture;

import io.omnipaxos.core.AppendRefusedException;
import io.omnipaxos.core.OmniPaxos;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import org.jspecify.annotations.Nullable;

/**
 * One entry, or the stop-sign, from the call to the answer; itself the future that the
 * caller holds.
 */
final class AppendRequest extends CompletableFuture<Appended> implements Request, PendingAppend {

	private final Payload content;

	/** The configuration that a stop-sign names, or {@code null} for an entry. */
	private final @Nullable ClusterConfig next;

	private final int size;

	private final AppendBudget budget;

	private final ReplicaCounters counters;

	AppendRequest(Payload content, @Nullable ClusterConfig next, int size, AppendBudget budget,
			ReplicaCounters counters) {
		this.content = content;
		this.next = next;
		this.size = size;
		this.budget = budget;
		this.counters = counters;
	}

	@Override
	public void applyTo(OmniPaxos core, Outstanding outstanding) {
		ProposalId id;
		try {
			id = (this.next != null) ? core.reconfigure(this.next, this.content) : core.append(this.content);
		}
		catch (AppendRefusedException | IllegalArgumentException ex) {
			refused(ex);
			return;
		}
		outstanding.proposed(id, this);
	}

	@Override
	public void refuse(ReplicaStoppedException reason) {
		refused(reason);
	}

	private void refused(RuntimeException reason) {
		this.budget.release(this.size);
		this.counters.refused(1);
		completeExceptionally(reason);
	}

	@Override
	public int size() {
		return this.size;
	}

	@Override
	public void decided(Appended where) {
		complete(where);
	}

	@Override
	public void failed(RuntimeException reason) {
		completeExceptionally(reason);
	}

}
