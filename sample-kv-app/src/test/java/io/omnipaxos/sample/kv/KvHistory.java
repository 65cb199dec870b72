package io.omnipaxos.sample.kv;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.omnipaxos.test.linearizability.LinearizabilityChecker;
import io.omnipaxos.test.linearizability.Operation;
import io.omnipaxos.test.linearizability.RegisterModel;
import io.omnipaxos.test.linearizability.RegisterModel.Action;
import io.omnipaxos.test.linearizability.RegisterModel.Read;
import io.omnipaxos.test.linearizability.RegisterModel.Write;
import org.jspecify.annotations.Nullable;

/** What clients did and saw, with times of one clock. */
class KvHistory {

	private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

	void add(Call call) {
		this.calls.add(call);
	}

	List<Call> calls() {
		return List.copyOf(this.calls);
	}

	/** Returns the writes. */
	List<Call> writes() {
		return this.calls.stream().filter(Call::write).toList();
	}

	/** Returns how many writes were answered. */
	long answeredWrites() {
		return this.calls.stream().filter((call) -> call.write() && call.answered()).count();
	}

	/** Returns the longest time between two answers to writes. */
	Duration longestGap() {
		return longestGap(Long.MIN_VALUE, Long.MAX_VALUE);
	}

	/**
	 * Returns the longest time between two answers to writes of which the later came
	 * within a span of time, in nanoseconds as the system counts them.
	 */
	Duration longestGap(long from, long to) {
		long[] ends = this.calls.stream()
			.filter((call) -> call.write() && call.answered())
			.mapToLong((call) -> call.operation().returned())
			.sorted()
			.toArray();
		return Duration.ofNanos(IntStream.range(1, ends.length)
			.filter((i) -> ends[i] >= from && ends[i] <= to)
			.mapToLong((i) -> ends[i] - ends[i - 1])
			.max()
			.orElse(0));
	}

	/**
	 * Returns the keys at which clients saw what no store on one machine could have shown
	 * them. Each key is a register of its own.
	 */
	List<String> keysNotLinearizable() {
		Map<String, List<Operation<Action>>> byKey = this.calls.stream()
			.collect(Collectors.groupingBy(Call::key, Collectors.mapping(Call::operation, Collectors.toList())));
		return byKey.keySet()
			.stream()
			.filter((key) -> !LinearizabilityChecker.isLinearizable(byKey.get(key), RegisterModel::new))
			.toList();
	}

	/**
	 * A write or a linearizable read of one key. Reads that were not answered are left
	 * out, and so are writes that were certainly not written.
	 *
	 * @param key key
	 * @param operation what was asked and answered, in nanoseconds
	 * @param index index that the write was answered with, or -1
	 */
	record Call(String key, Operation<Action> operation, long index) {

		static Call write(String key, long value, long start, long end, long index) {
			return new Call(key, new Operation<>(start, end, new Write(value)), index);
		}

		static Call read(String key, @Nullable Long value, long start, long end) {
			return new Call(key, new Operation<>(start, end, new Read(value)), -1);
		}

		boolean write() {
			return this.operation.action() instanceof Write;
		}

		boolean answered() {
			return this.operation.isComplete();
		}

		@Nullable Object value() {
			return (this.operation.action() instanceof Write write) ? write.value()
					: ((Read) this.operation.action()).value();
		}

	}

}
