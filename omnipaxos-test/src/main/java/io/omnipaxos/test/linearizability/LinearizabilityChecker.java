package io.omnipaxos.test.linearizability;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.omnipaxos.test.linearizability.Operation.Kind;

/**
 * Tells whether a history is linearizable: whether each operation can be given one moment
 * between its invocation and its return, so that all of them, done at these moments,
 * answer as they did.
 * <p>
 * The algorithm of Wing and Gong, with Lowe's addition: sets of operations done, together
 * with the state that they led to, are remembered, and none is tried twice.
 */
public final class LinearizabilityChecker {

	private final List<Operation> operations;

	private final BitSet done = new BitSet();

	private final List<String> log = new ArrayList<>();

	private final Set<Configuration> seen = new HashSet<>();

	private final Deque<Step> steps = new ArrayDeque<>();

	private LinearizabilityChecker(List<Operation> history) {
		this.operations = history.stream()
			.filter((operation) -> operation.isComplete() || operation.kind() instanceof Kind.Append)
			.sorted(Comparator.comparingLong(Operation::invoked))
			.toList();
	}

	/** Returns whether {@code history} is linearizable, for a log that begins empty. */
	public static boolean isLinearizable(List<Operation> history) {
		return new LinearizabilityChecker(history).search();
	}

	private boolean search() {
		int candidate = 0;
		while (!isEverythingAnswered()) {
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

	private boolean isEverythingAnswered() {
		for (int i = this.done.nextClearBit(0); i < this.operations.size(); i = this.done.nextClearBit(i + 1)) {
			if (this.operations.get(i).isComplete()) {
				return false;
			}
		}
		return true;
	}

	/** Returns the next operation that could come first of all that are left, or -1. */
	private int nextPossible(int from) {
		long earliestReturn = earliestReturn();
		for (int i = this.done.nextClearBit(from); i < this.operations.size(); i = this.done.nextClearBit(i + 1)) {
			Operation operation = this.operations.get(i);
			if (operation.invoked() > earliestReturn) {
				return -1;
			}
			if (answersAsItDid(operation) && isNew(i, operation)) {
				return i;
			}
		}
		return -1;
	}

	private long earliestReturn() {
		long earliest = Long.MAX_VALUE;
		for (int i = this.done.nextClearBit(0); i < this.operations.size(); i = this.done.nextClearBit(i + 1)) {
			Operation operation = this.operations.get(i);
			if (operation.invoked() > earliest) {
				break;
			}
			earliest = Math.min(earliest, operation.returned());
		}
		return earliest;
	}

	/** A log only grows: what is appended now, every read still to come must show. */
	private boolean answersAsItDid(Operation operation) {
		if (operation.kind() instanceof Kind.Read read) {
			return read.values().equals(this.log);
		}
		String value = ((Kind.Append) operation.kind()).value();
		boolean wanted = operation.isComplete();
		for (int i = this.done.nextClearBit(0); i < this.operations.size(); i = this.done.nextClearBit(i + 1)) {
			if (this.operations.get(i).kind() instanceof Kind.Read read) {
				wanted = true;
				if (read.values().size() <= this.log.size() || !read.values().get(this.log.size()).equals(value)) {
					return false;
				}
			}
		}
		return wanted;
	}

	private boolean isNew(int index, Operation operation) {
		BitSet after = (BitSet) this.done.clone();
		after.set(index);
		List<String> state = new ArrayList<>(this.log);
		if (operation.kind() instanceof Kind.Append append) {
			state.add(append.value());
		}
		return this.seen.add(new Configuration(after, state));
	}

	private void doIt(int index) {
		this.done.set(index);
		boolean appends = this.operations.get(index).kind() instanceof Kind.Append;
		if (this.operations.get(index).kind() instanceof Kind.Append append) {
			this.log.add(append.value());
		}
		this.steps.push(new Step(index, appends));
	}

	private int undo() {
		Step last = this.steps.pop();
		this.done.clear(last.index());
		if (last.appended()) {
			this.log.remove(this.log.size() - 1);
		}
		return last.index();
	}

	private record Step(int index, boolean appended) {
	}

	private record Configuration(BitSet done, List<String> log) {
	}

}
