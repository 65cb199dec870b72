package io.omnipaxos.core.storage;

/**
 * The storage was written by somebody else. Going on would let one node vote with another
 * node's promises, which can lose decided entries.
 */
public class StorageIdentityException extends StorageException {

	private static final long serialVersionUID = 1L;

	private final String expected;

	private final String found;

	/**
	 * Creates an exception that names both owners.
	 * @param expected who wanted to open the storage, such as {@code cluster kv, node 2}
	 * @param found who wrote it
	 */
	public StorageIdentityException(String expected, String found) {
		super("This storage was written by %s and must not be opened by %s".formatted(found, expected), null);
		this.expected = expected;
		this.found = found;
	}

	/** Returns who wanted to open the storage. */
	public String expected() {
		return this.expected;
	}

	/** Returns who wrote it. */
	public String found() {
		return this.found;
	}

}
