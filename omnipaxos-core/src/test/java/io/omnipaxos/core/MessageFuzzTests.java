package io.omnipaxos.core;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.AcceptMessage.Accepted;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * A peer that talks nonsense is ignored, believed or fought over the lead, but it neither
 * stops a replica nor makes it grow. Nonsense comes in every role, between ticks and
 * requests of the replica's own users; the seed of a failure is in its message, and with
 * {@code -Domnipaxos.fuzz.seed} replays it. With {@code -Domnipaxos.fuzz.minutes} it goes
 * on with fresh seeds for that long.
 */
class MessageFuzzTests {

	private static final int ROUNDS = 500;

	private static final int STEPS = 60;

	/** Enough for what grows a little with every message to be seen. */
	private static final int MANY_STEPS = 3_000;

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	/** Small, so that what exceeds them does so soon. */
	private static final Limits LIMITS = new Limits(30, 1_000, 1_000, 300, 600, 500);

	/** More than was ever seen with these limits, in runs of any length. */
	private static final Retained MOST_RETAINED = new Retained(200, 1_000);

	private final Map<Role, Integer> reached = new EnumMap<>(Role.class);

	private int refused;

	private int taken;

	@Test
	void nonsenseNeitherStopsAReplicaNorMakesItGrow() {
		Long only = Long.getLong("omnipaxos.fuzz.seed");
		if (only != null) {
			run(only);
			return;
		}
		long begun = System.nanoTime();
		long length = TimeUnit.MINUTES.toNanos(Long.getLong("omnipaxos.fuzz.minutes", 0));
		long fresh = System.currentTimeMillis();
		for (int round = 0; round < ROUNDS || System.nanoTime() - begun < length; round++) {
			run((round < ROUNDS) ? round : fresh + round);
		}

		assertThat(this.reached).as("roles in which it came").containsOnlyKeys(Role.values());
		assertThat(this.refused).as("messages that were refused").isGreaterThan(ROUNDS);
		assertThat(this.taken).as("messages that were taken").isGreaterThan(ROUNDS);
	}

	private void run(long seed) {
		try {
			SplittableRandom random = new SplittableRandom(seed);
			SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3),
					SingleReplica.settings().withLimits(LIMITS).withBatchSize(1 + random.nextInt(2)),
					random.nextBoolean() ? new LogReaderTests.JoiningFolder() : null);
			AbsurdMessages nonsense = new AbsurdMessages(random, node.replica());
			begin(node, random);
			int steps = (seed % 100 == 99) ? MANY_STEPS : STEPS;
			for (int step = 1; step <= steps; step++) {
				nonsense.hear(node.sent);
				checkBounds(node);
				step(node, nonsense, random);
				this.reached.merge(node.replica().status().role(), 1, Integer::sum);
				if (step % STEPS == 0) {
					checkRetained(node);
				}
			}
		}
		catch (RuntimeException | Error ex) {
			fail("Again with -Domnipaxos.fuzz.seed=" + seed, ex);
		}
	}

	/** Half of the runs begin in the middle of something. */
	private static void begin(SingleReplica node, SplittableRandom random) {
		Ballot foreign = new Ballot(1, 3, 0, new NodeId(3));
		switch (random.nextInt(6)) {
			case 0 -> {
				node.hear(3, new Prepare(foreign, EMPTY));
				node.hear(3, new AcceptSync(foreign, EMPTY, 0, Entries.entries(1, 2, 3), 1));
			}
			case 1 -> {
				node.replica().tryBecomeLeader();
				node.settle();
				node.hear(3, new Promise(node.replica().status().promise(),
						new LogPosition(new Ballot(1, 1, 0, new NodeId(2)), 4, 2)));
			}
			case 2 -> lead(node);
			default -> node.settle();
		}
	}

	private static void lead(SingleReplica node) {
		node.replica().tryBecomeLeader();
		node.settle();
		Ballot own = node.replica().status().promise();
		node.hear(3, new Promise(own, EMPTY));
		node.hear(2, new Promise(own, EMPTY));
		for (int i = 1; i < 5; i++) {
			node.replica().append(Payload.ofText("own"));
			node.settle();
		}
		node.hear(3, new Accepted(own, 2, 0, false));
		node.hear(2, new Accepted(own, 4, 0, false));
	}

	private void step(SingleReplica node, AbsurdMessages nonsense, SplittableRandom random) {
		switch (random.nextInt(12)) {
			case 0 -> node.tick(1 + random.nextInt(12));
			case 1 -> ask(node, random);
			default -> hear(node, nonsense);
		}
	}

	/** What the node's own users want meanwhile may be refused, as it is documented. */
	private static void ask(SingleReplica node, SplittableRandom random) {
		OmniPaxos replica = node.replica();
		try {
			switch (random.nextInt(6)) {
				case 0, 1 -> replica.append(Payload.ofText("own"));
				case 2 -> replica.tryBecomeLeader();
				case 3 -> replica.readBarrier();
				case 4 -> replica.trim(null);
				default -> replica.snapshot(null, random.nextBoolean());
			}
		}
		catch (AppendRefusedException | CompactionException ex) {
			// As documented.
		}
		node.settle();
	}

	private void hear(SingleReplica node, AbsurdMessages nonsense) {
		Envelope envelope = nonsense.next();
		if (envelope == null) {
			this.refused++;
			return;
		}
		node.replica().onMessage(envelope);
		node.settle();
		boolean refusal = !node.noticed(Notice.MessageRefused.class).isEmpty();
		this.refused += refusal ? 1 : 0;
		this.taken += refusal ? 0 : 1;
	}

	/** What one input leads to, and what is kept after it. */
	private static void checkBounds(SingleReplica node) {
		LogIndexes now = node.replica().indexes();
		long undecided = 0;
		for (Entry entry : node.storage.entries(now.decided(), now.accepted(), Long.MAX_VALUE)) {
			undecided += entry.size();
		}
		if (node.sent.size() > 100 || node.notices.size() > 100 || undecided > 10 * LIMITS.maxMessageBytes()) {
			fail("%d messages, %d notices, %d bytes undecided", node.sent.size(), node.notices.size(), undecided);
		}
		node.sent.clear();
		node.notices.clear();
		node.writes.clear();
	}

	private static void checkRetained(SingleReplica node) {
		Retained retained = Retained.by(node.replica());
		if (retained.elements() > MOST_RETAINED.elements() || retained.bytes() > MOST_RETAINED.bytes()) {
			fail("It keeps %s", retained);
		}
	}

}
