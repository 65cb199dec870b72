package io.omnipaxos.test.linearizability;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.test.linearizability.LogModel.Action;
import io.omnipaxos.test.linearizability.LogModel.Append;
import io.omnipaxos.test.linearizability.LogModel.Read;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Histories of a log that are known to be good, and others that are known to be bad. */
class LogHistoryTests {

	@Test
	void nothingIsLinearizable() {
		assertThat(isLinearizable(List.of())).isTrue();
	}

	@Test
	void aReadSeesWhatWasAppendedBefore() {
		assertThat(isLinearizable(List.of(append(0, 1, "a"), read(2, 3, "a")))).isTrue();
	}

	@Test
	void aReadThatMissesACompletedAppendIsStale() {
		assertThat(isLinearizable(List.of(append(0, 1, "a"), read(2, 3)))).isFalse();
	}

	@Test
	void aReadDuringAnAppendMaySeeItOrNot() {
		assertThat(isLinearizable(List.of(append(0, 5, "a"), read(1, 2, "a")))).isTrue();
		assertThat(isLinearizable(List.of(append(0, 5, "a"), read(1, 2)))).isTrue();
	}

	@Test
	void whatOneReadHasSeenALaterOneMustSee() {
		assertThat(isLinearizable(List.of(append(0, 9, "a"), read(1, 2, "a"), read(3, 4)))).isFalse();
		assertThat(isLinearizable(List.of(append(0, 9, "a"), read(1, 2), read(3, 4, "a")))).isTrue();
	}

	@Test
	void twoReadersSeeTheSameOrder() {
		List<Operation<Action>> appends = List.of(append(0, 9, "a"), append(0, 9, "b"));

		assertThat(isLinearizable(and(appends, List.of(read(1, 2, "a"), read(3, 4, "a", "b"))))).isTrue();
		assertThat(isLinearizable(and(appends, List.of(read(1, 2, "a", "b"), read(3, 4, "b", "a"))))).isFalse();
		assertThat(isLinearizable(and(appends, List.of(read(1, 5, "a"), read(1, 5, "b"))))).isFalse();
	}

	@Test
	void appendsThatFollowEachOtherStandInThatOrder() {
		assertThat(isLinearizable(List.of(append(0, 1, "a"), append(2, 3, "b"), read(4, 5, "b", "a")))).isFalse();
	}

	@Test
	void anAppendWithoutAnswerMayBeDoneLateOrNever() {
		Operation<Action> lost = append(0, Operation.NEVER, "a");

		assertThat(isLinearizable(List.of(lost, read(1, 2)))).isTrue();
		assertThat(isLinearizable(List.of(lost, read(1, 2), read(3, 4, "a")))).isTrue();
		assertThat(isLinearizable(List.of(lost, read(1, 2, "a"), read(3, 4)))).isFalse();
	}

	@Test
	void nothingIsSeenThatWasNeverAppendedOrTwice() {
		assertThat(isLinearizable(List.of(read(1, 2, "a")))).isFalse();
		assertThat(isLinearizable(List.of(append(0, 1, "a"), read(2, 3, "a", "a")))).isFalse();
	}

	@Test
	void manyOperationsAtOnceAreCheckedInTime() {
		List<Operation<Action>> history = new ArrayList<>();
		List<String> order = new ArrayList<>();
		for (int i = 0; i < 60; i++) {
			history.add(append(i, i + 6, "v" + i));
			order.add("v" + i);
			history.add(read(i + 5, i + 7, order.toArray(String[]::new)));
		}

		assertThat(isLinearizable(history)).isTrue();
		assertThat(isLinearizable(and(history, List.of(read(1000, 1001, "v0"))))).isFalse();
	}

	private static boolean isLinearizable(List<Operation<Action>> history) {
		return LinearizabilityChecker.isLinearizable(history, LogModel::new);
	}

	private static Operation<Action> append(long invoked, long returned, String value) {
		return new Operation<>(invoked, returned, new Append(value));
	}

	private static Operation<Action> read(long invoked, long returned, String... values) {
		return new Operation<>(invoked, returned, new Read(List.of(values)));
	}

	private static List<Operation<Action>> and(List<Operation<Action>> history, List<Operation<Action>> more) {
		List<Operation<Action>> all = new ArrayList<>(history);
		all.addAll(more);
		return all;
	}

}
