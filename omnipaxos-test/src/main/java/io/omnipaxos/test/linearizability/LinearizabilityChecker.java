package io.omnipaxos.test.linearizability;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Tells whether a history is linearizable: whether each operation can be given one moment
 * between its invocation and its return, so that all of them, done at these moments,
 * answer as they did. One that was not answered has its moment any time later, or never.
 * <p>
 * Source: Wing and Gong, "Testing and verifying concurrent objects" (1993), with Lowe's
 * addition (2017): sets of operations done, together with the state that they led to, are
 * remembered, and none is tried twice.
 *
 * @param <S> states of the object
 * @param <A> what can be asked of it
 */
public final class LinearizabilityChecker<S, A> {

	private final Model<S, A> model;

	private final List<Operation<A>> operations;

	/** Operations that have their moment, by their place in the list. */
	private final BitSet done = new BitSet();

	private final Set<Configuration<S>> tried = new HashSet<>();

	private final Deque<Step<S>> steps = new ArrayDeque<>();

	private S state;

	private long unanswered;

	private LinearizabilityChecker(Model<S, A> model, List<Operation<A>> history) {
		this.model = model;
		this.operations = history.stream()
			.filter((operation) -> operation.isComplete() || model.maybeSeen(operation.action()))
			.sorted(Comparator.comparingLong(Operation::invoked))
			.toList();
		this.state = model.initial();
		this.unanswered = history.stream().filter(Operation::isComplete).count();
	}

	/**
	 * Returns whether a history is linearizable.
	 * @param history operations in any order
	 * @param model makes the model for a history, {@code RegisterModel::new} for instance
	 */
	public static <S, A> boolean isLinearizable(List<Operation<A>> history,
			Function<List<Operation<A>>, ? extends Model<S, A>> model) {
		return new LinearizabilityChecker<>(model.apply(history), history).search();
	}

	private boolean search() {
		int candidate = 0;
		while (this.unanswered > 0) {
			int next = nextPossible(candidate);
			if (next >= 0) {
				doIt(next);
				candidate = 0;
			}
			else if (this.steps.isEmpty()) {
				return false;
			}
			else {
				candidate = undo() + 1;
			}
		}
		return true;
	}

	/**
	 * Returns the place of an operation, that or a later one, which could come first of
	 * all that are left, or -1.
	 */
	private int nextPossible(int from) {
		long earliestReturn = earliestReturn();
		for (int i = this.done.nextClearBit(from); i < this.operations.size(); i = this.done.nextClearBit(i + 1)) {
			Operation<A> operation = this.operations.get(i);
			if (operation.invoked() > earliestReturn) {
				return -1;
			}
			if (this.model.allows(this.state, operation.action()) && isNew(i, operation)) {
				return i;
			}
		}
		return -1;
	}

	private long earliestReturn() {
		long earliest = Operation.NEVER;
		for (int i = this.done.nextClearBit(0); i < this.operations.size(); i = this.done.nextClearBit(i + 1)) {
			Operation<A> operation = this.operations.get(i);
			if (operation.invoked() > earliest) {
				break;
			}
			earliest = Math.min(earliest, operation.returned());
		}
		return earliest;
	}

	private boolean isNew(int index, Operation<A> operation) {
		BitSet then = (BitSet) this.done.clone();
		then.set(index);
		return this.tried.add(new Configuration<>(then, this.model.after(this.state, operation.action())));
	}

	private void doIt(int index) {
		Operation<A> operation = this.operations.get(index);
		this.steps.push(new Step<>(index, this.state));
		this.state = this.model.after(this.state, operation.action());
		this.done.set(index);
		this.unanswered -= operation.isComplete() ? 1 : 0;
	}

	private int undo() {
		Step<S> last = this.steps.pop();
		this.state = last.stateBefore();
		this.done.clear(last.index());
		this.unanswered += this.operations.get(last.index()).isComplete() ? 1 : 0;
		return last.index();
	}

	/** An operation that was done, and the state before it. */
	private record Step<S>(int index, S stateBefore) {
	}

	/** What was done, and where that led: in which order does not matter. */
	private record Configuration<S>(BitSet done, S state) {
	}

}
