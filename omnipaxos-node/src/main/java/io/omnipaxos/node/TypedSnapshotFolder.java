package io.omnipaxos.node;

import java.util.List;

import io.omnipaxos.core.SnapshotFolder;
import io.omnipaxos.core.model.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Lets a user's snapshotter fold bytes.
 *
 * @param <T> type of the entries
 * @param <S> type of the snapshot
 */
final class TypedSnapshotFolder<T, S> implements SnapshotFolder {

	private final EntryCodec<T> entryCodec;

	private final EntryType.SnapshotType<T, S> snapshots;

	TypedSnapshotFolder(EntryCodec<T> entryCodec, EntryType.SnapshotType<T, S> snapshots) {
		this.entryCodec = entryCodec;
		this.snapshots = snapshots;
	}

	static <T> @Nullable SnapshotFolder of(EntryType<T> type) {
		EntryType.SnapshotType<T, ?> snapshots = type.snapshots();
		return (snapshots != null) ? new TypedSnapshotFolder<>(type.codec(), snapshots) : null;
	}

	@Override
	public Fold begin(@Nullable Payload base) {
		return new TypedFold((base != null) ? this.snapshots.codec().decode(base.array()) : null);
	}

	private final class TypedFold implements Fold {

		private @Nullable S snapshot;

		TypedFold(@Nullable S base) {
			this.snapshot = base;
		}

		@Override
		public void add(List<Payload> entries) {
			this.snapshot = plus(create(entries));
		}

		@Override
		public Payload finish() {
			S whole = (this.snapshot != null) ? this.snapshot : create(List.of());
			return Payload.of(TypedSnapshotFolder.this.snapshots.codec().encode(whole));
		}

		private S create(List<Payload> entries) {
			EntryCodec<T> codec = TypedSnapshotFolder.this.entryCodec;
			return snapshotter().create(entries.stream().map((entry) -> codec.decode(entry.array())).toList());
		}

		private S plus(S delta) {
			S base = this.snapshot;
			return (base != null) ? snapshotter().merge(base, delta) : delta;
		}

		private Snapshotter<T, S> snapshotter() {
			return TypedSnapshotFolder.this.snapshots.snapshotter();
		}

	}

}
