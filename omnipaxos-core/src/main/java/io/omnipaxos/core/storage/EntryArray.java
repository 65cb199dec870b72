package io.omnipaxos.core.storage;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import io.omnipaxos.core.model.Entry;

/**
 * The entries {@code [start, end)} of a log, as they were at one time, in chunks. A
 * longer version shares the chunks of the shorter one that it was made from, and only
 * slots beyond the end of every visible version are ever written: readers need no lock.
 */
final class EntryArray {

	private static final int CHUNK_BITS = 10;

	private static final int CHUNK_SLOTS = 1 << CHUNK_BITS;

	private static final int LEAST_CHUNKS = 16;

	/** The chunk of the start, and those that follow it. */
	private final Entry[][] chunks;

	private final long start;

	private final long end;

	private EntryArray(Entry[][] chunks, long start, long end) {
		this.chunks = chunks;
		this.start = start;
		this.end = end;
	}

	/** Returns a log without entries that goes on at {@code index}. */
	static EntryArray emptyAt(long index) {
		return new EntryArray(new Entry[LEAST_CHUNKS][], index, index);
	}

	/** Returns this log with {@code entries} from index {@code from} on. */
	EntryArray append(long from, List<Entry> entries) {
		long newEnd = from + entries.size();
		Entry[][] target = (from < this.end) ? cutAt(from) : this.chunks;
		int needed = chunkOf(newEnd) + 1;
		if (needed > target.length) {
			target = Arrays.copyOf(target, needed + (needed >> 1));
		}
		for (int i = 0; i < entries.size(); i++) {
			int chunk = chunkOf(from + i);
			if (target[chunk] == null) {
				target[chunk] = new Entry[CHUNK_SLOTS];
			}
			target[chunk][slotOf(from + i)] = entries.get(i);
		}
		return new EntryArray(target, this.start, newEnd);
	}

	/** What is written from {@code index} on is not seen by those who see this. */
	private Entry[][] cutAt(long index) {
		Entry[][] copy = Arrays.copyOf(Arrays.copyOf(this.chunks, chunkOf(index) + 1), this.chunks.length);
		Entry[] last = copy[chunkOf(index)];
		if (last != null) {
			copy[chunkOf(index)] = Arrays.copyOf(Arrays.copyOf(last, slotOf(index)), CHUNK_SLOTS);
		}
		return copy;
	}

	/** Returns what is left of this log without the entries below {@code index}. */
	EntryArray dropBefore(long index) {
		if (index >= this.end) {
			return emptyAt(index);
		}
		int dropped = chunkOf(index);
		Entry[][] kept = (dropped > 0) ? Arrays.copyOfRange(this.chunks, dropped, this.chunks.length) : this.chunks;
		return new EntryArray(kept, index, this.end);
	}

	List<Entry> slice(long from, long to, long maxBytes) {
		if (from < this.start) {
			return List.of();
		}
		long until = from;
		long bytes = 0;
		while (until < Math.min(to, this.end)) {
			bytes += get(until).size();
			if (bytes > maxBytes && until > from) {
				break;
			}
			until++;
		}
		return (until > from) ? copy(from, until) : List.of();
	}

	private List<Entry> copy(long from, long to) {
		Entry[] entries = new Entry[Math.toIntExact(to - from)];
		int count = 0;
		while (count < entries.length) {
			int slot = slotOf(from + count);
			int length = Math.min(CHUNK_SLOTS - slot, entries.length - count);
			System.arraycopy(this.chunks[chunkOf(from + count)], slot, entries, count, length);
			count += length;
		}
		return Collections.unmodifiableList(Arrays.asList(entries));
	}

	private Entry get(long index) {
		return this.chunks[chunkOf(index)][slotOf(index)];
	}

	private int chunkOf(long index) {
		return (int) ((index >> CHUNK_BITS) - (this.start >> CHUNK_BITS));
	}

	private static int slotOf(long index) {
		return (int) (index & (CHUNK_SLOTS - 1));
	}

}
