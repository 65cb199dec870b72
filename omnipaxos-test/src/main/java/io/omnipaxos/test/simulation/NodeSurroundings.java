package io.omnipaxos.test.simulation;

import io.omnipaxos.core.SnapshotFolder;
import io.omnipaxos.core.model.ClusterConfig;
import org.jspecify.annotations.Nullable;

/** What every node of a simulated cluster shares. */
record NodeSurroundings(ClusterConfig cluster, @Nullable SnapshotFolder folder, Agenda agenda, Chance chance,
		Network network, Observers observers) {
}
