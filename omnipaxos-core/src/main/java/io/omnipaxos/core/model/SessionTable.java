package io.omnipaxos.core.model;

import java.util.Map;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * The last proposal of each node that a prefix of the log holds. As large as the cluster,
 * however long the log.
 *
 * @param last last proposal by the node that made it
 */
public record SessionTable(Map<NodeId, ProposalId> last) {

	/** The table of an empty log. */
	public static final SessionTable EMPTY = new SessionTable(Map.of());

	public SessionTable {
		last = Map.copyOf(last);
		last.forEach(SessionTable::check);
	}

	private static void check(NodeId pid, ProposalId id) {
		if (!id.pid().equals(pid)) {
			throw new IllegalArgumentException("Proposal %s stands under %s".formatted(id, pid));
		}
	}

	/** Returns the last proposal of {@code pid}, or {@code null} when there is none. */
	public @Nullable ProposalId of(NodeId pid) {
		return this.last.get(pid);
	}

	/** Returns whether {@code id} stands in the prefix that this table describes. */
	public boolean covers(ProposalId id) {
		ProposalId known = this.last.get(id.pid());
		return known != null && known.session() == id.session() && known.seq() >= id.seq();
	}

	@Override
	public String toString() {
		return new TreeSet<>(this.last.keySet()).stream().map(this.last::get).toList().toString();
	}

}
