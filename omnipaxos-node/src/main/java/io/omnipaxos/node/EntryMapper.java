package io.omnipaxos.node;

import java.util.List;

import io.omnipaxos.core.LogEntry;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;

/**
 * Makes objects of what a log holds.
 *
 * @param <T> type of the entries
 */
final class EntryMapper<T> {

	private final EntryType<T> type;

	EntryMapper(EntryType<T> type) {
		this.type = type;
	}

	List<LogEntry<T>> map(List<LogEntry<Payload>> entries) {
		return entries.stream().map(this::map).toList();
	}

	LogEntry<T> map(LogEntry<Payload> entry) {
		if (entry instanceof LogEntry.Decided<Payload> decided) {
			return new LogEntry.Decided<>(decided.index(), decode(decided.value()));
		}
		if (entry instanceof LogEntry.Undecided<Payload> undecided) {
			return new LogEntry.Undecided<>(undecided.index(), decode(undecided.value()));
		}
		if (entry instanceof LogEntry.Trimmed<Payload> trimmed) {
			return new LogEntry.Trimmed<>(trimmed.index());
		}
		if (entry instanceof LogEntry.Snapshotted<Payload> snapshotted) {
			return new LogEntry.Snapshotted<>(snapshotted.base(), snapshotted.index(),
					decodeSnapshot((Payload) snapshotted.snapshot()));
		}
		LogEntry.StopSign<Payload> stopSign = (LogEntry.StopSign<Payload>) entry;
		return new LogEntry.StopSign<>(stopSign.index(), stopSign.next(), stopSign.metadata(), stopSign.decided());
	}

	/** Makes an object of an entry that is decided. */
	LogEntry<T> decided(long index, Entry entry) {
		if (entry instanceof Entry.StopSign stopSign) {
			return new LogEntry.StopSign<>(index, stopSign.next(), stopSign.metadata(), true);
		}
		return new LogEntry.Decided<>(index, decode(((Entry.Command) entry).payload()));
	}

	private T decode(Payload payload) {
		return this.type.codec().decode(payload.array());
	}

	private Object decodeSnapshot(Payload payload) {
		EntryType.SnapshotType<T, ?> snapshots = this.type.snapshots();
		if (snapshots == null) {
			throw new IllegalStateException("Log %s holds a snapshot, and its type has no snapshotter to read it with"
				.formatted(this.type.name()));
		}
		return snapshots.decode(payload.array());
	}

}
