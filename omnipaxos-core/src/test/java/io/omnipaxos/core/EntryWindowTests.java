package io.omnipaxos.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EntryWindowTests {

	private final EntryWindow window = new EntryWindow(10);

	@Test
	void growsBeyondItsFirstCapacityAndKeepsTheOrder() {
		addEntries(5000);

		assertThat(this.window.start()).isEqualTo(10);
		assertThat(this.window.end()).isEqualTo(5010);
		for (long number = 10; number < 5010; number++) {
			assertThat(this.window.get(number).id().seq()).isEqualTo(number);
		}
	}

	@Test
	void countsTheBytesOfWhatItHolds() {
		addEntries(4);
		assertThat(this.window.bytes()).isEqualTo(4 * entry(10).size());

		this.window.dropBefore(12);
		this.window.cutAt(13);

		assertThat(this.window.bytes()).isEqualTo(entry(10).size());
		assertThat(this.window.slice(12, 13, Long.MAX_VALUE)).containsExactly(entry(12));
	}

	@Test
	void aSliceHoldsOneEntryHoweverSmallTheLimit() {
		addEntries(3);

		assertThat(this.window.slice(10, 13, 1)).containsExactly(entry(10));
		assertThat(this.window.slice(10, 13, 2L * entry(10).size())).hasSize(2);
	}

	@Test
	void aSliceThatWasTakenBeforeIsNotTakenForWhatHasReplacedIt() {
		addEntries(3);
		List<Entry> before = this.window.slice(10, 13, Long.MAX_VALUE);
		assertThat(this.window.slice(10, 13, Long.MAX_VALUE)).isSameAs(before);

		this.window.cutAt(12);
		this.window.add(entry(99));

		assertThat(this.window.slice(10, 13, Long.MAX_VALUE)).containsExactly(entry(10), entry(11), entry(99));
	}

	@Test
	void aSliceEndsWhereTheRingGoesRound() {
		addEntries(14);
		this.window.dropBefore(20);
		for (long number = 24; number < 34; number++) {
			this.window.add(entry(number));
		}

		assertThat(this.window.slice(20, 34, Long.MAX_VALUE)).extracting((entry) -> entry.id().seq())
			.containsExactly(20L, 21L, 22L, 23L, 24L, 25L, 26L, 27L, 28L, 29L, 30L, 31L, 32L, 33L);
	}

	@RepeatedTest(10)
	void holdsWhatAListWouldHoldWhateverIsAddedAndDropped(RepetitionInfo repetition) {
		Random random = new Random(repetition.getCurrentRepetition());
		List<Entry> expected = new ArrayList<>();
		for (int step = 0; step < 300; step++) {
			switch (random.nextInt(4)) {
				case 0, 1 -> {
					for (int i = random.nextInt(900); i > 0; i--) {
						expected.add(entry(this.window.end()));
						this.window.add(entry(this.window.end()));
					}
				}
				case 2 -> {
					int dropped = random.nextInt(expected.size() + 1);
					expected.subList(0, dropped).clear();
					this.window.dropBefore(this.window.start() + dropped);
				}
				default -> {
					int kept = expected.size() - random.nextInt(Math.min(700, expected.size()) + 1);
					expected.subList(kept, expected.size()).clear();
					this.window.cutAt(this.window.start() + kept);
				}
			}
			assertThat(this.window.slice(this.window.start(), this.window.end(), Long.MAX_VALUE))
				.as("step %d of seed %d", step, repetition.getCurrentRepetition())
				.isEqualTo(expected);
		}
	}

	@Test
	void dropsUntilTheRestFitsButNotBeyondTheNumber() {
		addEntries(10);

		this.window.dropUntilFits(13, 100, 0);
		assertThat(this.window.start()).isEqualTo(13);

		this.window.dropUntilFits(20, 100, 3L * entry(10).size());
		assertThat(this.window.start()).isEqualTo(17);

		this.window.dropUntilFits(20, 2, Long.MAX_VALUE);
		assertThat(this.window.start()).isEqualTo(18);
	}

	@Test
	void goesOnElsewhereAfterARestart() {
		addEntries(40);

		this.window.restartAt(1000);
		this.window.add(entry(1000));

		assertThat(this.window.get(1000)).isEqualTo(entry(1000));
		assertThat(this.window.bytes()).isEqualTo(entry(1000).size());
	}

	@Test
	void refusesNumbersThatItDoesNotHold() {
		addEntries(2);
		List.of(9L, 12L)
			.forEach((number) -> assertThatIllegalStateException().isThrownBy(() -> this.window.get(number)));
	}

	private void addEntries(int count) {
		for (int i = 0; i < count; i++) {
			this.window.add(entry(this.window.end()));
		}
	}

	private static Entry entry(long number) {
		return new Entry.Command(new ProposalId(new NodeId(1), 1, number), Payload.ofText("entry"));
	}

}
