package io.omnipaxos.storage.format;

import java.util.List;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StoredSnapshot;
import io.omnipaxos.core.storage.StoredState;

/**
 * A log as the last completed write left it. Reads go through here, and stay within what
 * its numbers say. One that comes back with nothing where something must be, although no
 * write can have taken it away, has found the storage damaged.
 * <p>
 * Written by one thread, read by any.
 */
public final class ReadableLog {

	private final String name;

	private volatile LogHeader header;

	/** Whether what is stored may be ahead of the header. */
	private volatile boolean changing;

	/**
	 * Creates a log to read.
	 * @param name name of the log
	 * @param header what is stored
	 */
	public ReadableLog(String name, LogHeader header) {
		this.name = name;
		this.header = header;
	}

	/** Returns what the last completed write left. */
	public LogHeader header() {
		return this.header;
	}

	/**
	 * Carries out a write.
	 * @param after header when it is done
	 * @param write what to do
	 */
	public void change(LogHeader after, Runnable write) {
		this.changing = true;
		try {
			write.run();
			this.header = after;
		}
		finally {
			this.changing = false;
		}
	}

	/** Returns entries of a range, as far as it lies in the log. */
	public List<Entry> entries(long from, long to, EntryReading reading) {
		boolean settled = !this.changing;
		LogHeader now = this.header;
		StoredState state = now.state();
		long end = Math.min(to, state.acceptedIndex());
		if (from < state.compactedIndex() || from >= end) {
			return List.of();
		}
		List<Entry> read = reading.read(from, end);
		if (read.isEmpty()) {
			checkChanged(settled, now, "entry", from);
		}
		return read;
	}

	/** Returns a piece of the snapshot, if it is the one that is meant. */
	public Payload snapshot(SnapshotId id, long offset, int maxBytes, SnapshotReading reading) {
		boolean settled = !this.changing;
		LogHeader now = this.header;
		StoredSnapshot stored = now.state().snapshot();
		if (stored == null || !stored.id().equals(id) || offset >= stored.size()) {
			return Payload.EMPTY;
		}
		Payload read = reading.read(now.snapshotNumber(), offset, (int) Math.min(maxBytes, stored.size() - offset));
		if (read.size() == 0) {
			checkChanged(settled, now, "snapshot's byte", offset);
		}
		return read;
	}

	private void checkChanged(boolean settledBefore, LogHeader before, String what, long place) {
		boolean changed = !settledBefore || this.changing || this.header != before;
		if (!changed) {
			throw new StorageException("Log %s is damaged: its %s %d is missing".formatted(this.name, what, place),
					null);
		}
	}

	/** Reads entries that are there. */
	@FunctionalInterface
	public interface EntryReading {

		List<Entry> read(long from, long to);

	}

	/** Reads a piece of a snapshot that is there. */
	@FunctionalInterface
	public interface SnapshotReading {

		Payload read(long number, long offset, int size);

	}

}
