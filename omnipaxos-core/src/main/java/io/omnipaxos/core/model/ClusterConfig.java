package io.omnipaxos.core.model;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The nodes that replicate a log, and how many of them it takes.
 * <p>
 * Source: {@code ClusterConfig} of the Rust library, which refuses a single node; here a
 * cluster of one is a cluster.
 *
 * @param configurationId number of the configuration, positive; the next configuration of
 * a log has a higher one
 * @param nodes pids of the nodes, each once, in any order and with any gaps
 * @param flexibleQuorum sizes of the quorums, or {@code null} for majorities
 */
public record ClusterConfig(int configurationId, List<NodeId> nodes, @Nullable FlexibleQuorum flexibleQuorum) {

	public ClusterConfig {
		nodes = List.copyOf(nodes);
		check(configurationId > 0, "the configuration id must be positive, not " + configurationId);
		check(!nodes.isEmpty(), "it needs at least one node");
		check(!nodes.contains(NodeId.NONE), "a pid must be positive");
		check(new LinkedHashSet<>(nodes).size() == nodes.size(), "a pid stands twice among the nodes " + nodes);
		if (flexibleQuorum != null) {
			checkQuorums(nodes.size(), flexibleQuorum.readQuorumSize(), flexibleQuorum.writeQuorumSize());
		}
	}

	/** Returns a configuration that decides by majorities. */
	public static ClusterConfig of(int configurationId, long... pids) {
		return new ClusterConfig(configurationId, Arrays.stream(pids).mapToObj(NodeId::new).toList(), null);
	}

	private static void checkQuorums(int nodes, int read, int write) {
		int least = Math.min(2, nodes);
		check(read >= least && read <= nodes, "the read quorum must be %d to %d, not %d".formatted(least, nodes, read));
		check(write >= least && write <= nodes,
				"the write quorum must be %d to %d, not %d".formatted(least, nodes, write));
		check(read + write > nodes, "the quorums %d and %d must overlap: their sum must exceed the number of nodes, %d"
			.formatted(read, write, nodes));
		// Else those who can prepare but never accept keep deposing the one who could.
		check(read >= write, "the read quorum %d must not be smaller than the write quorum %d".formatted(read, write));
	}

	private static void check(boolean holds, String rule) {
		if (!holds) {
			throw new IllegalArgumentException("Not a cluster configuration: " + rule);
		}
	}

	/** Returns how many nodes must promise a ballot before its owner leads. */
	public int prepareQuorum() {
		return (this.flexibleQuorum != null) ? this.flexibleQuorum.readQuorumSize() : this.nodes.size() / 2 + 1;
	}

	/** Returns how many nodes must accept an entry before it is decided. */
	public int writeQuorum() {
		return (this.flexibleQuorum != null) ? this.flexibleQuorum.writeQuorumSize() : this.nodes.size() / 2 + 1;
	}

	/**
	 * Returns whether the other is the same configuration, however it is written: of the
	 * same id and the same nodes, in any order, with quorums of the same sizes.
	 */
	public boolean isSameAs(ClusterConfig other) {
		return this.configurationId == other.configurationId && Set.copyOf(this.nodes).equals(Set.copyOf(other.nodes))
				&& prepareQuorum() == other.prepareQuorum() && writeQuorum() == other.writeQuorum();
	}

	/** Returns everybody but {@code self}, in the order of {@link #nodes()}. */
	public List<NodeId> peersOf(NodeId self) {
		return this.nodes.stream().filter((node) -> !node.equals(self)).toList();
	}

	@Override
	public String toString() {
		String pids = this.nodes.stream().map((node) -> Long.toString(node.value())).collect(Collectors.joining(", "));
		String quorums = (this.flexibleQuorum != null) ? ", quorums %d/%d".formatted(prepareQuorum(), writeQuorum())
				: "";
		return "configuration %d of {%s}%s".formatted(this.configurationId, pids, quorums);
	}

}
