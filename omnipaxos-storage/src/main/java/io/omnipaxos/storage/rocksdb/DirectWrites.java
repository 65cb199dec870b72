package io.omnipaxos.storage.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

import com.sun.nio.file.ExtendedOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether a file system takes writes past the system's page cache. Most do; a file
 * system in memory may not, and RocksDB would find out at its first flush.
 */
final class DirectWrites {

	private static final Logger logger = LoggerFactory.getLogger(DirectWrites.class);

	/** What every disk's blocks fit. */
	private static final int BLOCK_BYTES = 4096;

	private DirectWrites() {
	}

	/** Tries it with a file that is gone afterwards. */
	static boolean arePossibleIn(Path directory) {
		Path file = directory.resolve("direct-%s.tmp".formatted(UUID.randomUUID()));
		ByteBuffer block = ByteBuffer.allocateDirect(2 * BLOCK_BYTES).alignedSlice(BLOCK_BYTES).limit(BLOCK_BYTES);
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
				StandardOpenOption.DELETE_ON_CLOSE, ExtendedOpenOption.DIRECT)) {
			return channel.write(block) == BLOCK_BYTES;
		}
		catch (IOException | UnsupportedOperationException ex) {
			logger.info("{} takes no direct writes, so RocksDB flushes through the page cache: {}", directory,
					ex.toString());
			return false;
		}
	}

}
