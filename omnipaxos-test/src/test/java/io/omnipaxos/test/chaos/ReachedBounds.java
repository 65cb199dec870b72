package io.omnipaxos.test.chaos;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.omnipaxos.core.OverloadedException;
import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.CatchUp;
import io.omnipaxos.core.message.CatchUpMessage.DecidedPiece;
import io.omnipaxos.core.message.CatchUpMessage.SnapshotPiece;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.Message;
import io.omnipaxos.core.message.ProposalMessage.Propose;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.storage.StorageOp;
import io.omnipaxos.test.simulation.Fate;
import io.omnipaxos.test.simulation.Observer;
import io.omnipaxos.test.simulation.SimulatedAppend;
import io.omnipaxos.test.simulation.SimulatedNode;

/** Counts how often the nodes of a cluster came up against each of their limits. */
final class ReachedBounds implements Observer {

	private final Map<Bound, Long> reached = new EnumMap<>(Bound.class);

	private final Map<NodeId, TreeMap<Long, Integer>> sizes = new HashMap<>();

	private final Map<NodeId, ProposalId> proposed = new HashMap<>();

	private final Map<NodeId, Long> entryReads = new HashMap<>();

	/** How a limit shows when it is reached. */
	enum Bound {

		/** {@code maxEntryBytes}: a longer entry was refused. */
		ENTRY,

		/** {@code maxPendingBytes}: an append was refused. */
		PENDING,

		/** {@code maxUndecidedBytes}: a leader has no room for another entry. */
		UNDECIDED,

		/** {@code maxPieceBytes}: what is decided did not fit one message. */
		PIECE_OF_ENTRIES,

		/** {@code maxPieceBytes}: a snapshot did not fit one message. */
		PIECE_OF_SNAPSHOT,

		/** {@code windowBytes}: a leader kept entries back from a follower. */
		WINDOW_OF_LEADER,

		/** {@code windowBytes}: a follower kept proposals back from its leader. */
		WINDOW_OF_FOLLOWER,

		/** {@code maxCachedBytes}: entries were wanted that are no longer in memory. */
		CACHE

	}

	Map<Bound, Long> reached() {
		return this.reached;
	}

	private void countIf(boolean hit, Bound bound) {
		if (hit) {
			this.reached.merge(bound, 1L, Long::sum);
		}
	}

	@Override
	public void started(SimulatedNode node) {
		this.entryReads.put(node.pid(), node.storage().entryReads());
		this.proposed.remove(node.pid());
	}

	@Override
	public void refused(SimulatedNode node, SimulatedAppend append) {
		countIf(append.refusal() instanceof IllegalArgumentException, Bound.ENTRY);
		countIf(append.refusal() instanceof OverloadedException, Bound.PENDING);
	}

	@Override
	public void proposed(SimulatedNode node, SimulatedAppend append) {
		ProposalId id = append.id();
		if (id != null) {
			this.proposed.put(node.pid(), id);
		}
	}

	@Override
	public void sent(SimulatedNode node, Envelope envelope, Fate fate) {
		Message message = envelope.message();
		if (message instanceof DecidedPiece piece) {
			countIf(piece.from() + piece.entries().size() < piece.decidedIndex(), Bound.PIECE_OF_ENTRIES);
		}
		else if (message instanceof SnapshotPiece piece) {
			countIf(piece.offset() + piece.data().size() < piece.size(), Bound.PIECE_OF_SNAPSHOT);
		}
	}

	@Override
	public void drained(SimulatedNode node, List<Envelope> batch) {
		Map<NodeId, Message> last = new HashMap<>();
		for (Envelope envelope : batch) {
			Message message = envelope.message();
			if (message instanceof AcceptDecide || message instanceof CatchUp || message instanceof Propose) {
				last.put(envelope.to(), message);
			}
		}
		last.values().forEach((message) -> {
			if (message instanceof AcceptDecide accept && !accept.entries().isEmpty()) {
				long end = accept.from() + accept.entries().size();
				countIf(end < node.core().indexes().accepted(), Bound.WINDOW_OF_LEADER);
			}
			else if (message instanceof Propose propose) {
				ProposalId sent = propose.entries().get(propose.entries().size() - 1).id();
				countIf(!sent.equals(this.proposed.get(node.pid())), Bound.WINDOW_OF_FOLLOWER);
			}
		});
	}

	@Override
	public void wrote(SimulatedNode node, List<StorageOp> ops) {
		for (StorageOp op : ops) {
			if (op instanceof StorageOp.Append append) {
				TreeMap<Long, Integer> log = this.sizes.computeIfAbsent(node.pid(), (pid) -> new TreeMap<>());
				log.tailMap(append.from()).clear();
				long index = append.from();
				for (Entry entry : append.entries()) {
					log.put(index++, entry.size());
				}
				long undecided = sum(log.tailMap(node.core().indexes().decided()));
				boolean leads = node.pid().equals(node.core().leader());
				countIf(leads && undecided >= node.server().limits().maxUndecidedBytes(), Bound.UNDECIDED);
			}
		}
	}

	private static long sum(Map<Long, Integer> sizes) {
		long bytes = 0;
		for (int size : sizes.values()) {
			bytes += size;
		}
		return bytes;
	}

	@Override
	public void settled(SimulatedNode node) {
		long reads = node.storage().entryReads();
		Long before = this.entryReads.put(node.pid(), reads);
		countIf(before != null && reads > before, Bound.CACHE);
	}

}
