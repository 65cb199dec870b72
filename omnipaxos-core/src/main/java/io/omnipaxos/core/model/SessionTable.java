package io.omnipaxos.core.model;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The last proposal of each node that a prefix of the log holds. As large as the cluster,
 * however long the log.
 *
 * @param last last proposals, one for each node, in the order of the nodes' pids
 */
public record SessionTable(List<ProposalId> last) {

	/** The table of an empty log. */
	public static final SessionTable EMPTY = new SessionTable(List.of());

	public SessionTable {
		last = List.copyOf(last);
		for (int i = 1; i < last.size(); i++) {
			if (last.get(i - 1).pid().compareTo(last.get(i).pid()) >= 0) {
				throw new IllegalArgumentException(
						"Proposal %s does not stand between those of other nodes in %s".formatted(last.get(i), last));
			}
		}
	}

	/**
	 * Returns the table of proposals in any order; of several of one node the last given
	 * counts.
	 */
	public static SessionTable of(Collection<ProposalId> proposals) {
		TreeMap<NodeId, ProposalId> byNode = new TreeMap<>();
		proposals.forEach((id) -> byNode.put(id.pid(), id));
		return new SessionTable(List.copyOf(byNode.values()));
	}

	/** Returns this table with {@code id} as the last proposal of its node. */
	public SessionTable with(ProposalId id) {
		int size = this.last.size();
		int place = place(id.pid());
		boolean known = isAt(place, id.pid());
		ProposalId[] changed = this.last.toArray(new ProposalId[known ? size : size + 1]);
		if (!known) {
			System.arraycopy(changed, place, changed, place + 1, size - place);
		}
		changed[place] = id;
		return new SessionTable(List.of(changed));
	}

	/**
	 * Returns this table as it is once the log goes on to where {@code later} is from.
	 */
	public SessionTable with(SessionTable later) {
		SessionTable all = this;
		for (int i = 0; i < later.last.size(); i++) {
			all = all.with(later.last.get(i));
		}
		return all;
	}

	/** Returns the last proposal of {@code pid}, or {@code null} when there is none. */
	public @Nullable ProposalId of(NodeId pid) {
		int place = place(pid);
		return isAt(place, pid) ? this.last.get(place) : null;
	}

	/** Returns whether {@code id} stands in the prefix that this table describes. */
	public boolean covers(ProposalId id) {
		ProposalId known = of(id.pid());
		return known != null && known.session() == id.session() && known.seq() >= id.seq();
	}

	/** Where the proposal of a node stands, or would stand. */
	private int place(NodeId pid) {
		int low = 0;
		int high = this.last.size();
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (this.last.get(middle).pid().compareTo(pid) < 0) {
				low = middle + 1;
			}
			else {
				high = middle;
			}
		}
		return low;
	}

	private boolean isAt(int place, NodeId pid) {
		return place < this.last.size() && this.last.get(place).pid().equals(pid);
	}

	@Override
	public String toString() {
		return this.last.toString();
	}

}
