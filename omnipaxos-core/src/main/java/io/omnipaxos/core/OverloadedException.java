package io.omnipaxos.core;

/**
 * Too much waits already. The entry was certainly not appended; appending it again later
 * may succeed.
 */
public class OverloadedException extends AppendRefusedException {

	private static final long serialVersionUID = 1L;

	public OverloadedException(String message) {
		super(message);
	}

}
