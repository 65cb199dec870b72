package io.omnipaxos.core;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.SnapshotFolder.Fold;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.StoredSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Folds the entries that go, a piece at a time, and then writes the snapshot likewise.
 */
final class SnapshotJob implements CompactionJob {

	private final Local local;

	private final long index;

	private final Fold fold;

	private SessionTable sessions;

	private final SnapshotId id;

	private long cursor;

	private @Nullable Payload snapshot;

	SnapshotJob(Local local, long index, SnapshotFolder folder) {
		CompactedPrefix compacted = local.log().compacted();
		this.local = local;
		this.index = index;
		this.cursor = compacted.index();
		this.sessions = compacted.sessions();
		this.id = new SnapshotId(compacted.base(), index);
		this.fold = folder.begin(stored(compacted.snapshot()));
	}

	@Override
	public long index() {
		return this.index;
	}

	@Override
	public void step() {
		if (this.cursor < this.index) {
			readPiece();
		}
		if (this.cursor == this.index) {
			write();
		}
	}

	private void readPiece() {
		List<Entry> entries = CompactionJob.read(this.local, this.cursor, this.index);
		this.sessions = this.sessions.with(SessionTable.of(entries.stream().map(Entry::id).toList()));
		this.fold.add(payloads(entries));
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

	private void write() {
		Payload whole = this.snapshot;
		if (whole == null) {
			whole = this.fold.finish();
			this.snapshot = whole;
		}
		int from = (int) this.local.log().compacted().stagedBytes(this.local.self(), this.id);
		int to = Math.min(whole.size(), Math.addExact(from, this.local.limits().maxPieceBytes()));
		this.local.log().stageSnapshot(this.local.self(), this.id, from, whole.slice(from, to));
		if (to == whole.size()) {
			this.local.log().installSnapshot(new StoredSnapshot(this.id, whole.size()), this.sessions);
		}
	}

	private @Nullable Payload stored(@Nullable StoredSnapshot before) {
		if (before == null) {
			return null;
		}
		ByteArrayOutputStream whole = new ByteArrayOutputStream((int) before.size());
		while (whole.size() < before.size()) {
			Payload piece = this.local.log().stored().snapshot(before.id(), whole.size(), 1 << 20);
			Invariant.check(piece.size() > 0, "The stored %s ends after %d bytes", before, whole.size());
			whole.writeBytes(piece.array());
		}
		return Payload.of(whole.toByteArray());
	}

}
