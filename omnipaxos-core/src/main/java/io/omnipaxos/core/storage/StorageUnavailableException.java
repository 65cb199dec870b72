package io.omnipaxos.core.storage;

import org.jspecify.annotations.Nullable;

/**
 * A storage could not be reached for some time, as when its database is away or gives out
 * no more connections. Nothing about it is known to be wrong: the same may succeed later.
 * What is read for a peer that lags, for a subscription or to compact the log is tried
 * again; a write stops the replica, and so does a read of what it starts with.
 */
public class StorageUnavailableException extends StorageException {

	private static final long serialVersionUID = 1L;

	public StorageUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
