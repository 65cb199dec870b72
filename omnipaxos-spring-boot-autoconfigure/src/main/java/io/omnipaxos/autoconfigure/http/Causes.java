package io.omnipaxos.autoconfigure.http;

import org.jspecify.annotations.Nullable;

/** Looks for what is behind a failure. */
final class Causes {

	private Causes() {
	}

	/** Returns the first cause of a type, {@code null} if there is none. */
	static <T extends Throwable> @Nullable T find(Class<T> type, @Nullable Throwable failure) {
		Throwable cause = failure;
		while (cause != null && !type.isInstance(cause)) {
			cause = cause.getCause();
		}
		return (cause != null) ? type.cast(cause) : null;
	}

}
