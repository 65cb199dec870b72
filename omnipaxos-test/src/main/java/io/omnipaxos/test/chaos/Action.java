package io.omnipaxos.test.chaos;

import io.omnipaxos.core.OmniPaxos;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.simulation.DiskFaults;
import io.omnipaxos.test.simulation.LinkFaults;
import io.omnipaxos.test.simulation.SimulatedCluster;
import io.omnipaxos.test.simulation.SimulatedNode;
import org.jspecify.annotations.Nullable;

/** Something that is done to a cluster at one moment of a run. */
public sealed interface Action {

	/** Does it. */
	void on(SimulatedCluster cluster);

	/** Appends an entry. */
	record Append(NodeId node, String text) implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			cluster.append(this.node, this.text);
		}

	}

	/** Asks for a read barrier. */
	record Barrier(NodeId node) implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			cluster.readBarrier(this.node);
		}

	}

	/** Proposes a stop-sign. */
	record Reconfigure(NodeId node, ClusterConfig next) implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			cluster.reconfigure(this.node, this.next, "");
		}

	}

	/** Trims a share of what a node has, or everything that can be. */
	record Trim(NodeId node, double share) implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			cluster.tell(this.node, "trim " + this.share, (replica) -> replica.trim(upTo(replica, this.share)));
		}

	}

	/** Folds a share of what a node has decided, or everything, into a snapshot. */
	record Snapshot(NodeId node, double share, boolean localOnly) implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			cluster.tell(this.node, "snapshot " + this.share + (this.localOnly ? " here" : " everywhere"),
					(replica) -> replica.snapshot(upTo(replica, this.share), this.localOnly));
		}

	}

	/** Changes a node's priority. */
	record Priority(NodeId node, int priority) implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			cluster.tell(this.node, "priority " + this.priority, (replica) -> replica.setPriority(this.priority));
		}

	}

	/** Tells a node to take over. */
	record TakeOver(NodeId node) implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			cluster.tell(this.node, "take over", OmniPaxos::tryBecomeLeader);
		}

	}

	/** Tells whoever leads to hand over. */
	record HandOver() implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			SimulatedNode leader = cluster.leader();
			if (leader != null) {
				cluster.tell(leader.pid(), "hand over", OmniPaxos::handOver);
			}
		}

	}

	/** Cuts or restores one direction. */
	record Cut(NodeId from, NodeId to, boolean cut) implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			if (this.cut) {
				cluster.links().cutOneWay(this.from, this.to);
			}
			else {
				cluster.links().healOneWay(this.from, this.to);
			}
		}

	}

	/** Leaves some links and cuts all others. */
	record Partition(Graph graph) implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			cluster.links().keepOnly(this.graph::links);
		}

	}

	/** Restores every link. */
	record Heal() implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			cluster.links().keepOnly((from, to) -> true);
		}

	}

	/** Tells every node which links are there. */
	record Announce() implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			cluster.links().announce();
		}

	}

	/** Tells every node whom it has lost. */
	record AnnounceLosses() implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			cluster.links().announceLosses();
		}

	}

	/** Tells a node that it has lost a peer, whether that is true or not. */
	record AnnounceLoss(NodeId node, NodeId peer) implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			cluster.links().announceLoss(this.node, this.peer);
		}

	}

	/** Makes all links worse, or better. */
	record BadLinks(LinkFaults faults) implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			cluster.links().faults(this.faults);
		}

	}

	/** Makes one direction worse, or better. */
	record BadLink(NodeId from, NodeId to, LinkFaults faults) implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			cluster.links().faults(this.from, this.to, this.faults);
		}

	}

	/** Makes one disk slow, or fast again. */
	record SlowDisk(NodeId node, DiskFaults faults) implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			cluster.disk(this.node, this.faults);
		}

	}

	/** Makes a disk fail soon. */
	record FailDisk(NodeId node, int calls, boolean done) implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			cluster.node(this.node).storage().failAfter(this.calls, this.done);
		}

	}

	/** Leaves a storage no room, or gives it some again. */
	record FillStorage(NodeId node, boolean full) implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			cluster.node(this.node).storage().fill(this.full);
		}

	}

	/** Takes a storage out of reach for reads, or brings it back. */
	record TakeStorageAway(NodeId node, boolean away) implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			cluster.node(this.node).storage().away(this.away);
		}

	}

	/** Cuts a node's power. */
	record Crash(NodeId node, boolean writeSurvives) implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			if (this.writeSurvives) {
				cluster.crashAfterWriting(this.node);
			}
			else {
				cluster.crash(this.node);
			}
		}

	}

	/** Cuts the power of whoever leads. */
	record CrashLeader(boolean writeSurvives) implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			SimulatedNode leader = cluster.leader();
			if (leader != null) {
				new Crash(leader.pid(), this.writeSurvives).on(cluster);
			}
		}

	}

	/** Starts a node if it is down. */
	record Restart(NodeId node) implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			cluster.restart(this.node);
		}

	}

	/** Lets a node stand still, or go on. */
	record Pause(NodeId node, boolean paused) implements Action {

		@Override
		public void on(SimulatedCluster cluster) {
			if (this.paused) {
				cluster.pause(this.node);
			}
			else {
				cluster.resume(this.node);
			}
		}

	}

	/** A whole share is left to the node: it knows best how far it can go. */
	private static @Nullable Long upTo(OmniPaxos replica, double share) {
		if (share == 1) {
			return null;
		}
		long compacted = replica.indexes().compacted();
		return compacted + Math.round(share * (replica.indexes().decided() - compacted));
	}

}
