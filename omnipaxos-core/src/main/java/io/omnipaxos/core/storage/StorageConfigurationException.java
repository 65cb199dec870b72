package io.omnipaxos.core.storage;

/**
 * The log was used in another configuration. Going on would let quorums decide that need
 * not know what those before them decided, which can lose decided entries.
 */
public class StorageConfigurationException extends StorageException {

	private static final long serialVersionUID = 1L;

	private final String expected;

	private final String found;

	/**
	 * Creates an exception that names both configurations.
	 * @param expected configuration in which the log was to be opened, such as
	 * {@code configuration 1 of {1, 2, 3}}
	 * @param found configuration that it was used in
	 */
	public StorageConfigurationException(String expected, String found) {
		super(("This log was used in %s and must not be opened in %s. Give it back its nodes, quorums and"
				+ " configuration id. Others can't be given to a log in use: begin a new cluster with them, under a"
				+ " new name and with new storage")
			.formatted(found, expected), null);
		this.expected = expected;
		this.found = found;
	}

	/** Returns the configuration in which the log was to be opened. */
	public String expected() {
		return this.expected;
	}

	/** Returns the configuration that it was used in. */
	public String found() {
		return this.found;
	}

}
