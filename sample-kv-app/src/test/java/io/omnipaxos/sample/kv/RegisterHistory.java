package io.omnipaxos.sample.kv;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.omnipaxos.sample.kv.KvHistory.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether what clients saw of one key is linearizable: whether each operation can
 * be given a moment between its start and its end so that a single register would have
 * shown the same. A write that was not answered has its moment any time later, or never.
 * <p>
 * Source: Wing and Gong, "Testing and verifying concurrent objects" (1993), with Lowe's
 * memory of what was tried in vain (2017).
 */
final class RegisterHistory {

	private final List<Operation> operations;

	/** Operations that have their moment, by their place in the list. */
	private final BitSet placed = new BitSet();

	private final Set<Tried> tried = new HashSet<>();

	private final Deque<Step> steps = new ArrayDeque<>();

	private @Nullable Object value;

	RegisterHistory(List<Operation> operations) {
		Set<Object> read = operations.stream()
			.filter((operation) -> !operation.write() && operation.value() != null)
			.map(Operation::value)
			.collect(Collectors.toSet());
		// A write that was neither answered nor read may be taken for never made.
		this.operations = operations.stream()
			.filter((operation) -> operation.answered() || read.contains(operation.value()))
			.sorted(Comparator.comparingLong(Operation::start))
			.toList();
	}

	boolean isLinearizable() {
		int candidate = 0;
		while (!isComplete()) {
			int next = nextPossible(candidate);
			if (next >= 0) {
				place(next);
				candidate = 0;
			}
			else if (this.steps.isEmpty()) {
				return false;
			}
			else {
				candidate = takeBack() + 1;
			}
		}
		return true;
	}

	private boolean isComplete() {
		return unplaced().noneMatch((index) -> this.operations.get(index).answered());
	}

	/** Returns an operation that can come next, at a place or after it, or -1. */
	private int nextPossible(int from) {
		long firstEnd = unplaced().mapToLong((index) -> this.operations.get(index).end()).min().orElse(Long.MAX_VALUE);
		return unplaced().filter((index) -> index >= from)
			.takeWhile((index) -> this.operations.get(index).start() <= firstEnd)
			.filter(this::fits)
			.filter(this::isNew)
			.findFirst()
			.orElse(-1);
	}

	private boolean fits(int index) {
		Operation operation = this.operations.get(index);
		return operation.write() || Objects.equals(operation.value(), this.value);
	}

	private boolean isNew(int index) {
		BitSet then = (BitSet) this.placed.clone();
		then.set(index);
		return this.tried.add(new Tried(then, valueAfter(index)));
	}

	private @Nullable Object valueAfter(int index) {
		Operation operation = this.operations.get(index);
		return operation.write() ? operation.value() : this.value;
	}

	private void place(int index) {
		this.steps.push(new Step(index, this.value));
		this.value = valueAfter(index);
		this.placed.set(index);
	}

	private int takeBack() {
		Step last = this.steps.pop();
		this.placed.clear(last.operation());
		this.value = last.valueBefore();
		return last.operation();
	}

	private IntStream unplaced() {
		return IntStream.iterate(this.placed.nextClearBit(0), (index) -> index < this.operations.size(),
				(index) -> this.placed.nextClearBit(index + 1));
	}

	/** What was placed, and the value then: how it came about does not matter. */
	private record Tried(BitSet placed, @Nullable Object value) {
	}

	/** An operation that was placed, and the value before it. */
	private record Step(int operation, @Nullable Object valueBefore) {
	}

}
