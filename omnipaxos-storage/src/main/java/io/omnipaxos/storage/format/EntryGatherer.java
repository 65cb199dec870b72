package io.omnipaxos.storage.format;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.model.Entry;

/**
 * Gathers the entries of a read: those of a range, without a gap, up to a number of
 * bytes.
 */
public final class EntryGatherer {

	private final List<Entry> entries = new ArrayList<>();

	private final long from;

	private final long to;

	private final long maxBytes;

	private long bytes;

	private boolean full;

	/**
	 * Creates a gatherer.
	 * @param from first index wanted
	 * @param to index before which to stop
	 * @param maxBytes bytes not to be exceeded, unless by the first entry
	 */
	public EntryGatherer(long from, long to, long maxBytes) {
		this.from = from;
		this.to = to;
		this.maxBytes = maxBytes;
		this.full = from >= to;
	}

	/** Returns the index of the entry that is wanted next. */
	public long next() {
		return this.from + this.entries.size();
	}

	/** Returns whether nothing more is wanted. */
	public boolean isFull() {
		return this.full;
	}

	/** Returns how many more bytes there is room for. */
	public long room() {
		return this.maxBytes - this.bytes;
	}

	/**
	 * Takes an entry if it is the next and fits.
	 * @return whether more may be offered
	 */
	boolean offer(long index, Entry entry) {
		this.full = this.full || index != next() || (!this.entries.isEmpty() && entry.size() > room());
		if (!this.full) {
			this.entries.add(entry);
			this.bytes += entry.size();
			this.full = next() >= this.to || room() <= 0;
		}
		return !this.full;
	}

	/** Returns what was gathered. */
	public List<Entry> entries() {
		return List.copyOf(this.entries);
	}

}
