package io.omnipaxos.core.storage;

import org.jspecify.annotations.Nullable;

/**
 * A storage could not be reached for some time, as when its database is away or gives out
 * no more connections. Nothing about it is known to be wrong: the same may succeed later.
 */
public class StorageUnavailableException extends StorageException {

	private static final long serialVersionUID = 1L;

	public StorageUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
