package io.omnipaxos.node;

import java.util.concurrent.CompletableFuture;

import io.omnipaxos.core.CompactionException;
import io.omnipaxos.core.OmniPaxos;
import org.jspecify.annotations.Nullable;

/** A trim or a snapshot, and the future of its end. */
final class CompactionRequest extends CompletableFuture<Void> implements Request {

	private final @Nullable Long index;

	private final boolean snapshot;

	private final boolean localOnly;

	CompactionRequest(@Nullable Long index, boolean snapshot, boolean localOnly) {
		this.index = index;
		this.snapshot = snapshot;
		this.localOnly = localOnly;
	}

	@Override
	public void applyTo(OmniPaxos core, Outstanding outstanding) {
		long until;
		try {
			until = this.snapshot ? core.snapshot(this.index, this.localOnly) : core.trim(this.index);
		}
		catch (CompactionException ex) {
			completeExceptionally(ex);
			return;
		}
		outstanding.compaction(until, this.snapshot, this);
	}

	@Override
	public void refuse(ReplicaStoppedException reason) {
		completeExceptionally(reason);
	}

}
