package io.omnipaxos.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.omnipaxos.core.message.CatchUpMessage.DecidedPiece;
import io.omnipaxos.core.message.CatchUpMessage.FetchDecided;
import io.omnipaxos.core.message.CatchUpMessage.NotAvailable;
import io.omnipaxos.core.message.CatchUpMessage.SnapshotPiece;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.StoredSnapshot;

/**
 * Gives pieces of what is decided here to nodes that lag. One piece a node and write,
 * whoever asks how often. What is no longer in memory is read by whoever owns the
 * replica, while the protocol goes on.
 */
final class DecidedSource {

	private final Local local;

	private final Map<NodeId, FetchDecided> asked = new LinkedHashMap<>();

	DecidedSource(Local local) {
		this.local = local;
	}

	void onFetch(NodeId from, FetchDecided fetch) {
		if (this.asked.put(from, fetch) == null) {
			this.local.outbox().whenWritten(() -> answer(from));
		}
	}

	private void answer(NodeId to) {
		FetchDecided fetch = this.asked.remove(to);
		if (fetch == null) {
			return;
		}
		ReplicaLog log = this.local.log();
		CompactedPrefix compacted = log.compacted();
		StoredSnapshot snapshot = compacted.snapshot();
		if (fetch.from() >= compacted.index()) {
			compacted.transfers().follows(to, fetch.from(), log.durablyDecided());
			giveEntries(to, fetch.from());
		}
		else if (snapshot == null || snapshot.id().base() > fetch.from()) {
			this.local.outbox().send(to, new NotAvailable(fetch.from(), compacted.index()));
		}
		else {
			giveSnapshot(to, fetch, snapshot);
		}
	}

	private void giveEntries(NodeId to, long from) {
		ReplicaLog log = this.local.log();
		Ballot promise = log.durable().promise();
		long decided = log.durablyDecided();
		int maxBytes = this.local.limits().maxPieceBytes();
		if (from >= decided) {
			return;
		}
		if (log.isInMemory(from)) {
			this.local.outbox()
				.send(to, new DecidedPiece(promise, from, log.entries(from, decided, maxBytes), decided));
			return;
		}
		this.local.outbox().sendOnceRead(to, (source) -> {
			List<Entry> entries = source.entries(from, decided, maxBytes);
			return entries.isEmpty() ? null : new DecidedPiece(promise, from, entries, decided);
		});
	}

	private void giveSnapshot(NodeId to, FetchDecided fetch, StoredSnapshot snapshot) {
		Ballot promise = this.local.log().durable().promise();
		SnapshotId id = snapshot.id();
		boolean goesOn = id.equals(fetch.snapshot()) && fetch.offset() < snapshot.size();
		long offset = goesOn ? fetch.offset() : 0;
		int maxBytes = this.local.limits().maxPieceBytes();
		CompactedPrefix compacted = this.local.log().compacted();
		SessionTable sessions = compacted.sessions();
		compacted.transfers().given(to, offset, Math.min(snapshot.size(), offset + maxBytes));
		this.local.outbox().sendOnceRead(to, (source) -> {
			Payload data = source.snapshot(id, offset, maxBytes);
			boolean gone = data.size() == 0 && offset < snapshot.size();
			return gone ? null : new SnapshotPiece(promise, fetch.from(), id, snapshot.size(), offset, data, sessions);
		});
	}

}
