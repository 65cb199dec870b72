package io.omnipaxos.test.simulation;

import java.util.List;

import io.omnipaxos.core.SnapshotFolder;
import io.omnipaxos.core.model.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Folds entries into a snapshot that still holds all of them, one on each line, so that
 * nothing can be missing or twice without being seen. Entries must be single lines.
 */
public final class WholeContentFolder implements SnapshotFolder {

	@Override
	public Fold begin(@Nullable Payload base) {
		StringBuilder lines = new StringBuilder((base != null) ? base.asText() : "");
		return new Fold() {

			@Override
			public void add(List<Payload> entries) {
				entries.forEach((entry) -> lines.append(entry.asText()).append('\n'));
			}

			@Override
			public Payload finish() {
				return Payload.ofText(lines.toString());
			}

		};
	}

	/** Returns the entries that a snapshot holds. */
	public static List<String> entries(Payload snapshot) {
		return snapshot.asText().lines().toList();
	}

}
