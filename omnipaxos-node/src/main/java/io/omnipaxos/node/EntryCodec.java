package io.omnipaxos.node;

/**
 * Turns entries into bytes and back. Must be safe for use by several threads.
 *
 * @param <T> type of the entries
 */
public interface EntryCodec<T> {

	/** Encodes an entry into a new array. */
	byte[] encode(T entry);

	/** Decodes an entry; the array is not to be changed or kept. */
	T decode(byte[] bytes);

}
