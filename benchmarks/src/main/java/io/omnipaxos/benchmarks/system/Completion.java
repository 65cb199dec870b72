package io.omnipaxos.benchmarks.system;

import org.jspecify.annotations.Nullable;

/** Hears of one append. */
@FunctionalInterface
public interface Completion {

	/**
	 * The append has ended.
	 * @param failure why it failed, or {@code null} if the entry is decided
	 */
	void completed(@Nullable Throwable failure);

}
