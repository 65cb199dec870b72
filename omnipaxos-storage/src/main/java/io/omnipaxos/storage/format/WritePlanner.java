package io.omnipaxos.storage.format;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.storage.StateDraft;
import io.omnipaxos.core.storage.StorageOp;
import io.omnipaxos.core.storage.StoredSnapshot;
import io.omnipaxos.storage.format.WritePlan.SnapshotChange;
import org.jspecify.annotations.Nullable;

/** Adds the operations of a batch up. */
final class WritePlanner {

	private final StateDraft draft;

	private final List<SnapshotChange> snapshots = new ArrayList<>();

	/** Length of the log that is stored. */
	private final long storedEnd;

	private long snapshotNumber;

	private long dropBefore;

	private long cutAt = WritePlan.NOWHERE;

	private long from;

	private List<Entry> entries = List.of();

	WritePlanner(LogHeader before, @Nullable StoredSnapshot staged) {
		this.draft = new StateDraft(before.state(), staged);
		this.storedEnd = before.state().acceptedIndex();
		this.snapshotNumber = before.snapshotNumber();
		this.from = this.storedEnd;
	}

	void add(StorageOp op) {
		if (!this.draft.apply(op)) {
			return;
		}
		if (op instanceof StorageOp.Append append) {
			append(append);
		}
		else if (op instanceof StorageOp.Trim trim) {
			this.dropBefore = trim.index();
			this.snapshots.add(new SnapshotChange.DropUpTo(this.snapshotNumber));
		}
		else if (op instanceof StorageOp.StageSnapshot stage) {
			if (stage.offset() == 0) {
				this.snapshots.add(new SnapshotChange.DropAbove(this.snapshotNumber));
			}
			this.snapshots.add(new SnapshotChange.Add(this.snapshotNumber + 1, stage.offset(), stage.data()));
		}
		else if (op instanceof StorageOp.InstallSnapshot install) {
			this.snapshots.add(new SnapshotChange.DropUpTo(this.snapshotNumber));
			this.snapshotNumber++;
			compact(install.id().index());
		}
	}

	private void append(StorageOp.Append append) {
		if (append.from() < this.storedEnd) {
			this.cutAt = Math.min(this.cutAt, append.from());
		}
		if (this.entries.isEmpty() || append.from() <= this.from) {
			this.from = append.from();
			this.entries = append.entries();
			return;
		}
		List<Entry> joined = new ArrayList<>(this.entries.subList(0, (int) (append.from() - this.from)));
		joined.addAll(append.entries());
		this.entries = joined;
	}

	/** A log that ends below the snapshot goes on at it. */
	private void compact(long index) {
		this.dropBefore = index;
		if (this.from + this.entries.size() <= index) {
			this.from = index;
			this.entries = List.of();
		}
	}

	WritePlan plan() {
		return new WritePlan(this.dropBefore, this.cutAt, this.from, this.entries, this.snapshots,
				new LogHeader(this.draft.state(), this.snapshotNumber), this.draft.staged());
	}

}
