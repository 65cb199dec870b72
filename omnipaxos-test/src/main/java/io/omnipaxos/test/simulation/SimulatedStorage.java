package io.omnipaxos.test.simulation;

import java.util.List;
import java.util.Optional;

import io.omnipaxos.core.PieceReading;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageOp;
import io.omnipaxos.core.storage.StorageUnavailableException;
import io.omnipaxos.core.storage.StoredState;

/**
 * A storage that outlives its node, and fails or has no room when it is told to. Every
 * call counts, reads and writes alike.
 */
public final class SimulatedStorage implements Storage {

	private final Storage disk;

	private final boolean readsAtOnce;

	private long callsUntilFailure = -1;

	private boolean failsAfterwards;

	private long entryReads;

	private boolean full;

	private boolean away;

	/**
	 * Creates a storage.
	 * @param disk storage that keeps what is written; it is never closed
	 * @param readsAtOnce whether reads wait for nothing
	 */
	public SimulatedStorage(Storage disk, boolean readsAtOnce) {
		this.disk = disk;
		this.readsAtOnce = readsAtOnce;
	}

	@Override
	public boolean readsAtOnce() {
		return this.readsAtOnce;
	}

	/**
	 * Makes one later call fail.
	 * @param calls how many calls succeed before that
	 * @param done whether a write that fails has been done nevertheless
	 */
	public void failAfter(long calls, boolean done) {
		this.callsUntilFailure = calls;
		this.failsAfterwards = done;
	}

	/**
	 * Ends all that is wrong with it: forgets a failure that was ordered and has not
	 * happened, is within reach, and has room.
	 */
	public void repair() {
		this.callsUntilFailure = -1;
		this.away = false;
		this.full = false;
	}

	/**
	 * Makes it out of reach for reads, or reachable again, as when a pool of connections
	 * is empty. What is in memory always is.
	 */
	public void away(boolean away) {
		this.away = away && !this.readsAtOnce;
	}

	/** Reads for a peer, which asks again for what can't be read just now. */
	Optional<Envelope> read(PieceReading reading) {
		return this.away ? Optional.empty() : reading.read(this);
	}

	/**
	 * Returns why a node stops. What it could read later is no reason but at its start.
	 */
	String reasonToStop(StorageException failure, boolean up) {
		if (up && failure instanceof StorageUnavailableException) {
			throw new InvariantViolation("a storage that can't be read stops nobody who is up", failure.getMessage(),
					failure);
		}
		return failure.getMessage();
	}

	/** Leaves no room for entries of this node's own leadership, or some again. */
	public void fill(boolean full) {
		this.full = full;
	}

	@Override
	public boolean hasRoom() {
		return !this.full && this.disk.hasRoom();
	}

	private boolean failsNow() {
		return this.callsUntilFailure >= 0 && this.callsUntilFailure-- == 0;
	}

	private void call() {
		if (failsNow()) {
			throw new StorageException("The simulated disk fails", null);
		}
	}

	private void read() {
		call();
		if (this.away) {
			throw new StorageUnavailableException("The simulated disk is away", null);
		}
	}

	@Override
	public StoredState load() {
		call();
		return this.disk.load();
	}

	@Override
	public void write(List<StorageOp> ops) {
		boolean fails = failsNow();
		if (!fails || this.failsAfterwards) {
			store(ops);
		}
		if (fails) {
			throw new StorageException("The simulated disk fails", null);
		}
	}

	/**
	 * Stores what a node writes, without counting as a call. A write that makes no sense
	 * is the node's fault: taken for a disk that fails, it would only stop the node.
	 */
	void store(List<StorageOp> ops) {
		try {
			this.disk.write(ops);
		}
		catch (StorageException ex) {
			throw new InvariantViolation("what is written fits what is stored",
					"%s, in %s".formatted(ex.getMessage(), ops), ex);
		}
	}

	/** Returns whether a write that fails now is done nevertheless. */
	boolean failsAfterwards() {
		return this.failsAfterwards;
	}

	/** Returns how often entries were read that the node did not have in memory. */
	public long entryReads() {
		return this.entryReads;
	}

	@Override
	public List<Entry> entries(long from, long to, long maxBytes) {
		this.entryReads++;
		read();
		return this.disk.entries(from, to, maxBytes);
	}

	@Override
	public Payload snapshot(SnapshotId id, long offset, int maxBytes) {
		read();
		return this.disk.snapshot(id, offset, maxBytes);
	}

	/**
	 * Returns what is stored, without counting as a call. To be asked only while the node
	 * is down: a snapshot that is being received may be forgotten.
	 */
	public StoredState stored() {
		return this.disk.load();
	}

	/** Returns the storage that keeps what is written. */
	Storage disk() {
		return this.disk;
	}

	/** Does nothing: a node that is down leaves its disk behind. */
	@Override
	public void close() {
	}

}
