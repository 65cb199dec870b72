package io.omnipaxos.core.message;

import io.omnipaxos.core.model.Ballot;

/**
 * Read barriers: which prefix of the log a linearizable read has to see.
 */
public sealed interface ReadMessage extends Message {

	/**
	 * Asks the leader for a barrier.
	 *
	 * @param session life of the sender, so that an answer to a former life is no answer
	 * @param id number of the barrier; an answer covers every lower one
	 */
	record BarrierRequest(long session, long id) implements ReadMessage {
	}

	/**
	 * Answers every barrier of the session up to {@code id}.
	 *
	 * @param session session of the request
	 * @param id number of the highest barrier that is answered
	 * @param index every append that completed before the barrier was asked for lies
	 * below
	 */
	record BarrierAnswer(long session, long id, long index) implements ReadMessage {

		public BarrierAnswer {
			Checks.index(index);
		}

	}

	/** Asks whether the receiver still obeys {@code ballot}; {@code round} counts. */
	record ReadProbe(Ballot ballot, long round) implements ReadMessage {
	}

	/** Confirms that the sender still obeyed {@code ballot} when it was asked. */
	record ReadAck(Ballot ballot, long round) implements ReadMessage {
	}

}
