package io.omnipaxos.test.simulation;

import io.omnipaxos.core.SnapshotFolder;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import org.jspecify.annotations.Nullable;

/** What every node of a simulated cluster shares. */
record NodeSurroundings(ClusterConfig cluster, boolean snapshots, Agenda agenda, Chance chance, Network network,
		Observers observers) {

	/** Returns the folder of one node, or {@code null} where no snapshots are taken. */
	@Nullable SnapshotFolder folder(NodeId pid) {
		return this.snapshots ? new WholeContentFolder(this.cluster.nodes().indexOf(pid)) : null;
	}

}
