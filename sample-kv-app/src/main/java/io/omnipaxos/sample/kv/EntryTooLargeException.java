package io.omnipaxos.sample.kv;

/**
 * The log takes no entry of this size, from anybody. Nothing was done.
 */
class EntryTooLargeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	EntryTooLargeException(IllegalArgumentException refusal) {
		super(refusal.getMessage(), refusal);
	}

}
