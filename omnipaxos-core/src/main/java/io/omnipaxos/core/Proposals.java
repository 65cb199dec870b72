package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.message.ProposalMessage.Expect;
import io.omnipaxos.core.message.ProposalMessage.Propose;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;

/**
 * This node's proposals until they are decided. They are numbered once and sent to
 * whoever leads, in order and again until they are seen in the decided log; the leader
 * lets each in only once.
 */
final class Proposals {

	private final Local local;

	private long session;

	/** Pending proposals by their sequence number. */
	private EntryWindow pending = new EntryWindow(1);

	/** Next one to send; everything pending below it is under way. */
	private long cursor = 1;

	private long bytesUnderWay;

	private long headAtLastResend;

	private boolean sealed;

	Proposals(Local local, long session) {
		this.local = local;
		this.session = session;
	}

	long session() {
		return this.session;
	}

	int count() {
		return (int) (this.pending.end() - this.pending.start());
	}

	long bytes() {
		return this.pending.bytes();
	}

	/** Numbers entries as consecutive proposals; all or none. */
	ProposalId propose(List<Payload> payloads) {
		int limit = this.local.limits().maxEntryBytes();
		long bytes = 0;
		for (Payload payload : payloads) {
			checkSize(payload, limit);
			bytes += payload.size() + Entry.OVERHEAD;
		}
		checkOpen(bytes, payloads.size());
		ProposalId first = nextId();
		for (int i = 0; i < payloads.size(); i++) {
			this.pending.add(new Entry.Command((i == 0) ? first : nextId(), payloads.get(i)));
		}
		return first;
	}

	ProposalId proposeStopSign(ClusterConfig next, Payload metadata) {
		checkSize(metadata, this.local.limits().maxEntryBytes());
		ProposalId id = nextId();
		Entry stopSign = new Entry.StopSign(id, next, metadata);
		checkOpen(stopSign.size(), 1);
		this.pending.add(stopSign);
		return id;
	}

	private ProposalId nextId() {
		return new ProposalId(this.local.self(), this.session, this.pending.end());
	}

	private static void checkSize(Payload payload, int limit) {
		if (payload.size() > limit) {
			throw new IllegalArgumentException(
					"The entry has %d bytes, and the limit is %d".formatted(payload.size(), limit));
		}
	}

	/** One entry may always wait; more only within the limit. */
	private void checkOpen(long bytes, int entries) {
		if (this.sealed) {
			throw new LogSealedException("The log was ended by a stop-sign; append to the next configuration");
		}
		long limit = this.local.limits().maxPendingBytes();
		boolean alone = this.pending.isEmpty() && entries == 1;
		if (!alone && this.pending.bytes() + bytes > limit) {
			throw new OverloadedException(
					"%d bytes wait to be decided already, and the limit is %d".formatted(this.pending.bytes(), limit));
		}
	}

	/** Hands what is not under way yet to whoever leads, as far as it may be. */
	void flush(RoleState role) {
		if (this.cursor == this.pending.end()) {
			return;
		}
		if (role instanceof Leading leading) {
			letIn(leading.intake());
		}
		else if (role instanceof Following following && following.role() == Role.FOLLOWING) {
			forward(following);
		}
	}

	private void letIn(EntryIntake intake) {
		while (this.cursor < this.pending.end() && intake.hasRoom()) {
			intake.take(this.pending.get(this.cursor));
			this.cursor++;
		}
	}

	private void forward(Following following) {
		Limits limits = this.local.limits();
		while (this.cursor < this.pending.end() && this.bytesUnderWay < limits.windowBytes()) {
			long room = Math.min(limits.maxPieceBytes(), limits.windowBytes() - this.bytesUnderWay);
			List<Entry> entries = this.pending.slice(this.cursor, this.pending.end(), room);
			this.local.outbox().send(following.leader(), new Propose(entries));
			this.bytesUnderWay += Entry.sizeOf(entries);
			this.cursor += entries.size();
		}
	}

	/** Everything under way is taken for lost. */
	void sendAgain() {
		this.cursor = this.pending.start();
		this.bytesUnderWay = 0;
	}

	/** A resend timeout is over; what has not moved since the last one is sent again. */
	void resend() {
		if (this.pending.start() == this.headAtLastResend) {
			sendAgain();
		}
		this.headAtLastResend = this.pending.start();
	}

	/** The leader tells what it would let in next. */
	void onExpect(Expect expect) {
		if (expect.session() > this.session) {
			renewSession(expect.session() + 1);
		}
		else if (expect.session() < this.session) {
			sendAgain();
		}
		else if (expect.seq() >= this.pending.start() && expect.seq() <= this.pending.end()) {
			goOnFrom(expect.seq());
		}
	}

	private void goOnFrom(long seq) {
		this.cursor = seq;
		this.bytesUnderWay = 0;
		for (long i = this.pending.start(); i < seq; i++) {
			this.bytesUnderWay += this.pending.get(i).size();
		}
	}

	/**
	 * This node's session counter has gone back: a later life of it is known. Nobody can
	 * tell what became of the proposals made since.
	 */
	private void renewSession(long next) {
		for (long seq = this.pending.start(); seq < this.pending.end(); seq++) {
			this.local.outbox().notify(new Notice.ProposalUnknown(this.pending.get(seq).id()));
		}
		this.session = next;
		this.local.log().startSession(next, this.local.cluster());
		this.pending = new EntryWindow(1);
		sendAgain();
	}

	/** An entry of the log is decided; if it is pending here, it no longer is. */
	void decided(ProposalId id) {
		if (id.pid().equals(this.local.self()) && id.session() == this.session) {
			settle(id.seq());
		}
	}

	/** A snapshot has taken the place of entries that end at these proposals. */
	void covered(SessionTable sessions) {
		ProposalId last = sessions.of(this.local.self());
		if (last != null) {
			decided(last);
		}
	}

	private void settle(long seq) {
		while (!this.pending.isEmpty() && this.pending.start() <= seq) {
			this.bytesUnderWay = Math.max(0, this.bytesUnderWay - this.pending.get(this.pending.start()).size());
			this.pending.dropBefore(this.pending.start() + 1);
		}
		this.cursor = Math.max(this.cursor, this.pending.start());
	}

	/** A stop-sign is decided: whatever is still pending never will be. */
	void sealed() {
		this.sealed = true;
		for (long seq = this.pending.start(); seq < this.pending.end(); seq++) {
			this.local.outbox().notify(new Notice.ProposalRefused(this.pending.get(seq).id()));
		}
		this.pending.dropBefore(this.pending.end());
		this.cursor = this.pending.start();
	}

}
