package io.omnipaxos.core;

import java.util.List;
import java.util.function.Supplier;

import io.omnipaxos.core.Compaction.FoldException;
import io.omnipaxos.core.model.Payload;
import org.jspecify.annotations.Nullable;

/** Tells what a user's snapshotter throws from what breaks the replica. */
record GuardedFolder(SnapshotFolder folder) implements SnapshotFolder {

	@Override
	public Fold begin(@Nullable Payload base) {
		Fold fold = guarded(() -> this.folder.begin(base));
		return new Fold() {

			@Override
			public void add(List<Payload> entries) {
				guarded(() -> {
					fold.add(entries);
					return entries;
				});
			}

			@Override
			public Payload finish() {
				return guarded(fold::finish);
			}

		};
	}

	private static <R> R guarded(Supplier<R> step) {
		try {
			return step.get();
		}
		catch (Exception | LinkageError | AssertionError | StackOverflowError ex) {
			throw new FoldException(ex);
		}
	}

}
