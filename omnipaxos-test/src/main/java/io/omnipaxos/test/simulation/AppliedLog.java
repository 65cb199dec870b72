package io.omnipaxos.test.simulation;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.Notice;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StoredSnapshot;
import io.omnipaxos.core.storage.StoredState;

/**
 * What a node's user has applied: every entry that the node said is decided, in order and
 * without a gap. Survives the node, as far as the node had durably decided it.
 */
final class AppliedLog {

	/** Stands for a stop-sign. */
	static final String STOP_SIGN = "stop-sign";

	private final List<String> texts = new ArrayList<>();

	List<String> texts() {
		return List.copyOf(this.texts);
	}

	int size() {
		return this.texts.size();
	}

	static String text(Entry entry) {
		return (entry instanceof Entry.Command command) ? command.payload().asText() : STOP_SIGN;
	}

	/**
	 * Goes on where the storage has durably decided, as a user who reads at start does.
	 */
	void restart(SimulatedStorage storage) {
		StoredState stored = storage.stored();
		int decided = Math.toIntExact(stored.decidedIndex());
		if (decided < this.texts.size()) {
			this.texts.subList(decided, this.texts.size()).clear();
		}
		if (this.texts.size() < stored.compactedIndex()) {
			StoredSnapshot snapshot = stored.snapshot();
			if (snapshot != null) {
				takeSnapshot(snapshot.id(), storage.disk());
			}
		}
		storage.disk()
			.entries(this.texts.size(), decided, Long.MAX_VALUE)
			.forEach((entry) -> this.texts.add(text(entry)));
	}

	void take(Notice notice, SimulatedStorage storage) {
		if (notice instanceof Notice.Decided decided) {
			mustContinue(decided.from());
			decided.entries().forEach((entry) -> this.texts.add(text(entry)));
		}
		else if (notice instanceof Notice.SnapshotInstalled installed) {
			takeSnapshot(installed.snapshot(), storage.disk());
		}
	}

	private void mustContinue(long from) {
		if (from != this.texts.size()) {
			throw new InvariantViolation("notices cover the decided log without a gap",
					"%d entries were named, and the next come from %d".formatted(this.texts.size(), from), null);
		}
	}

	private void takeSnapshot(SnapshotId id, Storage disk) {
		Payload content = disk.snapshot(id, 0, Integer.MAX_VALUE);
		if (id.base() > this.texts.size() || content.size() == 0) {
			throw new InvariantViolation("a snapshot is stored and joins what was decided before",
					"%s of %d bytes over %d entries".formatted(id, content.size(), this.texts.size()), null);
		}
		this.texts.subList(Math.toIntExact(id.base()), this.texts.size()).clear();
		this.texts.addAll(WholeContentFolder.entries(content));
	}

}
