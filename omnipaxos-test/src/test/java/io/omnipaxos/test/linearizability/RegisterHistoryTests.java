package io.omnipaxos.test.linearizability;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.omnipaxos.test.linearizability.RegisterModel.Action;
import io.omnipaxos.test.linearizability.RegisterModel.Read;
import io.omnipaxos.test.linearizability.RegisterModel.Write;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Histories of a register that are known to be good, and others that are known to be bad.
 */
class RegisterHistoryTests {

	@Test
	void aReadSeesTheLastWrite() {
		assertThat(isLinearizable(List.of(write(1, 0, 1), read(1, 2, 3), write(2, 4, 5), read(2, 6, 7)))).isTrue();
	}

	@Test
	void aStaleReadIsFound() {
		assertThat(isLinearizable(List.of(write(1, 0, 1), write(2, 2, 3), read(1, 4, 5)))).isFalse();
	}

	@Test
	void aLostWriteIsFound() {
		assertThat(isLinearizable(List.of(write(1, 0, 1), read(null, 2, 3)))).isFalse();
	}

	@Test
	void aReadDuringAWriteMaySeeEither() {
		assertThat(isLinearizable(List.of(write(1, 0, 1), write(2, 2, 9), read(1, 3, 4)))).isTrue();
		assertThat(isLinearizable(List.of(write(1, 0, 1), write(2, 2, 9), read(2, 3, 4)))).isTrue();
	}

	@Test
	void whatOneReadSawTheNextMayNotUnsee() {
		assertThat(isLinearizable(List.of(write(1, 0, 1), write(2, 2, 9), read(2, 3, 4), read(1, 5, 6)))).isFalse();
	}

	@Test
	void aWriteThatWasNotAnsweredMayComeLaterOrNever() {
		assertThat(isLinearizable(List.of(write(1, 0, 1), write(2, 2, Operation.NEVER), read(1, 3, 4), read(1, 5, 6))))
			.isTrue();
		assertThat(isLinearizable(List.of(write(1, 0, 1), write(2, 2, Operation.NEVER), read(1, 3, 4), read(2, 5, 6))))
			.isTrue();
		assertThat(isLinearizable(List.of(write(1, 0, 1), write(2, 2, Operation.NEVER), read(2, 3, 4), read(1, 5, 6))))
			.isFalse();
	}

	@Test
	void aValueThatNobodyWroteIsFound() {
		assertThat(isLinearizable(List.of(write(1, 0, 1), read(7, 2, 3)))).isFalse();
	}

	/** A value comes back: no order of the writes explains both reads. */
	@Test
	void readersThatDisagreeOnTheOrderOfTwoWritesAreFound() {
		assertThat(isLinearizable(List.of(write(1, 0, 9), write(2, 0, 9), read(1, 10, 11), read(2, 12, 13)))).isFalse();
		assertThat(isLinearizable(List.of(write(1, 0, 9), write(2, 0, 9), read(1, 5, 6), read(2, 12, 13)))).isTrue();
	}

	/**
	 * A register is simulated; what it did is linearizable, and one wrong read is not.
	 */
	@RepeatedTest(10)
	void aLongHistoryOfARealRegisterIsLinearizableUntilOneReadIsChanged(RepetitionInfo repetition) {
		Random random = new Random(repetition.getCurrentRepetition());
		List<Operation<Action>> history = historyOfARegister(random, 200);
		assertThat(isLinearizable(history)).isTrue();

		Operation<Action> last = history.get(history.size() - 1);
		history.add(read(-1, last.invoked() + 1_000, last.invoked() + 1_001));
		assertThat(isLinearizable(history)).isFalse();
	}

	/** Without remembering what was tried, this takes longer than anybody waits. */
	@Test
	void manyWritesAtOnceAreCheckedInTime() {
		List<Operation<Action>> history = new ArrayList<>();
		for (int i = 0; i < 12; i++) {
			history.add(write(i, i, 20));
		}
		assertThat(isLinearizable(history)).isTrue();

		history.add(read(7, 21, 22));
		history.add(read(8, 23, 24));
		assertThat(isLinearizable(history)).isFalse();
	}

	/**
	 * Each operation takes effect at its index times ten, and spans up to five others.
	 */
	private static List<Operation<Action>> historyOfARegister(Random random, int length) {
		List<Operation<Action>> history = new ArrayList<>();
		Object value = null;
		for (int index = 0; index < length; index++) {
			long effect = 10L * index;
			long start = effect - random.nextInt(50);
			long end = effect + random.nextInt(50);
			if (random.nextBoolean()) {
				value = index;
				history.add(write(index, start, (random.nextInt(20) == 0) ? Operation.NEVER : end));
			}
			else {
				history.add(read(value, start, end));
			}
		}
		return history;
	}

	private static boolean isLinearizable(List<Operation<Action>> history) {
		return LinearizabilityChecker.isLinearizable(history, RegisterModel::new);
	}

	private static Operation<Action> write(Object value, long start, long end) {
		return new Operation<>(start, end, new Write(value));
	}

	private static Operation<Action> read(@Nullable Object value, long start, long end) {
		return new Operation<>(start, end, new Read(value));
	}

}
