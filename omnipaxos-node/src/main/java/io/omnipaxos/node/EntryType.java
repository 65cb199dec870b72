package io.omnipaxos.node;

import java.util.Locale;
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
	 * Returns the type of a log of {@code type}, written as JSON, without snapshots, and
	 * named after the class: {@code keyValue} for a {@code KeyValue}.
	 */
	public static <T> EntryType<T> of(Class<T> type) {
		String name = type.getSimpleName();
		return new EntryType<>(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1),
				JacksonEntryCodec.of(type), null);
	}

	/** Returns the type of a log of bytes that are stored as they are. */
	public static EntryType<byte[]> ofBytes(String name) {
		return new EntryType<>(name, EntryCodec.ofBytes(), null);
	}

	/** Returns this type under another name. */
	public EntryType<T> named(String other) {
		return new EntryType<>(other, this.codec, this.snapshots);
	}

	/** Returns this type with another codec. */
	public EntryType<T> codec(EntryCodec<T> other) {
		return new EntryType<>(this.name, other, this.snapshots);
	}

	/** Returns this type with snapshots that are written as JSON. */
	public <S> EntryType<T> snapshots(Snapshotter<T, S> snapshotter, Class<S> type) {
		return snapshots(snapshotter, JacksonEntryCodec.of(type));
	}

	/** Returns this type with snapshots. */
	public <S> EntryType<T> snapshots(Snapshotter<T, S> snapshotter, EntryCodec<S> snapshotCodec) {
		return new EntryType<>(this.name, this.codec, new SnapshotType<>(snapshotter, snapshotCodec));
	}

	/**
	 * How entries become a snapshot.
	 *
	 * @param snapshotter folds entries
	 * @param codec how a snapshot becomes bytes
	 * @param <T> type of the entries
	 * @param <S> type of the snapshot
	 */
	public record SnapshotType<T, S>(Snapshotter<T, S> snapshotter, EntryCodec<S> codec) {

		Object decode(byte[] snapshot) {
			return Objects.requireNonNull(this.codec.decode(snapshot));
		}

	}

}
