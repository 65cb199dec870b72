package io.omnipaxos.sample.kv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.omnipaxos.sample.kv.KvHistory.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Histories that are known to be linearizable, and such that are known not to be. */
class RegisterHistoryTests {

	private static final long NEVER = Long.MAX_VALUE;

	@Test
	void aReadSeesTheLastWrite() {
		assertThat(isLinearizable(write(1, 0, 1), read(1, 2, 3), write(2, 4, 5), read(2, 6, 7))).isTrue();
	}

	@Test
	void aStaleReadIsFound() {
		assertThat(isLinearizable(write(1, 0, 1), write(2, 2, 3), read(1, 4, 5))).isFalse();
	}

	@Test
	void aLostWriteIsFound() {
		assertThat(isLinearizable(write(1, 0, 1), read(null, 2, 3))).isFalse();
	}

	@Test
	void aReadDuringAWriteMaySeeEither() {
		assertThat(isLinearizable(write(1, 0, 1), write(2, 2, 9), read(1, 3, 4))).isTrue();
		assertThat(isLinearizable(write(1, 0, 1), write(2, 2, 9), read(2, 3, 4))).isTrue();
	}

	@Test
	void whatOneReadSawTheNextMayNotUnsee() {
		assertThat(isLinearizable(write(1, 0, 1), write(2, 2, 9), read(2, 3, 4), read(1, 5, 6))).isFalse();
	}

	@Test
	void aWriteThatWasNotAnsweredMayComeLaterOrNever() {
		assertThat(isLinearizable(write(1, 0, 1), write(2, 2, NEVER), read(1, 3, 4), read(1, 5, 6))).isTrue();
		assertThat(isLinearizable(write(1, 0, 1), write(2, 2, NEVER), read(1, 3, 4), read(2, 5, 6))).isTrue();
		assertThat(isLinearizable(write(1, 0, 1), write(2, 2, NEVER), read(2, 3, 4), read(1, 5, 6))).isFalse();
	}

	@Test
	void aValueThatNobodyWroteIsFound() {
		assertThat(isLinearizable(write(1, 0, 1), read(7, 2, 3))).isFalse();
	}

	/** A value comes back: no order of the writes explains both reads. */
	@Test
	void readersThatDisagreeOnTheOrderOfTwoWritesAreFound() {
		assertThat(isLinearizable(write(1, 0, 9), write(2, 0, 9), read(1, 10, 11), read(2, 12, 13))).isFalse();
		assertThat(isLinearizable(write(1, 0, 9), write(2, 0, 9), read(1, 5, 6), read(2, 12, 13))).isTrue();
	}

	/**
	 * A register is simulated; what it did is linearizable, and one wrong read is not.
	 */
	@RepeatedTest(10)
	void aLongHistoryOfARealRegisterIsLinearizableUntilOneReadIsChanged(RepetitionInfo repetition) {
		Random random = new Random(repetition.getCurrentRepetition());
		List<Operation> history = historyOfARegister(random, 200);
		assertThat(new RegisterHistory(history).isLinearizable()).isTrue();

		Operation last = history.get(history.size() - 1);
		history.add(read(-1, last.start() + 1_000, last.start() + 1_001));
		assertThat(new RegisterHistory(history).isLinearizable()).isFalse();
	}

	/**
	 * Each operation takes effect at its index times ten, and spans up to five others.
	 */
	private static List<Operation> historyOfARegister(Random random, int length) {
		List<Operation> history = new ArrayList<>();
		Object value = null;
		for (int index = 0; index < length; index++) {
			long effect = 10L * index;
			long start = effect - random.nextInt(50);
			long end = effect + random.nextInt(50);
			if (random.nextBoolean()) {
				value = index;
				history.add(write(index, start, (random.nextInt(20) == 0) ? NEVER : end));
			}
			else {
				history.add(read(value, start, end));
			}
		}
		return history;
	}

	private static boolean isLinearizable(Operation... operations) {
		return new RegisterHistory(Arrays.asList(operations)).isLinearizable();
	}

	private static Operation write(Object value, long start, long end) {
		return new Operation("key", true, value, start, end, -1);
	}

	private static Operation read(@Nullable Object value, long start, long end) {
		return new Operation("key", false, value, start, end, -1);
	}

}
