package io.omnipaxos.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How often the disk under a directory was told to make everything durable, by anybody:
 * Linux counts it, and other systems leave it unknown. Syncs that come together may share
 * one.
 */
final class DiskFlushes {

	private static final Path STATISTICS = Path.of("/proc/diskstats");

	/** Field of a line, after device numbers, name, reads, writes and discards. */
	private static final int FLUSHES = 18;

	private final String device;

	DiskFlushes(Path directory) throws IOException {
		String source = Files.getFileStore(directory).name();
		this.device = source.substring(source.lastIndexOf('/') + 1);
	}

	OptionalLong count() throws IOException {
		if (!Files.isReadable(STATISTICS)) {
			return OptionalLong.empty();
		}
		try (Stream<String> lines = Files.lines(STATISTICS)) {
			return lines.map((line) -> line.strip().split("\\s+"))
				.filter((fields) -> fields.length > FLUSHES && fields[2].equals(this.device))
				.mapToLong((fields) -> Long.parseLong(fields[FLUSHES]))
				.findFirst();
		}
	}

}
