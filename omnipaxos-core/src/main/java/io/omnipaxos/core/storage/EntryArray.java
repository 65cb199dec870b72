package io.omnipaxos.core.storage;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import io.omnipaxos.core.model.Entry;
import org.jspecify.annotations.Nullable;

/**
 * The entries {@code [start, end)} of a log, as they were at one time, in chunks. A
 * longer version shares the chunks of the shorter one that it was made from, and only
 * slots beyond the end of every visible version are ever written: readers need no lock.
 * There is one writer, which goes on from the latest version only.
 */
final class EntryArray {

	private static final int CHUNK_BITS = 10;

	private static final int CHUNK_SLOTS = 1 << CHUNK_BITS;

	private static final int LEAST_CHUNKS = 16;

	/** The chunk of the start, and those that follow it. */
	private final @Nullable Chunk[] chunks;

	private final long start;

	private final long end;

	private final long bytes;

	private EntryArray(@Nullable Chunk[] chunks, long start, long end, long bytes) {
		this.chunks = chunks;
		this.start = start;
		this.end = end;
		this.bytes = bytes;
	}

	/** Returns a log without entries that goes on at {@code index}. */
	static EntryArray emptyAt(long index) {
		return new EntryArray(new Chunk[LEAST_CHUNKS], index, index, 0);
	}

	/** Size of the entries. */
	long bytes() {
		return this.bytes;
	}

	/** Returns this log with {@code entries} from index {@code from} on. */
	EntryArray append(long from, List<Entry> entries) {
		return (from < this.end) ? cutAt(from).add(entries) : add(entries);
	}

	private EntryArray add(List<Entry> entries) {
		long newEnd = this.end + entries.size();
		int needed = chunkOf(newEnd) + 1;
		@Nullable Chunk[] target = this.chunks;
		if (needed > target.length) {
			target = Arrays.copyOf(target, needed + (needed >> 1));
		}
		long added = 0;
		for (int i = 0; i < entries.size(); i++) {
			int at = chunkOf(this.end + i);
			Chunk chunk = target[at];
			if (chunk == null) {
				chunk = new Chunk();
				target[at] = chunk;
			}
			added += chunk.put(slotOf(this.end + i), entries.get(i));
		}
		return new EntryArray(target, this.start, newEnd, this.bytes + added);
	}

	/** What is written from {@code index} on is not seen by those who see this. */
	private EntryArray cutAt(long index) {
		int last = chunkOf(index);
		@Nullable Chunk[] kept = Arrays.copyOf(Arrays.copyOf(this.chunks, last + 1), this.chunks.length);
		Chunk cut = kept[last];
		if (cut != null) {
			kept[last] = cut.part(0, slotOf(index));
		}
		return new EntryArray(kept, this.start, index, bytesOf(kept));
	}

	/** Returns what is left of this log without the entries below {@code index}. */
	EntryArray dropBefore(long index) {
		if (index >= this.end) {
			return emptyAt(index);
		}
		@Nullable Chunk[] kept = Arrays.copyOfRange(this.chunks, chunkOf(index), this.chunks.length);
		kept[0] = Objects.requireNonNull(kept[0]).part(slotOf(index), CHUNK_SLOTS);
		return new EntryArray(kept, index, this.end, bytesOf(kept));
	}

	private static long bytesOf(@Nullable Chunk[] chunks) {
		long bytes = 0;
		for (Chunk chunk : chunks) {
			bytes += (chunk != null) ? chunk.bytes : 0;
		}
		return bytes;
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
			System.arraycopy(chunk(from + count).slots, slot, entries, count, length);
			count += length;
		}
		return Collections.unmodifiableList(Arrays.asList(entries));
	}

	private Entry get(long index) {
		return chunk(index).slots[slotOf(index)];
	}

	private Chunk chunk(long index) {
		return Objects.requireNonNull(this.chunks[chunkOf(index)]);
	}

	private int chunkOf(long index) {
		return (int) ((index >> CHUNK_BITS) - (this.start >> CHUNK_BITS));
	}

	private static int slotOf(long index) {
		return (int) (index & (CHUNK_SLOTS - 1));
	}

	/** So many slots, and the size of all that was put into them. */
	private static final class Chunk {

		private final Entry[] slots = new Entry[CHUNK_SLOTS];

		/** Known to the latest version alone. */
		private long bytes;

		/** Returns the size of the entry. */
		int put(int slot, Entry entry) {
			int size = entry.size();
			this.slots[slot] = entry;
			this.bytes += size;
			return size;
		}

		/** Returns a copy of some of the slots, so that the others' entries can go. */
		Chunk part(int from, int to) {
			Chunk part = new Chunk();
			for (int i = from; i < to; i++) {
				if (this.slots[i] != null) {
					part.put(i, this.slots[i]);
				}
			}
			return part;
		}

	}

}
