package io.omnipaxos.node;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * A configuration file can't be used. Says which file, what is wrong with it, and what to
 * do about it.
 */
public class ConfigFileException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Path file;

	private final @Nullable String key;

	private final String problem;

	private final String action;

	ConfigFileException(Path file, @Nullable String key, String problem, String action, @Nullable Throwable cause) {
		super("%s: %s. %s.".formatted(file, problem, action), cause);
		this.file = file;
		this.key = key;
		this.problem = problem;
		this.action = action;
	}

	/** Returns the file. */
	public Path file() {
		return this.file;
	}

	/**
	 * Returns the key that is wrong, such as {@code server_config.pid}, or {@code null}
	 * when it is the file as a whole.
	 */
	public @Nullable String key() {
		return this.key;
	}

	/** Returns what is wrong, as a sentence without a full stop. */
	public String problem() {
		return this.problem;
	}

	/** Returns what to do about it, as a sentence without a full stop. */
	public String action() {
		return this.action;
	}

}
