package io.omnipaxos.test.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import io.omnipaxos.core.model.NodeId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What happens on one link tells nothing of the others. */
class RandomChanceTests {

	private static final int MESSAGES = 1_000;

	private static final int MOST_LAG = 50;

	private static final LinkFaults FAULTS = new LinkFaults(0.2, 0.1, 0.3, 20, false);

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 2, 7, -1, 1L << 40 })
	void noLinkRepeatsWhatAnotherDoes(long seed) {
		List<List<Fate>> links = new ArrayList<>();
		for (long neighbour = seed; neighbour <= seed + 1; neighbour++) {
			RandomChance chance = new RandomChance(neighbour);
			for (long from = 1; from <= 3; from++) {
				for (long to = 1; to <= 3; to++) {
					links.add(fates(chance, new NodeId(from), new NodeId(to)));
				}
			}
		}

		for (List<Fate> link : links) {
			assertThat(links).filteredOn((other) -> other != link && mostInCommon(link, other) > MESSAGES / 2)
				.isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2 })
	void aLinkDoesTheSameWhateverTheOthersDo(long seed) {
		RandomChance busy = new RandomChance(seed);
		fates(busy, new NodeId(2), new NodeId(1));

		assertThat(fates(busy, new NodeId(1), new NodeId(2)))
			.isEqualTo(fates(new RandomChance(seed), new NodeId(1), new NodeId(2)));
	}

	private static List<Fate> fates(RandomChance chance, NodeId from, NodeId to) {
		return LongStream.range(0, MESSAGES).mapToObj((number) -> chance.message(from, to, number, FAULTS)).toList();
	}

	/** Returns how many messages have the same fate on both, at the worst lag. */
	private static int mostInCommon(List<Fate> one, List<Fate> other) {
		int most = 0;
		for (int lag = -MOST_LAG; lag <= MOST_LAG; lag++) {
			int same = 0;
			for (int i = Math.max(0, -lag); i < MESSAGES - Math.max(0, lag); i++) {
				same += one.get(i).equals(other.get(i + lag)) ? 1 : 0;
			}
			most = Math.max(most, same);
		}
		return most;
	}

}
