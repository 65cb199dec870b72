package io.omnipaxos.storage.format;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.model.Entry;

/**
 * Entries that follow one another, stored as one piece: a batch costs one row instead of
 * one for every entry.
 */
public final class EntryBlock {

	private static final String WHAT = "entries";

	private final long first;

	private final int count;

	private final byte[] bytes;

	private EntryBlock(long first, int count, byte[] bytes) {
		this.first = first;
		this.count = count;
		this.bytes = bytes;
	}

	/**
	 * Makes blocks of entries.
	 * @param first index of the first entry
	 * @param entries entries, may be none
	 * @param maxBytes bytes after which to begin another block; a longer entry has one
	 * for itself
	 * @return blocks, none when there are no entries
	 */
	public static List<EntryBlock> of(long first, List<Entry> entries, int maxBytes) {
		List<EntryBlock> blocks = new ArrayList<>();
		int from = 0;
		long size = 0;
		for (int i = 0; i < entries.size(); i++) {
			int more = entries.get(i).size();
			if (i > from && size + more > maxBytes) {
				blocks.add(encode(first + from, entries.subList(from, i), size));
				from = i;
				size = 0;
			}
			size += more;
		}
		if (from < entries.size()) {
			blocks.add(encode(first + from, entries.subList(from, entries.size()), size));
		}
		return blocks;
	}

	private static EntryBlock encode(long first, List<Entry> entries, long size) {
		ByteWriter out = new ByteWriter(Math.toIntExact(size) + 16);
		out.writeLong(entries.size());
		for (Entry entry : entries) {
			EntryFormat.write(out, entry);
		}
		return new EntryBlock(first, entries.size(), out.finish(first));
	}

	/**
	 * Takes a block as it was stored.
	 * @param first index of its first entry
	 * @param bytes what {@link #bytes()} returned
	 */
	public static EntryBlock stored(long first, byte[] bytes) {
		return new EntryBlock(first, new ByteReader(bytes, first, WHAT).readInt(), bytes);
	}

	/** Returns the index of the first entry. */
	public long first() {
		return this.first;
	}

	/** Returns the index after the last entry. */
	public long end() {
		return this.first + this.count;
	}

	/** Returns what to store, which is not to be changed. */
	public byte[] bytes() {
		return this.bytes;
	}

	/**
	 * Hands over entries for as long as they are wanted.
	 * @param wanted who wants them
	 */
	public void giveTo(EntryGatherer wanted) {
		ByteReader in = new ByteReader(this.bytes, this.first, WHAT);
		in.readInt();
		long index = this.first;
		while (index < wanted.next() && index < end()) {
			EntryFormat.skip(in);
			index++;
		}
		while (index < end() && wanted.offer(index, EntryFormat.read(in))) {
			index++;
		}
	}

	/** Returns the entries below {@code index}. */
	public List<Entry> before(long index) {
		EntryGatherer kept = new EntryGatherer(this.first, index, Long.MAX_VALUE);
		if (index > this.first) {
			giveTo(kept);
		}
		return kept.entries();
	}

}
