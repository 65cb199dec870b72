package io.omnipaxos.core;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.message.PrepareMessage.FetchUndecided;
import io.omnipaxos.core.message.PrepareMessage.UndecidedPiece;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;

/**
 * A new leader's fetch of the log that it has to adopt. What is decided of it comes
 * first, piece by piece to the disk; the undecided rest is kept aside until it is whole.
 */
final class Adoption {

	private final Local local;

	private final Ballot ballot;

	private final NodeId source;

	private final LogPosition of;

	private final List<Entry> aside = new ArrayList<>();

	/**
	 * Where the entries kept aside begin, or -1 while the decided part is still missing.
	 */
	private long start = -1;

	private long bytes;

	private int silence;

	private long seenPieces;

	Adoption(Local local, Ballot ballot, NodeId source, LogPosition of) {
		this.local = local;
		this.ballot = ballot;
		this.source = source;
		this.of = of;
	}

	NodeId source() {
		return this.source;
	}

	LogPosition of() {
		return this.of;
	}

	/** Asks for the next piece, or has the decided part fetched first. */
	void proceed(Fetcher fetcher) {
		ReplicaLog log = this.local.log();
		if (log.decided() < this.of.decidedIndex()) {
			fetcher.fetchFrom(this.source, this.of.decidedIndex());
			return;
		}
		if (this.start < 0 || this.start > log.accepted()) {
			begin(log);
		}
		if (!isWhole()) {
			this.local.outbox().send(this.source, new FetchUndecided(this.ballot, this.of, next()));
		}
	}

	/**
	 * Whether the decided part is being fetched: the fetcher asks again by itself, and by
	 * then perhaps somebody else, who has it too.
	 */
	boolean waitsFor(Fetcher fetcher) {
		return fetcher.isFetching() && this.local.log().decided() < this.of.decidedIndex();
	}

	private void begin(ReplicaLog log) {
		boolean sameRound = log.acceptedRound().equals(this.of.acceptedRound());
		this.start = sameRound ? log.accepted() : log.decided();
		this.aside.clear();
		this.bytes = 0;
	}

	/** Takes a piece if it is the next one. */
	boolean take(NodeId from, UndecidedPiece piece) {
		boolean isNext = from.equals(this.source) && piece.of().equals(this.of) && this.start >= 0
				&& piece.from() == next() && !piece.entries().isEmpty();
		if (!isNext) {
			return false;
		}
		this.aside.addAll(piece.entries());
		this.bytes += Entry.sizeOf(piece.entries());
		this.silence = 0;
		return true;
	}

	boolean isWhole() {
		return this.start >= 0 && next() >= this.of.acceptedIndex();
	}

	/** Whether the source gave more than any leader would have let in. */
	boolean isExcessive() {
		return next() > this.of.acceptedIndex() || this.bytes > this.local.limits().maxMessageBytes();
	}

	/** Makes the source's log this node's, in what will be one write. */
	void adopt() {
		ReplicaLog log = this.local.log();
		long from = Math.max(this.start, log.decided());
		int decidedMeanwhile = (int) Math.min(from - this.start, this.aside.size());
		log.replaceFrom(from, this.aside.subList(decidedMeanwhile, this.aside.size()));
	}

	/**
	 * A resend timeout has passed; returns for how many in a row nothing came.
	 * @param pieces how many pieces of decided entries or snapshots were ever taken
	 */
	int silence(long pieces) {
		this.silence = (pieces > this.seenPieces) ? 0 : this.silence + 1;
		this.seenPieces = pieces;
		return this.silence;
	}

	private long next() {
		return this.start + this.aside.size();
	}

}
