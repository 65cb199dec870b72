package io.omnipaxos.core;

import java.util.List;
import java.util.Objects;

import io.omnipaxos.core.model.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive entries in memory, addressed by their number: an index of the log, or a
 * sequence number of a session. Grows at the end, shrinks at either end.
 */
final class EntryWindow {

	private static final int LEAST_CAPACITY = 16;

	private @Nullable Entry[] ring = new Entry[LEAST_CAPACITY];

	/** Sizes of the entries: who drops old ones need not touch them. */
	private int[] sizes = new int[LEAST_CAPACITY];

	private long start;

	private long end;

	private long bytes;

	private long addedBytes;

	/**
	 * What was taken last: an entry is written, sent and delivered in the same company.
	 */
	private Slice lastSlice = Slice.NONE;

	EntryWindow(long start) {
		this.start = start;
		this.end = start;
	}

	long start() {
		return this.start;
	}

	long end() {
		return this.end;
	}

	long bytes() {
		return this.bytes;
	}

	/** Size of everything that was ever added. */
	long addedBytes() {
		return this.addedBytes;
	}

	boolean isEmpty() {
		return this.start == this.end;
	}

	Entry get(long number) {
		if (number < this.start || number >= this.end) {
			throw Invariant.broken("%d lies outside of [%d, %d)", number, this.start, this.end);
		}
		return Objects.requireNonNull(this.ring[slot(number)]);
	}

	void add(Entry entry) {
		if (this.end - this.start == this.ring.length) {
			resize(this.ring.length * 2);
		}
		int size = entry.size();
		this.ring[slot(this.end)] = entry;
		this.sizes[slot(this.end)] = size;
		this.end++;
		this.bytes += size;
		this.addedBytes += size;
	}

	/** Forgets everything below {@code number}. */
	void dropBefore(long number) {
		dropUntilFits(number, -1, -1);
	}

	/**
	 * Forgets from the start on until {@code number}, or until no more than so many are
	 * left and no more than so many bytes.
	 */
	void dropUntilFits(long number, long maxEntries, long maxBytes) {
		long until = Math.min(number, this.end);
		while (this.start < until && (this.bytes > maxBytes || this.end - this.start > maxEntries)) {
			this.bytes -= this.sizes[slot(this.start)];
			this.ring[slot(this.start)] = null;
			this.start++;
		}
		shrink();
	}

	/** Forgets everything at or above {@code number}. */
	void cutAt(long number) {
		this.lastSlice = Slice.NONE;
		while (this.end > number) {
			this.end--;
			this.bytes -= this.sizes[slot(this.end)];
			this.ring[slot(this.end)] = null;
		}
	}

	/** Forgets everything and goes on from {@code number}. */
	void restartAt(long number) {
		this.lastSlice = Slice.NONE;
		clear();
		this.start = number;
		this.end = number;
		this.bytes = 0;
	}

	/** Returns entries of {@code [from, to)}, the first whatever its size. */
	List<Entry> slice(long from, long to, long maxBytes) {
		if (from < this.start || to > this.end) {
			throw Invariant.broken("[%d, %d) lies outside of [%d, %d)", from, to, this.start, this.end);
		}
		if (!this.lastSlice.is(from, to, maxBytes)) {
			this.lastSlice = copy(from, to, maxBytes);
		}
		return this.lastSlice.entries();
	}

	private Slice copy(long from, long to, long maxBytes) {
		long until = from;
		long size = 0;
		while (until < to) {
			long next = this.sizes[slot(until)];
			if (until > from && next > maxBytes - size) {
				break;
			}
			size += next;
			until++;
		}
		Entry[] entries = new Entry[Math.toIntExact(until - from)];
		int first = Math.min(entries.length, this.ring.length - slot(from));
		System.arraycopy(this.ring, slot(from), entries, 0, first);
		System.arraycopy(this.ring, 0, entries, first, entries.length - first);
		return new Slice(from, size, List.of(entries));
	}

	private int slot(long number) {
		return (int) (number & (this.ring.length - 1));
	}

	private void shrink() {
		if (isEmpty() && this.ring.length > 1 << 16) {
			clear();
		}
	}

	private void clear() {
		this.ring = new Entry[LEAST_CAPACITY];
		this.sizes = new int[LEAST_CAPACITY];
	}

	private void resize(int capacity) {
		@Nullable Entry[] larger = new Entry[capacity];
		int[] largerSizes = new int[capacity];
		for (long number = this.start; number < this.end; number++) {
			int slot = (int) (number & (capacity - 1));
			larger[slot] = this.ring[slot(number)];
			largerSizes[slot] = this.sizes[slot(number)];
		}
		this.ring = larger;
		this.sizes = largerSizes;
	}

	/** Consecutive entries and their size. */
	private record Slice(long from, long size, List<Entry> entries) {

		static final Slice NONE = new Slice(-1, 0, List.of());

		boolean is(long start, long end, long maxBytes) {
			return this.from == start && this.from + this.entries.size() == end && this.size <= maxBytes;
		}

	}

}
