package io.omnipaxos.node;

import java.util.concurrent.atomic.LongAdder;

/** Counts for {@link ReplicaMetrics}. Thread-safe. */
final class ReplicaCounters {

	private final LongAdder appended = new LongAdder();

	private final LongAdder refused = new LongAdder();

	private final LongAdder decided = new LongAdder();

	private final LongAdder elections = new LongAdder();

	private final LongAdder writes = new LongAdder();

	private final LongAdder writeNanos = new LongAdder();

	private final LongAdder entriesWritten = new LongAdder();

	private final LongAdder received = new LongAdder();

	private final LongAdder inboxDropped = new LongAdder();

	void appended(int entries) {
		this.appended.add(entries);
	}

	void refused(int entries) {
		this.refused.add(entries);
	}

	void decided(int entries) {
		this.decided.add(entries);
	}

	void leaderChanged() {
		this.elections.increment();
	}

	void written(int entries, long nanos) {
		this.writes.increment();
		this.writeNanos.add(nanos);
		this.entriesWritten.add(entries);
	}

	void received(int messages) {
		this.received.add(messages);
	}

	void dropped(int messages) {
		this.inboxDropped.add(messages);
	}

	ReplicaMetrics snapshot() {
		return new ReplicaMetrics(this.appended.sum(), this.refused.sum(), this.decided.sum(), this.elections.sum(),
				this.writes.sum(), this.writeNanos.sum(), this.entriesWritten.sum(), this.received.sum(),
				this.inboxDropped.sum());
	}

}
