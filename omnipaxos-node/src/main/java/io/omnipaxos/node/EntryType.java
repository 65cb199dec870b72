package io.omnipaxos.node;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A kind of log: its name, how its entries become bytes, and how they are folded into
 * snapshots.
 *
 * @param name name of the log, the same on every node: letters, digits, {@code . _ -}, at
 * most 64
 * @param codec how an entry becomes bytes
 * @param snapshots how entries become a snapshot, or {@code null} when they do not
 * @param <T> type of the entries
 */
public record EntryType<T>(String name, EntryCodec<T> codec, @Nullable SnapshotType<T, ?> snapshots) {

	public EntryType {
		Objects.requireNonNull(codec);
		if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
			throw new IllegalArgumentException("Not the name of a log: '%s'".formatted(name));
		}
	}

	/**
	 * How entries become a snapshot.
	 *
	 * @param snapshotter folds entries
	 * @param codec how a snapshot becomes bytes
	 */
	public record SnapshotType<T, S>(Snapshotter<T, S> snapshotter, EntryCodec<S> codec) {
	}

}
