package io.omnipaxos.test.linearizability;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

import io.omnipaxos.test.linearizability.LogModel.Action;

/**
 * A log that clients append to and read, each value appended once. A log only grows: the
 * longest answer of a history tells the order of all that anybody saw. So the length of
 * the log is its state, up to one more than that: there, no read can follow any more.
 */
public final class LogModel implements Model<Integer, Action> {

	private final List<String> longest;

	private final Set<String> seen;

	/** Creates the log of one history. */
	public LogModel(List<Operation<Action>> history) {
		this.longest = history.stream()
			.map(Operation::action)
			.filter(Read.class::isInstance)
			.map((action) -> ((Read) action).values())
			.max(Comparator.comparingInt(List::size))
			.orElse(List.of());
		this.seen = Set.copyOf(this.longest);
	}

	@Override
	public Integer initial() {
		return 0;
	}

	@Override
	public boolean allows(Integer length, Action action) {
		if (action instanceof Read read) {
			return length <= this.longest.size() && read.values().equals(this.longest.subList(0, length));
		}
		return length >= this.longest.size() || this.longest.get(length).equals(((Append) action).value());
	}

	@Override
	public Integer after(Integer length, Action action) {
		return (action instanceof Append) ? Math.min(length, this.longest.size()) + 1 : length;
	}

	@Override
	public boolean maybeSeen(Action action) {
		return action instanceof Append append && this.seen.contains(append.value());
	}

	/** What can be asked of a log. */
	public sealed interface Action {

	}

	/** Appends a value, which nobody else ever appends. */
	public record Append(String value) implements Action {
	}

	/** Reads the whole log. */
	public record Read(List<String> values) implements Action {

		public Read {
			values = List.copyOf(values);
		}

	}

}
