package io.omnipaxos.test.simulation;

import java.nio.charset.StandardCharsets;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.ProposalId;
import org.jspecify.annotations.Nullable;

/**
 * An append, or a stop-sign, and what its node has said of it so far.
 */
public final class SimulatedAppend {

	private final NodeId node;

	private final String text;

	private @Nullable ProposalId id;

	private @Nullable RuntimeException refusal;

	private Outcome outcome = Outcome.PENDING;

	private long index = -1;

	SimulatedAppend(NodeId node, String text) {
		this.node = node;
		this.text = text;
	}

	/** Returns the node that was asked. */
	public NodeId node() {
		return this.node;
	}

	/** Returns what was appended. */
	public String text() {
		return this.text;
	}

	int size() {
		return this.text.getBytes(StandardCharsets.UTF_8).length;
	}

	/** Returns whose proposal it became, or {@code null} when it did not become one. */
	public @Nullable ProposalId id() {
		return this.id;
	}

	/**
	 * Returns what the node said when it was asked, if it refused: that it holds too
	 * much, that the log has ended, or that the entry is too long.
	 */
	public @Nullable RuntimeException refusal() {
		return this.refusal;
	}

	/** Returns what became of it. */
	public Outcome outcome() {
		return this.outcome;
	}

	/** Returns where it stands in the log, or -1 when that is not known. */
	public long index() {
		return this.index;
	}

	void proposedAs(ProposalId proposal) {
		this.id = proposal;
	}

	void refused(RuntimeException why) {
		this.refusal = why;
		settle(Outcome.REFUSED, -1);
	}

	void settle(Outcome how, long where) {
		if (this.outcome != Outcome.PENDING) {
			throw new InvariantViolation("an append is settled once",
					"%s was %s and is now %s".formatted(this, this.outcome, how), null);
		}
		this.outcome = how;
		this.index = where;
	}

	@Override
	public String toString() {
		return "[%s] of %s (%s)".formatted(this.text, this.node, this.id);
	}

	/** What can become of an append. */
	public enum Outcome {

		/** Nothing yet. */
		PENDING,

		/** Decided. */
		DECIDED,

		/** Certainly not decided, now or ever. */
		REFUSED,

		/** Nobody can tell: its node is no longer there to say so. */
		UNKNOWN

	}

}
