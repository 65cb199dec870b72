package io.omnipaxos.core.storage;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a log in memory, for tests and for trying things out: it is gone with the
 * process. <b>A node that votes again after losing its storage can lose decided
 * entries</b> of the whole cluster.
 * <p>
 * Reads may come from any thread and take no lock; all else is for one thread.
 */
public final class MemoryStorage implements Storage {

	private final MemoryBudget budget;

	private final Runnable onClose;

	/** What the last completed write left. */
	private volatile Contents contents;

	/** Known to the writing thread alone. */
	private Staging staging = Staging.NOTHING;

	/** Creates an empty storage. */
	public MemoryStorage() {
		this(0);
	}

	/**
	 * Creates an empty storage of a node that had one before.
	 * @param lastSession session that the node's proposals must not go back to, zero for
	 * a new node
	 */
	public MemoryStorage(long lastSession) {
		this(lastSession, new MemoryBudget(Long.MAX_VALUE), () -> {
		});
	}

	MemoryStorage(long lastSession, MemoryBudget budget, Runnable onClose) {
		this.contents = new Contents(StoredState.EMPTY.withSession(lastSession), EntryArray.emptyAt(0), Payload.EMPTY);
		this.budget = budget;
		this.onClose = onClose;
	}

	@Override
	public StoredState load() {
		this.staging = Staging.NOTHING;
		return this.contents.state();
	}

	@Override
	public void write(List<StorageOp> ops) {
		Contents before = this.contents;
		StateDraft draft = new StateDraft(before.state(), this.staging.described());
		EntryArray entries = before.entries();
		Payload snapshot = before.snapshot();
		Staging staging = this.staging;
		for (StorageOp op : ops) {
			if (!draft.apply(op)) {
				continue;
			}
			if (op instanceof StorageOp.Append append) {
				entries = entries.append(append.from(), append.entries());
			}
			else if (op instanceof StorageOp.Trim trim) {
				entries = entries.dropBefore(trim.index());
				snapshot = Payload.EMPTY;
			}
			else if (op instanceof StorageOp.StageSnapshot stage) {
				staging = staging.with(stage);
			}
			else if (op instanceof StorageOp.InstallSnapshot install) {
				entries = entries.dropBefore(install.id().index());
				snapshot = staging.join();
			}
		}
		this.staging = (draft.staged() != null) ? staging : Staging.NOTHING;
		this.budget.add(entries.bytes() - before.entries().bytes());
		this.contents = new Contents(draft.state(), entries, snapshot);
	}

	@Override
	public boolean hasRoom() {
		return this.budget.hasRoom();
	}

	@Override
	public boolean readsAtOnce() {
		return true;
	}

	@Override
	public List<Entry> entries(long from, long to, long maxBytes) {
		return this.contents.entries().slice(from, to, maxBytes);
	}

	@Override
	public Payload snapshot(SnapshotId id, long offset, int maxBytes) {
		Contents now = this.contents;
		StoredSnapshot stored = now.state().snapshot();
		if (stored == null || !stored.id().equals(id) || offset >= stored.size()) {
			return Payload.EMPTY;
		}
		return now.snapshot().slice((int) offset, (int) Math.min(stored.size(), offset + maxBytes));
	}

	/** Does nothing but let it be opened again: the contents stay as long as it does. */
	@Override
	public void close() {
		this.onClose.run();
	}

	/** What reads see. */
	private record Contents(StoredState state, EntryArray entries, Payload snapshot) {
	}

	/** Pieces of a snapshot that is not there yet. */
	private record Staging(@Nullable SnapshotId id, List<Payload> pieces, long size) {

		static final Staging NOTHING = new Staging(null, List.of(), 0);

		@Nullable StoredSnapshot described() {
			return (this.id != null) ? new StoredSnapshot(this.id, this.size) : null;
		}

		Staging with(StorageOp.StageSnapshot piece) {
			List<Payload> all = new ArrayList<>((piece.offset() > 0) ? this.pieces : List.of());
			all.add(piece.data());
			return new Staging(piece.id(), all, piece.offset() + piece.data().size());
		}

		Payload join() {
			byte[] whole = new byte[Math.toIntExact(this.size)];
			int at = 0;
			for (Payload piece : this.pieces) {
				System.arraycopy(piece.array(), 0, whole, at, piece.size());
				at += piece.size();
			}
			return Payload.of(whole);
		}

	}

}
