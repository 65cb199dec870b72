package io.omnipaxos.storage.format;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.storage.StateDraft;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageOp;
import io.omnipaxos.core.storage.StoredSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A batch of operations that was checked and can be carried out, and what it leads to.
 *
 * @param steps operations that change what is stored beside the header
 * @param after header when all is done
 * @param staged what is aside then
 */
public record WritePlan(List<Step> steps, LogHeader after, @Nullable StoredSnapshot staged) {

	/**
	 * Checks a batch.
	 * @param before header that is stored
	 * @param staged snapshot that is aside, or {@code null}
	 * @param ops batch to be written
	 * @return plan
	 * @throws StorageException if the batch does not fit what is stored
	 */
	public static WritePlan of(LogHeader before, @Nullable StoredSnapshot staged, List<StorageOp> ops) {
		StateDraft draft = new StateDraft(before.state(), staged);
		List<Step> steps = new ArrayList<>(ops.size());
		long end = before.state().acceptedIndex();
		long snapshotNumber = before.snapshotNumber();
		for (StorageOp op : ops) {
			boolean changes = draft.apply(op);
			if (changes) {
				steps.add(new Step(op, end, snapshotNumber));
			}
			if (op instanceof StorageOp.Append append) {
				end = append.from() + append.entries().size();
			}
			else if (changes && op instanceof StorageOp.InstallSnapshot install) {
				end = Math.max(end, install.id().index());
				snapshotNumber++;
			}
		}
		return new WritePlan(steps, new LogHeader(draft.state(), snapshotNumber), draft.staged());
	}

	/** Returns whether entries are replaced or cut off. */
	public boolean cuts() {
		return this.steps.stream()
			.anyMatch((step) -> step.op() instanceof StorageOp.Append append && append.from() < step.end());
	}

	/**
	 * An operation, and what it finds.
	 *
	 * @param op operation
	 * @param end length of the log before it
	 * @param snapshotNumber number of the installed snapshot before it
	 */
	public record Step(StorageOp op, long end, long snapshotNumber) {
	}

}
