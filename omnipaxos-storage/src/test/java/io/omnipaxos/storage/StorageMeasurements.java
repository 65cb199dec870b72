package io.omnipaxos.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp;
import io.omnipaxos.core.storage.StorageOp.Append;
import io.omnipaxos.core.storage.StorageOp.SetDecided;
import io.omnipaxos.test.storage.StorageSamples;

/**
 * Prints what the storages cost, for {@code docs/storage.md}; run by hand. Arguments: a
 * storage, or {@code all}, and a directory.
 */
public final class StorageMeasurements {

	private static final Payload CONTENT = StorageSamples.bytes(128, 1);

	private StorageMeasurements() {
	}

	public static void main(String[] args) throws Exception {
		for (Storages kind : Storages.values()) {
			if (args[0].equals("all") || args[0].equalsIgnoreCase(kind.name())) {
				Path directory = Files.createDirectories(Path.of(args[1]).resolve(kind.name()));
				String place = kind.place(directory);
				measure(kind, place, 1, 3_000);
				measure(kind, place, 64, 3_000);
				measure(kind, place, 1_000, 1_000);
				reopen(kind, place);
			}
		}
		System.exit(0);
	}

	private static void measure(Storages kind, String place, int batch, int writes) {
		try (StorageFactory factory = kind.open(place); Storage storage = factory.open("log" + batch)) {
			long[] nanos = new long[writes];
			long end = storage.load().acceptedIndex();
			for (int i = 0; i < writes; i++) {
				List<Entry> entries = entries(end, batch);
				List<StorageOp> ops = List.of(new Append(end, entries),
						new SetDecided(end, StorageSamples.sessions(1, 1, 2, 3)));
				long before = System.nanoTime();
				storage.write(ops);
				nanos[i] = System.nanoTime() - before;
				end += batch;
			}
			report(kind, batch, nanos);
		}
	}

	private static List<Entry> entries(long from, int count) {
		return LongStream.range(from, from + count)
			.mapToObj((index) -> StorageSamples.command(index, CONTENT))
			.toList();
	}

	private static void report(Storages kind, int batch, long[] nanos) {
		long[] steady = Arrays.copyOfRange(nanos, nanos.length / 3, nanos.length);
		Arrays.sort(steady);
		System.out.printf(Locale.ROOT, "%s: %d entries a write: p50 %d us, p99 %d us%n", kind, batch,
				steady[steady.length / 2] / 1000, steady[steady.length * 99 / 100] / 1000);
	}

	private static void reopen(Storages kind, String place) {
		long usedBefore = usedBytes();
		long before = System.nanoTime();
		try (StorageFactory factory = kind.open(place); Storage storage = factory.open("log1000")) {
			long length = storage.load().acceptedIndex();
			long opened = System.nanoTime();
			long used = usedBytes() - usedBefore;
			long counted = System.nanoTime();
			long read = 0;
			while (read < length) {
				read += storage.entries(read, length, 1 << 20).size();
			}
			System.out.printf(Locale.ROOT, "%s: opened %d entries in %d ms, with %d KiB of heap; read them in %d ms%n",
					kind, length, (opened - before) / 1_000_000, used >> 10, (System.nanoTime() - counted) / 1_000_000);
		}
	}

	private static long usedBytes() {
		System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

}
