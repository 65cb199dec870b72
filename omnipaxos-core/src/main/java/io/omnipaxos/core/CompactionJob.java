package io.omnipaxos.core;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.omnipaxos.core.SnapshotFolder.Fold;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.StoredSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * One compaction under way. Reads the entries that go, for the session table and, when
 * there is a folder, for the snapshot; then writes the snapshot. A piece at each step, so
 * that it never holds the replica up for longer.
 */
final class CompactionJob {

	private final Local local;

	private final long index;

	private final @Nullable Fold fold;

	private final Map<NodeId, ProposalId> sessions;

	private final SnapshotId id;

	private long cursor;

	private @Nullable Payload snapshot;

	/** Begins a trim, when there is no folder, or a snapshot. */
	CompactionJob(Local local, long index, @Nullable SnapshotFolder folder) {
		CompactedPrefix compacted = local.log().compacted();
		this.local = local;
		this.index = index;
		this.cursor = compacted.index();
		this.sessions = new HashMap<>(compacted.sessions().last());
		this.id = new SnapshotId(compacted.base(), index);
		this.fold = (folder != null) ? folder.begin(stored(compacted.snapshot())) : null;
	}

	long index() {
		return this.index;
	}

	/** Does one piece of the work; the last makes the log begin at the index. */
	void step() {
		if (this.cursor < this.index) {
			readPiece();
		}
		if (this.cursor < this.index) {
			return;
		}
		if (this.fold != null) {
			write(this.fold);
		}
		else {
			this.local.log().trim(this.index, new SessionTable(this.sessions));
		}
	}

	private void readPiece() {
		ReplicaLog log = this.local.log();
		List<Entry> entries = log.entries(this.cursor, this.index, this.local.limits().maxPieceBytes());
		Invariant.check(!entries.isEmpty(), "Entry %d is to be compacted and is not there", this.cursor);
		entries.forEach((entry) -> this.sessions.put(entry.id().pid(), entry.id()));
		if (this.fold != null) {
			this.fold.add(payloads(entries));
		}
		this.cursor += entries.size();
	}

	private static List<Payload> payloads(List<Entry> entries) {
		List<Payload> payloads = new ArrayList<>(entries.size());
		for (Entry entry : entries) {
			if (entry instanceof Entry.Command command) {
				payloads.add(command.payload());
			}
		}
		return payloads;
	}

	private void write(Fold finished) {
		Payload whole = this.snapshot;
		if (whole == null) {
			whole = finished.finish();
			this.snapshot = whole;
		}
		int from = (int) this.local.log().compacted().stagedBytes(this.id);
		int to = Math.min(whole.size(), Math.addExact(from, this.local.limits().maxPieceBytes()));
		this.local.log().stageSnapshot(this.id, from, whole.slice(from, to));
		if (to == whole.size()) {
			this.local.log()
				.installSnapshot(new StoredSnapshot(this.id, whole.size()), new SessionTable(this.sessions));
		}
	}

	private @Nullable Payload stored(@Nullable StoredSnapshot before) {
		if (before == null) {
			return null;
		}
		ByteArrayOutputStream whole = new ByteArrayOutputStream((int) before.size());
		while (whole.size() < before.size()) {
			Payload piece = this.local.log().snapshotPiece(before.id(), whole.size(), 1 << 20);
			Invariant.check(piece.size() > 0, "The stored %s ends after %d bytes", before, whole.size());
			whole.writeBytes(piece.array());
		}
		return Payload.of(whole.toByteArray());
	}

}
