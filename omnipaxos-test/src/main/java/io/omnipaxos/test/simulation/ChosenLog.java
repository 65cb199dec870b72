package io.omnipaxos.test.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;

/**
 * The one log that there is: every entry that a write quorum has ever held on its disks
 * in one ballot. Nodes may learn of it late, but never of anything else.
 */
final class ChosenLog {

	private final List<Entry> entries = new ArrayList<>();

	private final List<Ballot> ballots = new ArrayList<>();

	private final Map<NodeId, TreeMap<Long, ProposalId>> sessions = new HashMap<>();

	private final Map<ProposalId, SimulatedAppend> proposed = new HashMap<>();

	private final Set<ProposalId> refused = new HashSet<>();

	long length() {
		return this.entries.size();
	}

	Entry at(long index) {
		return this.entries.get((int) index);
	}

	void proposed(SimulatedAppend append, ProposalId id) {
		if (this.proposed.put(id, append) != null) {
			throw new InvariantViolation("every proposal has an id of its own", id + " was given twice", null);
		}
	}

	void refused(ProposalId id) {
		this.refused.add(id);
		TreeMap<Long, ProposalId> known = this.sessions.get(id.pid());
		if (known != null && known.containsValue(id)) {
			throw refusedAndChosen(id);
		}
	}

	private static InvariantViolation refusedAndChosen(ProposalId id) {
		return new InvariantViolation("what is refused is never decided", id + " was refused and is chosen", null);
	}

	/** Takes the next entry, chosen in {@code ballot}. */
	void extend(Entry entry, Ballot ballot) {
		if (!this.entries.isEmpty() && this.entries.get(this.entries.size() - 1) instanceof Entry.StopSign) {
			throw new InvariantViolation("nothing stands after a stop-sign", entry + " is chosen after one", null);
		}
		mustBeNextOfItsSession(entry);
		this.sessions.computeIfAbsent(entry.id().pid(), (pid) -> new TreeMap<>())
			.put((long) this.entries.size(), entry.id());
		this.entries.add(entry);
		this.ballots.add(ballot);
	}

	private void mustBeNextOfItsSession(Entry entry) {
		ProposalId id = entry.id();
		SimulatedAppend append = this.proposed.get(id);
		if (append == null || !append.text().equals(AppliedLog.text(entry))) {
			throw new InvariantViolation("every chosen entry was proposed", entry + " was proposed as " + append, null);
		}
		if (this.refused.contains(id)) {
			throw refusedAndChosen(id);
		}
		TreeMap<Long, ProposalId> earlier = this.sessions.get(id.pid());
		ProposalId last = (earlier != null) ? earlier.lastEntry().getValue() : null;
		boolean next = (last == null || id.session() > last.session()) ? id.seq() == 1
				: id.session() == last.session() && id.seq() == last.seq() + 1;
		if (!next) {
			throw new InvariantViolation("every chosen entry stands once and in its session's order",
					"%s is chosen after %s".formatted(id, last), null);
		}
	}

	/** Returns how much of the log was chosen in ballots below {@code ballot}. */
	long lengthBelow(Ballot ballot) {
		int length = this.ballots.size();
		while (length > 0 && this.ballots.get(length - 1).compareTo(ballot) >= 0) {
			length--;
		}
		return length;
	}

	Ballot ballotAt(long index) {
		return this.ballots.get((int) index);
	}

	/** Checks that {@code entry} is what is chosen at {@code index}. */
	void mustHold(NodeId node, long index, Entry entry) {
		if (index >= length()) {
			throw new InvariantViolation("what is decided is on the disks of a write quorum",
					"%s decided %s at %d, where nothing is chosen".formatted(node, entry, index), null);
		}
		if (!at(index).equals(entry)) {
			throw new InvariantViolation("decided prefixes agree",
					"%s holds %s at %d, where %s is chosen".formatted(node, entry, index, at(index)), null);
		}
	}

	SessionTable sessionsAt(long index) {
		List<ProposalId> last = new ArrayList<>();
		for (TreeMap<Long, ProposalId> ids : this.sessions.values()) {
			Map.Entry<Long, ProposalId> below = ids.lowerEntry(index);
			if (below != null) {
				last.add(below.getValue());
			}
		}
		return SessionTable.of(last);
	}

	/** Returns a part of the log. */
	List<String> texts(long from, long to) {
		return this.entries.subList((int) from, (int) to).stream().map(AppliedLog::text).toList();
	}

	boolean endsWithStopSignAt(long index) {
		return index < length() && at(index) instanceof Entry.StopSign;
	}

}
