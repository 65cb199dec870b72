package io.omnipaxos.core.storage;

import java.util.Arrays;
import java.util.List;

import io.omnipaxos.core.model.Entry;

/**
 * The entries {@code [start, end)} of a log, as they were at one time. A longer version
 * shares the array of the shorter one that it was made from, and only slots beyond the
 * end of every visible version are ever written: readers need no lock.
 */
final class EntryArray {

	private static final int INITIAL_SLOTS = 16;

	private final Entry[] slots;

	/** Index of the entry in the first slot. */
	private final long offset;

	private final long start;

	private final long end;

	private EntryArray(Entry[] slots, long offset, long start, long end) {
		this.slots = slots;
		this.offset = offset;
		this.start = start;
		this.end = end;
	}

	/** Returns a log without entries that goes on at {@code index}. */
	static EntryArray emptyAt(long index) {
		return new EntryArray(new Entry[INITIAL_SLOTS], index, index, index);
	}

	/** Returns this log with {@code entries} from index {@code from} on. */
	EntryArray append(long from, List<Entry> entries) {
		long newEnd = from + entries.size();
		int kept = (int) (from - this.start);
		boolean fits = newEnd - this.offset <= this.slots.length;
		if (from < this.end || !fits) {
			int needed = Math.addExact(kept, entries.size());
			Entry[] copy = new Entry[Math.max(INITIAL_SLOTS, needed + (needed >> 1))];
			System.arraycopy(this.slots, slot(this.start), copy, 0, kept);
			return fill(copy, this.start, from, entries);
		}
		return fill(this.slots, this.offset, from, entries);
	}

	private EntryArray fill(Entry[] target, long offset, long from, List<Entry> entries) {
		int slot = (int) (from - offset);
		for (Entry entry : entries) {
			target[slot++] = entry;
		}
		return new EntryArray(target, offset, this.start, from + entries.size());
	}

	/** Returns what is left of this log without the entries below {@code index}. */
	EntryArray dropBefore(long index) {
		if (index >= this.end) {
			return emptyAt(index);
		}
		if (index - this.offset > this.slots.length / 2) {
			Entry[] copy = Arrays.copyOfRange(this.slots, slot(index), this.slots.length);
			return new EntryArray(copy, index, index, this.end);
		}
		return new EntryArray(this.slots, this.offset, index, this.end);
	}

	List<Entry> slice(long from, long to, long maxBytes) {
		if (from < this.start) {
			return List.of();
		}
		long until = from;
		long bytes = 0;
		while (until < Math.min(to, this.end)) {
			bytes += this.slots[slot(until)].size();
			if (bytes > maxBytes && until > from) {
				break;
			}
			until++;
		}
		return (until > from) ? List.copyOf(Arrays.asList(this.slots).subList(slot(from), slot(until))) : List.of();
	}

	private int slot(long index) {
		return (int) (index - this.offset);
	}

}
