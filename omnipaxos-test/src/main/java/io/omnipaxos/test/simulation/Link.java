package io.omnipaxos.test.simulation;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.message.Message;

/** One direction between two nodes. */
final class Link {

	private final List<Class<? extends Message>> losesNext = new ArrayList<>();

	private LinkFaults faults = LinkFaults.NONE;

	private boolean cut;

	private long sent;

	private long lastArrival;

	boolean isCut() {
		return this.cut;
	}

	void cut(boolean now) {
		this.cut = now;
	}

	LinkFaults faults() {
		return this.faults;
	}

	void faults(LinkFaults now) {
		this.faults = now;
	}

	/** Loses the next message of a kind. */
	void loseNext(Class<? extends Message> kind) {
		this.losesNext.add(kind);
	}

	boolean loses(Message message) {
		return !this.losesNext.isEmpty() && this.losesNext.remove(message.getClass());
	}

	/** Returns how many messages were sent before this one. */
	long count() {
		return this.sent++;
	}

	/** Returns when a message arrives that could arrive at {@code earliest}. */
	long arrival(long earliest) {
		if (!this.faults.inOrder()) {
			return earliest;
		}
		this.lastArrival = Math.max(this.lastArrival, earliest);
		return this.lastArrival;
	}

}
