package io.omnipaxos.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.omnipaxos.core.message.CatchUpMessage.DecidedPiece;
import io.omnipaxos.core.message.CatchUpMessage.FetchDecided;
import io.omnipaxos.core.message.CatchUpMessage.NotAvailable;
import io.omnipaxos.core.message.CatchUpMessage.SnapshotPiece;
import io.omnipaxos.core.message.Message;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.StoredSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Gives pieces of what is decided here to nodes that lag. One piece a node and write,
 * whoever asks how often.
 */
final class DecidedSource {

	private final Local local;

	private final Map<NodeId, FetchDecided> asked = new LinkedHashMap<>();

	DecidedSource(Local local) {
		this.local = local;
	}

	void onFetch(NodeId from, FetchDecided fetch) {
		if (this.asked.put(from, fetch) == null) {
			this.local.outbox().sendWhenWritten(from, () -> answer(from));
		}
	}

	private @Nullable Message answer(NodeId to) {
		FetchDecided fetch = this.asked.remove(to);
		ReplicaLog log = this.local.log();
		if (fetch == null || fetch.from() >= log.durablyDecided()) {
			return null;
		}
		if (fetch.from() >= log.compacted().index()) {
			List<Entry> entries = log.entries(fetch.from(), log.durablyDecided(), this.local.limits().maxPieceBytes());
			return new DecidedPiece(log.durable().promise(), fetch.from(), entries, log.durablyDecided());
		}
		StoredSnapshot snapshot = log.compacted().snapshot();
		if (snapshot == null || snapshot.id().base() > fetch.from()) {
			return new NotAvailable(fetch.from(), log.compacted().index());
		}
		return piece(fetch, snapshot);
	}

	private SnapshotPiece piece(FetchDecided fetch, StoredSnapshot snapshot) {
		SnapshotId id = snapshot.id();
		boolean goesOn = id.equals(fetch.snapshot()) && fetch.offset() < snapshot.size();
		long offset = goesOn ? fetch.offset() : 0;
		ReplicaLog log = this.local.log();
		Payload data = log.snapshotPiece(id, offset, this.local.limits().maxPieceBytes());
		return new SnapshotPiece(log.durable().promise(), fetch.from(), id, snapshot.size(), offset, data,
				log.compacted().sessions());
	}

}
