package io.omnipaxos.storage.format;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC-32C of some bytes and of the place where they belong. */
final class Checksum {

	/** Size of a checksum. */
	static final int BYTES = Integer.BYTES;

	private Checksum() {
	}

	static int of(long key, byte[] bytes, int from, int to) {
		CRC32C crc = new CRC32C();
		crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, key));
		crc.update(bytes, from, to - from);
		return (int) crc.getValue();
	}

}
