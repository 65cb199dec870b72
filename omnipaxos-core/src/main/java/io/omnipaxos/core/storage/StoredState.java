package io.omnipaxos.core.storage;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.SessionTable;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is stored but the entries themselves.
 *
 * @param session last session begun, zero before the first
 * @param promise highest ballot promised
 * @param acceptedRound ballot whose leader's log was adopted
 * @param acceptedIndex length of the log
 * @param decidedIndex length of its decided prefix
 * @param decidedSessions session table at the decided index
 * @param compactedIndex first index whose entry is kept
 * @param compactedSessions session table at the compacted index
 * @param snapshot snapshot of what was compacted, or {@code null} when it was trimmed or
 * nothing was
 * @param configuration configuration that the last session was begun in, or {@code null}
 * before the first, and in a log of a version that did not record it
 */
public record StoredState(long session, Ballot promise, Ballot acceptedRound, long acceptedIndex, long decidedIndex,
		SessionTable decidedSessions, long compactedIndex, SessionTable compactedSessions,
		@Nullable StoredSnapshot snapshot, @Nullable ClusterConfig configuration) {

	/** What a new storage holds. */
	public static final StoredState EMPTY = new StoredState(0, Ballot.NONE, Ballot.NONE, 0, 0, SessionTable.EMPTY, 0,
			SessionTable.EMPTY, null, null);

	public StoredState {
		if (compactedIndex < 0 || decidedIndex < compactedIndex || acceptedIndex < decidedIndex) {
			throw new IllegalArgumentException("Not a log: compacted %d, decided %d, accepted %d"
				.formatted(compactedIndex, decidedIndex, acceptedIndex));
		}
		if (snapshot != null && snapshot.id().index() != compactedIndex) {
			throw new IllegalArgumentException(
					"The log is compacted up to %d and not as far as %s".formatted(compactedIndex, snapshot));
		}
	}

	/** Returns the same with another last session. */
	public StoredState withSession(long lastSession) {
		return new StoredState(lastSession, this.promise, this.acceptedRound, this.acceptedIndex, this.decidedIndex,
				this.decidedSessions, this.compactedIndex, this.compactedSessions, this.snapshot, this.configuration);
	}

}
