package io.omnipaxos.core.model;

/**
 * Says what a snapshot is of: the fold of exactly the decided entries
 * {@code [base, index)}. Snapshots with the same id stand for the same entries; those of
 * two nodes may be different bytes.
 *
 * @param base what had been trimmed away when the snapshot was begun
 * @param index first index that it does not cover
 */
public record SnapshotId(long base, long index) {

	public SnapshotId {
		if (base < 0 || index <= base) {
			throw new IllegalArgumentException("No snapshot covers [%d, %d)".formatted(base, index));
		}
	}

}
