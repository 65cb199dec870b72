package io.omnipaxos.node;

import org.jspecify.annotations.Nullable;

/**
 * A subscription ended before it came as far as was waited for.
 */
public class SubscriptionEndedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public SubscriptionEndedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
