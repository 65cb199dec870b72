package io.omnipaxos.core;

/**
 * A stop-sign has ended the configuration. The entry was certainly not appended, and has
 * to go to the next configuration.
 */
public class LogSealedException extends AppendRefusedException {

	private static final long serialVersionUID = 1L;

	public LogSealedException(String message) {
		super(message);
	}

}
