package io.omnipaxos.storage.rocksdb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.omnipaxos.core.model.NodeId;

/**
 * Keys, such that their order as bytes is the order of the numbers in them. None of the
 * numbers is negative.
 */
final class Keys {

	static final byte[] IDENTITY = text("identity");

	private static final String LOG = "log/";

	private Keys() {
	}

	/** Key of a peer's identity. Comes before those of the logs. */
	static byte[] peer(NodeId peer) {
		return text("identity/" + peer.value());
	}

	/** Key of a log's header. */
	static byte[] log(String name) {
		return text(LOG + name);
	}

	/** Key of a block of entries. */
	static byte[] entries(int logId, long first) {
		return ByteBuffer.allocate(Integer.BYTES + Long.BYTES).putInt(logId).putLong(first).array();
	}

	/** Returns whether a block of entries belongs to a log. */
	static boolean isOfLog(byte[] key, int logId) {
		return ByteBuffer.wrap(key).getInt() == logId;
	}

	/** Returns the index of the first entry of a block. */
	static long first(byte[] key) {
		return ByteBuffer.wrap(key).getLong(Integer.BYTES);
	}

	/** Key of a chunk of a snapshot. */
	static byte[] snapshot(int logId, long number, long offset) {
		return ByteBuffer.allocate(Integer.BYTES + 2 * Long.BYTES)
			.putInt(logId)
			.putLong(number)
			.putLong(offset)
			.array();
	}

	/** Returns whether a chunk belongs to a snapshot. */
	static boolean isOfSnapshot(byte[] key, int logId, long number) {
		return isOfLog(key, logId) && ByteBuffer.wrap(key).getLong(Integer.BYTES) == number;
	}

	/** Returns the place of a chunk in its snapshot. */
	static long offset(byte[] key) {
		return ByteBuffer.wrap(key).getLong(Integer.BYTES + Long.BYTES);
	}

	private static byte[] text(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
