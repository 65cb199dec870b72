package io.omnipaxos.node;

import java.util.List;

/**
 * Folds entries into a snapshot. Must be deterministic and must not change its arguments;
 * the bytes that the codec makes of equal snapshots may differ from node to node. What it
 * throws ends the attempt and nothing else.
 * <p>
 * Source: trait {@code Snapshot} of the Rust library.
 *
 * @param <T> type of the entries
 * @param <S> type of the snapshot
 */
public interface Snapshotter<T, S> {

	/** Makes a snapshot of entries that follow each other in the log. */
	S create(List<T> entries);

	/** Makes the snapshot of {@code base} followed by {@code delta}. */
	S merge(S base, S delta);

}
