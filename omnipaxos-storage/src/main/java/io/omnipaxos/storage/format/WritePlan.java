package io.omnipaxos.storage.format;

import java.util.List;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageOp;
import io.omnipaxos.core.storage.StoredSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What a batch of operations comes to, all of them checked and taken together. To be
 * carried out in the order of the components, as one atomic change.
 *
 * @param dropBefore index below which stored entries are no longer needed, or zero; these
 * may also be removed later
 * @param cutAt index from which on stored entries are to be removed, or {@link #NOWHERE}
 * @param from index at which {@code entries} go
 * @param entries entries to add
 * @param snapshots changes of the snapshots, in order
 * @param after header when all is done
 * @param staged snapshot that is aside then
 */
public record WritePlan(long dropBefore, long cutAt, long from, List<Entry> entries, List<SnapshotChange> snapshots,
		LogHeader after, @Nullable StoredSnapshot staged) {

	/** Beyond the end of every log. */
	public static final long NOWHERE = Long.MAX_VALUE;

	/**
	 * Checks a batch and adds it up.
	 * @param before header that is stored
	 * @param staged snapshot that is aside, or {@code null}
	 * @param ops batch to be written
	 * @return plan
	 * @throws StorageException if the batch does not fit what is stored
	 */
	public static WritePlan of(LogHeader before, @Nullable StoredSnapshot staged, List<StorageOp> ops) {
		WritePlanner planner = new WritePlanner(before, staged);
		ops.forEach(planner::add);
		return planner.plan();
	}

	/** Returns whether stored entries are removed from the end of the log. */
	public boolean cuts() {
		return this.cutAt != NOWHERE;
	}

	/** One change of the snapshots that are stored, each under its number. */
	public sealed interface SnapshotChange {

		/** Removes the snapshots up to a number. */
		record DropUpTo(long number) implements SnapshotChange {
		}

		/** Removes the snapshots above a number. */
		record DropAbove(long number) implements SnapshotChange {
		}

		/** Adds a piece to a snapshot. */
		record Add(long number, long offset, Payload data) implements SnapshotChange {
		}

	}

}
