package io.omnipaxos.test.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

import io.omnipaxos.core.AppendRefusedException;
import io.omnipaxos.core.CompactionException;
import io.omnipaxos.core.Effects;
import io.omnipaxos.core.Notice;
import io.omnipaxos.core.OmniPaxos;
import io.omnipaxos.core.PieceReading;
import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageOp;
import org.jspecify.annotations.Nullable;

/**
 * One node of a simulated cluster: a core, its disk, and what waits for it while the disk
 * is busy. Owns its core as a real node does: inputs, drain, send, write, written.
 */
public final class SimulatedNode {

	private final ServerConfig server;

	private final SimulatedStorage storage;

	private final NodeSurroundings surroundings;

	private final Deque<Consumer<OmniPaxos>> inbox = new ArrayDeque<>();

	private final AppliedLog applied = new AppliedLog();

	private @Nullable OmniPaxos core;

	private @Nullable List<StorageOp> writing;

	private DiskFaults diskFaults = DiskFaults.NONE;

	private NodeState state = new NodeState();

	private long diskUses;

	SimulatedNode(ServerConfig server, SimulatedStorage storage, NodeSurroundings surroundings) {
		this.server = server;
		this.storage = storage;
		this.surroundings = surroundings;
	}

	/** Returns its id. */
	public NodeId pid() {
		return this.server.pid();
	}

	/** Returns its settings. */
	public ServerConfig server() {
		return this.server;
	}

	/** Returns its disk. */
	public SimulatedStorage storage() {
		return this.storage;
	}

	/** Returns whether it is up, even if it is paused or its disk is busy. */
	public boolean isUp() {
		return this.core != null;
	}

	/** Returns whether it is up and not paused. */
	public boolean isRunning() {
		return this.core != null && !this.state.paused;
	}

	/**
	 * Returns its core, to look at.
	 * @throws IllegalStateException if the node is down
	 */
	public OmniPaxos core() {
		if (this.core == null) {
			throw new IllegalStateException(pid() + " is down");
		}
		return this.core;
	}

	/** Returns what it has told its owner is decided, over all its lives. */
	public List<String> decided() {
		return this.applied.texts();
	}

	/** Returns whether nothing waits: its disk is idle, and it owes nobody an answer. */
	public boolean isQuiet() {
		return this.writing == null && this.inbox.isEmpty() && this.state.appends.isEmpty()
				&& this.state.barriers.isEmpty();
	}

	/** Returns everything it has told its owner in this life. */
	public List<Notice> notices() {
		return this.state.notices;
	}

	void diskFaults(DiskFaults faults) {
		this.diskFaults = faults;
	}

	void start() {
		if (this.core != null) {
			return;
		}
		this.state = new NodeState();
		guarded(() -> {
			this.applied.restart(this.storage);
			this.core = new OmniPaxos(this.surroundings.cluster(), this.server, this.storage,
					this.surroundings.folder(pid()));
			this.surroundings.observers().started(this);
			drainOnce();
		});
		work();
	}

	/**
	 * Stops the node as if its power had failed.
	 * @param writeSurvives whether a write that was under way is found done
	 */
	void crash(boolean writeSurvives) {
		if (this.core == null) {
			return;
		}
		if (this.writing != null && writeSurvives) {
			this.storage.store(this.writing);
			this.surroundings.observers().wrote(this, this.writing);
		}
		stop("crashed");
	}

	private void stop(String why) {
		this.core = null;
		this.writing = null;
		this.inbox.clear();
		this.state.abandon();
		this.surroundings.observers().stopped(this, why);
	}

	void pause() {
		this.state.paused = true;
	}

	void resume() {
		this.state.paused = false;
		work();
	}

	void tick() {
		if (this.core == null || this.state.tickWaits) {
			return;
		}
		this.state.tickWaits = true;
		give((replica) -> {
			this.state.tickWaits = false;
			replica.tick();
		});
	}

	void receive(Envelope envelope) {
		if (this.core != null) {
			give((replica) -> {
				this.surroundings.observers().arrived(this, envelope);
				replica.onMessage(envelope);
			});
		}
	}

	/** Hands over an input as soon as the node can take one; forgotten if it is down. */
	void give(Consumer<OmniPaxos> input) {
		if (this.core != null) {
			this.inbox.add(input);
			work();
		}
	}

	void propose(SimulatedAppend append, ProposalMaker maker) {
		give((replica) -> {
			try {
				ProposalId id = maker.propose(replica);
				append.proposedAs(id);
				this.state.appends.put(id, append);
				this.surroundings.observers().proposed(this, append);
			}
			catch (AppendRefusedException ex) {
				refused(append, ex);
			}
			catch (IllegalArgumentException ex) {
				if (append.size() <= this.server.limits().maxEntryBytes()) {
					throw ex;
				}
				refused(append, ex);
			}
		});
	}

	private void refused(SimulatedAppend append, RuntimeException why) {
		append.refused(why);
		this.surroundings.observers().refused(this, append);
	}

	void askBarrier(SimulatedBarrier barrier) {
		give((replica) -> {
			barrier.asked(replica.readBarrier(), -1);
			this.state.barriers.add(barrier);
			this.surroundings.observers().barrierAsked(this, barrier);
		});
	}

	private void work() {
		guarded(() -> {
			while (this.core != null && this.writing == null && !this.state.paused) {
				if (this.core.hasEffects()) {
					drainOnce();
				}
				else if (!this.inbox.isEmpty()) {
					takeInputs();
				}
				else {
					this.surroundings.observers().settled(this);
					return;
				}
			}
		});
	}

	private void takeInputs() {
		Consumer<OmniPaxos> input = this.inbox.poll();
		while (input != null) {
			try {
				input.accept(core());
			}
			catch (CompactionException ex) {
				this.state.compactionRefusals.add(ex);
			}
			input = this.inbox.poll();
		}
	}

	private void drainOnce() {
		OmniPaxos replica = core();
		Effects effects = replica.drain();
		this.surroundings.observers().drained(this, effects.messages());
		effects.messages().forEach(this::send);
		effects.readings().forEach(this::read);
		for (Notice notice : effects.notices()) {
			this.applied.take(notice, this.storage);
			this.state.noticed(this, notice, this.surroundings.agenda().now());
			this.surroundings.observers().noticed(this, notice);
		}
		if (effects.writes().isEmpty()) {
			replica.written();
			return;
		}
		this.writing = effects.writes();
		whenDiskIsDone(this::finishWrite);
	}

	private void send(Envelope envelope) {
		this.surroundings.observers().sent(this, envelope, this.surroundings.network().send(envelope));
	}

	/** The node goes on meanwhile, and what it writes next may be done before. */
	private void read(PieceReading reading) {
		whenDiskIsDone(() -> this.storage.read(reading).ifPresent(this::send));
	}

	private void whenDiskIsDone(Runnable step) {
		int delay = this.surroundings.chance().disk(pid(), this.diskUses++, this.diskFaults);
		if (delay == 0) {
			step.run();
			return;
		}
		NodeState life = this.state;
		this.surroundings.agenda().in(delay, () -> {
			if (this.state == life && this.core != null) {
				guarded(step);
				work();
			}
		});
	}

	private void finishWrite() {
		List<StorageOp> ops = this.writing;
		if (ops == null) {
			return;
		}
		try {
			this.storage.write(ops);
		}
		catch (StorageException ex) {
			if (this.storage.failsAfterwards()) {
				this.surroundings.observers().wrote(this, ops);
			}
			throw ex;
		}
		this.writing = null;
		this.surroundings.observers().wrote(this, ops);
		core().written();
	}

	/** A storage that fails stops its node; anything else that fails is a defect. */
	private void guarded(Runnable step) {
		try {
			step.run();
		}
		catch (StorageException ex) {
			stop("stopped: " + this.storage.reasonToStop(ex, isUp()));
		}
		catch (RuntimeException ex) {
			throw new InvariantViolation("the core throws nothing but refusals", pid() + " threw " + ex, ex);
		}
	}

	/** Makes a proposal. */
	interface ProposalMaker {

		ProposalId propose(OmniPaxos replica);

	}

}
