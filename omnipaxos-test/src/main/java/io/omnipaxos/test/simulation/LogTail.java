package io.omnipaxos.test.simulation;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.model.Entry;

/** Entries from some index to the end of a log, and their size. */
final class LogTail {

	private final List<Entry> entries = new ArrayList<>();

	private long from;

	private long bytes;

	long from() {
		return this.from;
	}

	long end() {
		return this.from + this.entries.size();
	}

	Entry at(long index) {
		return this.entries.get((int) (index - this.from));
	}

	long bytesBeforeTheLast() {
		return this.entries.isEmpty() ? 0 : this.bytes - this.entries.get(this.entries.size() - 1).size();
	}

	/** Adds entries in the place of what stood from {@code index} on. */
	void replace(long index, List<Entry> added) {
		int kept = (int) Math.max(0, index - this.from);
		forget(Math.min(kept, this.entries.size()), this.entries.size());
		long skipped = Math.max(0, this.from - index);
		List<Entry> here = added.subList((int) skipped, added.size());
		this.entries.addAll(here);
		here.forEach((entry) -> this.bytes += entry.size());
	}

	void dropBelow(long index) {
		if (index > this.from) {
			forget(0, (int) Math.min(this.entries.size(), index - this.from));
			this.from = index;
		}
	}

	private void forget(int start, int end) {
		List<Entry> gone = this.entries.subList(start, end);
		gone.forEach((entry) -> this.bytes -= entry.size());
		gone.clear();
	}

}
