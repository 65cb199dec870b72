package io.omnipaxos.core;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.LogSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log, from any thread. Where the log is compacted under a read, the read begins
 * again with the log as it is then. Undecided entries of a long range may be of different
 * moments.
 * <p>
 * Source: {@code read}, {@code read_entries} and {@code read_decided_suffix} of the Rust
 * library.
 */
public final class LogReader {

	private static final long PIECE_BYTES = 1 << 20;

	private final LogSource source;

	private final Supplier<LogIndexes> indexes;

	/**
	 * Creates a reader.
	 * @param source where the log is
	 * @param indexes how far it is; may lag behind the source for a moment
	 */
	public LogReader(LogSource source, Supplier<LogIndexes> indexes) {
		this.source = source;
		this.indexes = indexes;
	}

	/**
	 * Reads the entry at an index.
	 * @param index zero-based index
	 * @return what stands there, or nothing when the log is not that long
	 */
	public Optional<LogEntry<Payload>> read(long index) {
		return read(index, index + 1).map((entries) -> entries.get(0));
	}

	/**
	 * Reads the entries {@code [from, to)}. What was compacted comes first, as one
	 * element, or two where a trimmed part is followed by a snapshot.
	 * @param from first index wanted
	 * @param to index before which to stop
	 * @return entries, or nothing when the range does not lie in the log
	 */
	public Optional<List<LogEntry<Payload>>> read(long from, long to) {
		while (true) {
			LogIndexes now = this.indexes.get();
			if (from < 0 || from > to || to > now.accepted()) {
				return Optional.empty();
			}
			List<LogEntry<Payload>> entries = read(from, to, now);
			if (entries != null) {
				return Optional.of(entries);
			}
			Thread.onSpinWait();
		}
	}

	/**
	 * Reads everything decided from an index on.
	 * @param from first index wanted
	 * @return entries, or nothing when that index lies beyond the decided prefix
	 */
	public Optional<List<LogEntry<Payload>>> readDecidedSuffix(long from) {
		long decided = this.indexes.get().decided();
		return (from <= decided) ? read(from, decided) : Optional.empty();
	}

	private @Nullable List<LogEntry<Payload>> read(long from, long to, LogIndexes now) {
		List<LogEntry<Payload>> read = new ArrayList<>();
		if (from < to && from < now.compacted() && !readCompacted(from, to, now, read)) {
			return null;
		}
		long index = Math.max(from, now.compacted());
		while (index < to) {
			List<Entry> piece = this.source.entries(index, to, PIECE_BYTES);
			if (piece.isEmpty()) {
				return null;
			}
			for (Entry entry : piece) {
				read.add(describe(entry, index, now));
				index++;
			}
		}
		return read;
	}

	private boolean readCompacted(long from, long to, LogIndexes now, List<LogEntry<Payload>> read) {
		long base = now.hasSnapshot() ? now.snapshotBase() : now.compacted();
		if (from < base) {
			read.add(new LogEntry.Trimmed<>(base));
		}
		if (!now.hasSnapshot() || to <= base) {
			return true;
		}
		Payload snapshot = snapshot(new SnapshotId(base, now.compacted()), now.snapshotSize());
		if (snapshot == null) {
			return false;
		}
		read.add(new LogEntry.Snapshotted<>(base, now.compacted(), snapshot));
		return true;
	}

	private @Nullable Payload snapshot(SnapshotId id, long size) {
		ByteArrayOutputStream whole = new ByteArrayOutputStream();
		while (whole.size() < size) {
			Payload piece = this.source.snapshot(id, whole.size(), (int) PIECE_BYTES);
			if (piece.size() == 0) {
				return null;
			}
			whole.writeBytes(piece.array());
		}
		return Payload.of(whole.toByteArray());
	}

	private static LogEntry<Payload> describe(Entry entry, long index, LogIndexes now) {
		boolean decided = index < now.decided();
		if (entry instanceof Entry.StopSign stopSign) {
			return new LogEntry.StopSign<>(index, stopSign.next(), stopSign.metadata(), decided);
		}
		Payload payload = ((Entry.Command) entry).payload();
		return decided ? new LogEntry.Decided<>(index, payload) : new LogEntry.Undecided<>(index, payload);
	}

}
