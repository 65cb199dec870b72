package io.omnipaxos.autoconfigure.http;

import io.omnipaxos.autoconfigure.http.SendLane.Queued;
import io.omnipaxos.core.message.ElectionMessage;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.Message;
import io.omnipaxos.core.message.ReadMessage;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait to be written to one stream. Any thread may offer; one at a time
 * takes.
 * <p>
 * Heartbeats and read barriers are urgent, and go past all others: behind megabytes of
 * entries, on a network that is the limit, a heartbeat would be later than an election
 * timeout and cost a leader in order its place. They wait in a lane of their own, with
 * the same bounds, so that no entries take their room.
 * <p>
 * The protocol takes messages in any order, and these lose nothing by it. A heartbeat
 * answers for this moment, and leaves ahead of what waits for the disk anyway. The
 * decided index in it may be that of entries which it has passed; so may the one that
 * another node names, on another link. Only who decided nothing for a whole round fetches
 * on account of it, and takes what comes on the usual way all the same. A read barrier
 * covers appends that had completed before it was asked for, and whoever asked waits
 * until it has decided them itself; a confirmation is of the moment in which the probe
 * came. None of them tells what the next message builds on.
 * <p>
 * All others do, and keep their order: an accept ahead of the one before it is a gap, a
 * proposal that is not next is dropped, a promise behind the acceptance that followed it
 * looks like a lost storage. The protocol heals each, but by sending entries again.
 */
final class SendQueue {

	/** Urgent messages after which another one has its turn. */
	private static final int MAX_IN_A_ROW = 1024;

	private final SendLane urgent;

	private final SendLane usual;

	private int urgentInARow;

	/**
	 * Creates an empty queue.
	 * @param maxMessages messages that may wait, urgent ones and others each
	 * @param maxBytes size of the messages that may wait, likewise
	 */
	SendQueue(int maxMessages, long maxBytes) {
		this.urgent = new SendLane(maxMessages, maxBytes);
		this.usual = new SendLane(maxMessages, maxBytes);
	}

	/** Adds a message, unless it does not fit. */
	boolean offer(String log, Envelope envelope) {
		SendLane lane = isUrgent(envelope.message()) ? this.urgent : this.usual;
		return lane.offer(log, envelope);
	}

	/** Whether a message goes past others. */
	static boolean isUrgent(Message message) {
		return message instanceof ElectionMessage || message instanceof ReadMessage;
	}

	/** Takes the next message. */
	@Nullable Queued poll() {
		return take(next());
	}

	/** Takes the next message if it is of that log and not longer than that. */
	@Nullable Queued poll(String log, long maxSize) {
		SendLane lane = next();
		Queued first = lane.peek();
		if (first == null || !first.log().equals(log) || first.size() > maxSize) {
			return null;
		}
		take(lane);
		return first;
	}

	private SendLane next() {
		boolean othersAreDue = this.urgentInARow >= MAX_IN_A_ROW && !this.usual.isEmpty();
		return (othersAreDue || this.urgent.isEmpty()) ? this.usual : this.urgent;
	}

	private @Nullable Queued take(SendLane lane) {
		this.urgentInARow = (lane == this.urgent) ? this.urgentInARow + 1 : 0;
		return lane.poll();
	}

	boolean isEmpty() {
		return this.urgent.isEmpty() && this.usual.isEmpty();
	}

	/** Forgets everything, and returns how many messages that were. */
	int clear() {
		return this.urgent.clear() + this.usual.clear();
	}

}
