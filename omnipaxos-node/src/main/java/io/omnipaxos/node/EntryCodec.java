package io.omnipaxos.node;

/**
 * Turns entries into bytes and back. Must be safe for use by several threads.
 * <p>
 * An entry is encoded once, on the node that appends it, and stored and sent as those
 * bytes. <b>Every node must be able to decode what any other has ever encoded</b>, across
 * versions of the application.
 *
 * @param <T> type of the entries
 */
public interface EntryCodec<T> {

	/**
	 * Returns the codec of a log whose entries are bytes already. The arrays are passed
	 * through, not copied: they must not be changed any more.
	 */
	static EntryCodec<byte[]> ofBytes() {
		return BytesEntryCodec.INSTANCE;
	}

	/**
	 * Encodes an entry.
	 * @param entry entry to encode
	 * @return its bytes, in an array that nobody changes any more
	 * @throws IllegalArgumentException if it can't be encoded
	 */
	byte[] encode(T entry);

	/**
	 * Decodes an entry.
	 * @param bytes bytes of the entry; the array must not be changed
	 * @return entry
	 * @throws IllegalArgumentException if the bytes are not an entry
	 */
	T decode(byte[] bytes);

}
