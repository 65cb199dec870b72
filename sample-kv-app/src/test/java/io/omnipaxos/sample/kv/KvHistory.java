package io.omnipaxos.sample.kv;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

/** What clients did and saw, with times of one clock. */
class KvHistory {

	private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();

	void add(Operation operation) {
		this.operations.add(operation);
	}

	List<Operation> operations() {
		return List.copyOf(this.operations);
	}

	/** Returns the writes. */
	List<Operation> writes() {
		return this.operations.stream().filter(Operation::write).toList();
	}

	/**
	 * A write or a linearizable read of one key. Reads that were not answered are left
	 * out, and so are writes that were certainly not written.
	 *
	 * @param key key
	 * @param write whether it is a write
	 * @param value value written or read, {@code null} when there was none
	 * @param start nanoseconds when it was sent
	 * @param end nanoseconds when it was answered, or {@link Long#MAX_VALUE} when it was
	 * not
	 * @param index index that the write was answered with, or -1
	 */
	record Operation(String key, boolean write, @Nullable Object value, long start, long end, long index) {

		boolean answered() {
			return this.end != Long.MAX_VALUE;
		}

	}

}
