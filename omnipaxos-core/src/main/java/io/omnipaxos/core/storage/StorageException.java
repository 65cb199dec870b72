package io.omnipaxos.core.storage;

import org.jspecify.annotations.Nullable;

/**
 * A storage could not do what was asked. What was being written is either stored whole or
 * not at all.
 */
public class StorageException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public StorageException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
