package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.model.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Folds decided entries into a snapshot: a user's snapshotter, as the protocol sees it.
 * Must be deterministic. May throw whatever it likes; that ends the attempt and nothing
 * else.
 */
public interface SnapshotFolder {

	/**
	 * Begins a fold.
	 * @param base snapshot to go on from, or {@code null} to begin anew
	 * @return fold that has taken in the base
	 */
	Fold begin(@Nullable Payload base);

	/** A fold under way. */
	interface Fold {

		/** Takes in the next entries, in the order of the log. */
		void add(List<Payload> entries);

		/** Returns the snapshot of everything taken in. */
		Payload finish();

	}

}
