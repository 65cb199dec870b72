package io.omnipaxos.core;

import java.util.ArrayDeque;

import io.omnipaxos.core.message.ReadMessage.BarrierAnswer;
import io.omnipaxos.core.message.ReadMessage.BarrierRequest;

/**
 * The barriers that this node's users wait for. Those asked for while a request is under
 * way share the next one.
 */
final class ReadBarriers {

	private final Local local;

	private final long session;

	private long lastAsked;

	private long answered;

	private boolean underWay;

	private boolean unreached;

	/** What waits for this node to decide more; later answers have higher indexes. */
	private final ArrayDeque<Answer> answers = new ArrayDeque<>();

	ReadBarriers(Local local, long session) {
		this.local = local;
		this.session = session;
	}

	long ask() {
		return ++this.lastAsked;
	}

	/** Sends what is not requested yet to whoever leads. */
	void flush(RoleState role) {
		boolean wanted = this.lastAsked > this.answered || this.unreached;
		if (this.underWay || !wanted) {
			return;
		}
		BarrierRequest request = new BarrierRequest(this.session, this.lastAsked);
		if (role instanceof Leading leading) {
			this.underWay = true;
			leading.readRounds().request(this.local.self(), request);
		}
		else if (role instanceof Following following && following.role() == Role.FOLLOWING) {
			this.underWay = true;
			this.local.outbox().send(following.leader(), request);
		}
	}

	/**
	 * What is unanswered is lost, and is asked for again. So is what was answered with an
	 * index that this node has not reached: a leader may have counted undecided entries
	 * that the next one did not adopt.
	 */
	void sendAgain() {
		this.underWay = false;
		this.unreached = !this.answers.isEmpty();
	}

	/** Takes an answer. It holds for earlier barriers too, if its index is lower. */
	void onAnswer(BarrierAnswer answer) {
		boolean credible = answer.session() == this.session && answer.id() >= this.answered
				&& answer.id() <= this.lastAsked;
		if (!credible) {
			return;
		}
		this.answered = answer.id();
		this.underWay = false;
		this.unreached = false;
		while (!this.answers.isEmpty() && this.answers.getLast().index() >= answer.index()) {
			this.answers.removeLast();
		}
		this.answers.add(new Answer(answer.id(), answer.index()));
	}

	/** Reports the barriers that lie within what this node has decided. */
	void deliver(long decided) {
		while (!this.answers.isEmpty() && this.answers.element().index() <= decided) {
			Answer reached = this.answers.remove();
			this.local.outbox().notify(new Notice.BarrierReached(reached.upTo(), reached.index()));
		}
	}

	/** Barriers up to an id see everything below an index. */
	private record Answer(long upTo, long index) {
	}

}
