package io.omnipaxos.test.linearizability;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.ReadMessage.BarrierRequest;
import io.omnipaxos.core.message.ReadMessage.ReadAck;
import io.omnipaxos.core.message.ReadMessage.ReadProbe;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.simulation.Condition;
import io.omnipaxos.test.simulation.Fate;
import io.omnipaxos.test.simulation.LinkFaults;
import io.omnipaxos.test.simulation.Observer;
import io.omnipaxos.test.simulation.SimulatedBarrier;
import io.omnipaxos.test.simulation.SimulatedCluster;
import io.omnipaxos.test.simulation.SimulatedNode;
import io.omnipaxos.test.simulation.SimulationSettings;
import io.omnipaxos.test.simulation.Timespan;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ten thousand barriers a second, taking a unit of simulated time for a millisecond: each
 * takes part in a round of questions, and the rounds come one after the other.
 */
class BarrierLoadTests {

	private static final long SEED = 42;

	private static final int MILLISECONDS = 300;

	private static final int RESEND_TIMEOUT = 2 * SimulatedCluster.TICK;

	private static final int BARRIERS_A_MILLISECOND = 10;

	private static final Timespan WAIT = Timespan.electionRounds(50);

	private final CountedRounds rounds = new CountedRounds();

	private final SimulatedCluster cluster = SimulatedCluster
		.of(SimulationSettings.ofNodes(3, SEED).withServer((server) -> server.withElectionTickTimeout(10)), this.rounds)
		.ledBy(new NodeId(1));

	@Test
	void oneRoundAtATimeAnswersAllThatWereAskedForBeforeIt() {
		List<SimulatedBarrier> barriers = askAllTheTime();

		this.cluster.run(Timespan.units(10));
		assertThat(barriers).hasSize(MILLISECONDS * BARRIERS_A_MILLISECOND).allMatch(SimulatedBarrier::isReached);
		assertThat(this.rounds.mostAtATime).isOne();
		// There and back takes two milliseconds.
		assertThat(this.rounds.begun).isBetween(MILLISECONDS / 4, MILLISECONDS / 2 + 10);
		assertThat(this.rounds.requests).as("one of each follower for a round, and one more for each resend timeout")
			.isLessThanOrEqualTo(2 * (this.rounds.begun + 1 + MILLISECONDS / RESEND_TIMEOUT));
	}

	@Test
	void noRoundOvertakesAnotherWhenQuestionsAndAnswersAreLost() {
		this.cluster.links().faults(new LinkFaults(0.1, 0.05, 0.2, 25, false));

		List<SimulatedBarrier> barriers = askAllTheTime();

		this.cluster.links().faults(LinkFaults.NONE);
		for (SimulatedBarrier barrier : barriers) {
			this.cluster.runUntil(Condition.reached(barrier), WAIT);
		}
		assertThat(this.rounds.mostAtATime).isOne();
	}

	private List<SimulatedBarrier> askAllTheTime() {
		List<SimulatedBarrier> barriers = new ArrayList<>();
		for (int millisecond = 0; millisecond < MILLISECONDS; millisecond++) {
			for (int i = 0; i < BARRIERS_A_MILLISECOND; i++) {
				barriers.add(this.cluster.readBarrier(new NodeId(1 + i % 3)));
			}
			this.cluster.run(Timespan.units(1));
		}
		return barriers;
	}

	/** Counts the rounds of each ballot, from the first question to the last answer. */
	private static final class CountedRounds implements Observer {

		private final Map<Ballot, Set<Long>> underWay = new HashMap<>();

		private final Map<Ballot, Long> newest = new HashMap<>();

		private int begun;

		private int mostAtATime;

		private int requests;

		@Override
		public void sent(SimulatedNode node, Envelope envelope, Fate fate) {
			if (envelope.message() instanceof ReadProbe probe
					&& probe.round() > this.newest.getOrDefault(probe.ballot(), 0L)) {
				this.newest.put(probe.ballot(), probe.round());
				Set<Long> rounds = this.underWay.computeIfAbsent(probe.ballot(), (ballot) -> new HashSet<>());
				rounds.add(probe.round());
				this.begun++;
				this.mostAtATime = Math.max(this.mostAtATime, rounds.size());
			}
			else if (envelope.message() instanceof BarrierRequest) {
				this.requests++;
			}
		}

		/** One answer and the leader itself are a quorum of three. */
		@Override
		public void arrived(SimulatedNode node, Envelope envelope) {
			if (envelope.message() instanceof ReadAck ack) {
				this.underWay.getOrDefault(ack.ballot(), Set.of()).remove(ack.round());
			}
		}

	}

}
