package io.omnipaxos.core;

import java.util.List;
import java.util.Optional;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.storage.Storage;
import org.jspecify.annotations.Nullable;

/** Skeleton: signatures only, so that the other modules can be written against them. */
public final class OmniPaxos {

	public OmniPaxos(ClusterConfig cluster, ServerConfig server, Storage storage, @Nullable SnapshotFolder folder) {
		throw new UnsupportedOperationException();
	}

	/** Lets one tick of time pass. */
	public void tick() {
	}

	public void onMessage(Envelope envelope) {
	}

	/**
	 * @throws OverloadedException LogSealedException IllegalArgumentException (too large)
	 */
	public ProposalId append(Payload payload) {
		throw new UnsupportedOperationException();
	}

	public ProposalId reconfigure(ClusterConfig next, Payload metadata) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Returns the id of the barrier; ids rise; a BarrierReached names the highest
	 * reached.
	 */
	public long readBarrier() {
		throw new UnsupportedOperationException();
	}

	/** Trims up to index, or, when null, up to what every node has durably decided. */
	public void trim(@Nullable Long index) {
	}

	/** Snapshots up to index, or, when null, up to what is decided. */
	public void snapshot(@Nullable Long index, boolean localOnly) {
	}

	public void reconnected(NodeId peer) {
	}

	public void tryBecomeLeader() {
	}

	public void setPriority(int priority) {
	}

	/**
	 * Asks the follower that is furthest to take over; nothing happens when not leading.
	 */
	public void handOver() {
	}

	/** Everything wanted since the last call; to be followed by written() in any case. */
	public Effects drain() {
		throw new UnsupportedOperationException();
	}

	/** The writes of the last drain are durable (or there were none). */
	public void written() {
	}

	/** Whether drain() would return anything. */
	public boolean hasEffects() {
		return false;
	}

	public long session() {
		return 0;
	}

	public LogIndexes indexes() {
		throw new UnsupportedOperationException();
	}

	public ReplicaStatus status() {
		throw new UnsupportedOperationException();
	}

	public Optional<LogEntry<Payload>> read(long index) {
		throw new UnsupportedOperationException();
	}

	public Optional<List<LogEntry<Payload>>> read(long from, long to) {
		throw new UnsupportedOperationException();
	}

	public Optional<List<LogEntry<Payload>>> readDecidedSuffix(long from) {
		throw new UnsupportedOperationException();
	}

}
