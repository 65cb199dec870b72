package io.omnipaxos.test.simulation;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.StorageOp;

/**
 * What one node's disk holds, followed write by write. Of the entries only those are kept
 * that are not durably decided; the others are in the {@link ChosenLog}.
 */
final class DiskLedger {

	private final NodeId pid;

	private final ClusterConfig cluster;

	private final ChosenLog chosen;

	private final StagedSnapshot staged = new StagedSnapshot();

	private final LogTail rest = new LogTail();

	private long session;

	private Ballot promise = Ballot.NONE;

	private Ballot acceptedRound = Ballot.NONE;

	private long decided;

	private long compacted;

	DiskLedger(NodeId pid, ClusterConfig cluster, ChosenLog chosen) {
		this.pid = pid;
		this.cluster = cluster;
		this.chosen = chosen;
	}

	NodeId pid() {
		return this.pid;
	}

	long session() {
		return this.session;
	}

	Ballot promise() {
		return this.promise;
	}

	Ballot acceptedRound() {
		return this.acceptedRound;
	}

	boolean isInStep() {
		return this.acceptedRound.equals(this.promise);
	}

	long accepted() {
		return this.rest.end();
	}

	long decided() {
		return this.decided;
	}

	long compacted() {
		return this.compacted;
	}

	/** Returns the first index whose entry is looked at by {@link #at}. */
	long restFrom() {
		return this.rest.from();
	}

	/** Returns an entry at or above the durably decided index. */
	Entry at(long index) {
		return this.rest.at(index);
	}

	/** Returns the size of what is not durably decided, but for the last entry. */
	long undecidedBytesBeforeTheLast() {
		return this.rest.bytesBeforeTheLast();
	}

	void restart() {
		this.staged.forget();
	}

	void apply(StorageOp op) {
		if (op instanceof StorageOp.StartSession start) {
			must(start.session() > this.session, "sessions only rise", op);
			must(start.configuration().equals(this.cluster), "a session is begun in the cluster's configuration", op);
			this.session = start.session();
		}
		else if (op instanceof StorageOp.SetPromise set) {
			must(set.promise().compareTo(this.promise) >= 0, "a promise never goes back", op);
			this.promise = set.promise();
		}
		else if (op instanceof StorageOp.SetAcceptedRound set) {
			must(set.acceptedRound().compareTo(this.acceptedRound) >= 0, "an accepted round never goes back", op);
			this.acceptedRound = set.acceptedRound();
		}
		else if (op instanceof StorageOp.Append append) {
			append(append);
		}
		else if (op instanceof StorageOp.SetDecided set) {
			decide(set);
		}
		else {
			compact(op);
		}
	}

	private void append(StorageOp.Append append) {
		long end = append.from() + append.entries().size();
		must(append.from() <= accepted() && append.from() >= this.compacted, "a log has no gap", append);
		must(end >= this.decided, "what is decided is never cut", append);
		long index = append.from();
		for (Entry entry : append.entries()) {
			if (index < this.rest.from()) {
				this.chosen.mustHold(this.pid, index, entry);
			}
			index++;
		}
		this.rest.replace(append.from(), append.entries());
	}

	private void decide(StorageOp.SetDecided set) {
		must(set.index() >= this.decided, "a durable decided index never goes back", set);
		must(set.index() <= accepted(), "what is decided was accepted", set);
		for (long index = this.rest.from(); index < set.index(); index++) {
			this.chosen.mustHold(this.pid, index, at(index));
		}
		this.decided = set.index();
		this.rest.dropBelow(set.index());
		must(set.sessions().equals(this.chosen.sessionsAt(set.index())), "the session table fits the decided index",
				set);
	}

	private void compact(StorageOp op) {
		if (op instanceof StorageOp.StageSnapshot stage) {
			must(this.staged.add(stage), "pieces of a snapshot are staged in order", op);
		}
		else if (op instanceof StorageOp.InstallSnapshot install) {
			long index = install.id().index();
			must(install.id().equals(this.staged.id()), "a snapshot that is installed was staged", op);
			must(index <= this.chosen.length() && index >= this.compacted, "a snapshot is of what is decided", op);
			must(WholeContentFolder.entries(this.staged.content())
				.equals(this.chosen.texts(install.id().base(), index)), "a snapshot is the fold of exactly its entries",
					op);
			must(install.sessions().equals(this.chosen.sessionsAt(index)), "a snapshot's session table fits", op);
			compacted(index, op);
		}
		else if (op instanceof StorageOp.Trim trim) {
			must(trim.index() <= this.decided, "only what is decided is trimmed", op);
			must(trim.index() >= this.compacted, "a log is not trimmed twice", op);
			must(trim.sessions().equals(this.chosen.sessionsAt(trim.index())), "the session table of a trim fits", op);
			compacted(trim.index(), op);
		}
	}

	private void compacted(long index, StorageOp op) {
		must(!this.chosen.endsWithStopSignAt(index - 1), "a stop-sign is never compacted", op);
		this.compacted = index;
		this.rest.dropBelow(index);
	}

	/** Checks what must be true when a whole write is done. */
	void mustBeALog() {
		must(this.decided >= this.compacted, "only what is decided is compacted", "a write");
		must(this.acceptedRound.compareTo(this.promise) <= 0, "nothing is accepted above the promise", "a write");
	}

	void must(boolean holds, String rule, Object what) {
		if (!holds) {
			throw new InvariantViolation(rule, "%s wrote %s, with %s".formatted(this.pid, what, this), null);
		}
	}

	@Override
	public String toString() {
		return "promise %s, round %s, compacted %d, decided %d, accepted %d".formatted(this.promise, this.acceptedRound,
				this.compacted, this.decided, accepted());
	}

}
