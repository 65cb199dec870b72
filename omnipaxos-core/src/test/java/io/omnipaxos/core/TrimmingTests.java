package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.CompactionException.Reason;
import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.Accepted;
import io.omnipaxos.core.message.CompactionMessage.TrimLog;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.core.Entries.entries;
import static io.omnipaxos.core.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Node 1 follows node 3, has decided four entries of six, and is told to trim. It reads
 * two entries at a time.
 */
class TrimmingTests {

	private static final Ballot FIRST = new Ballot(1, 5, 0, new NodeId(3));

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	private static final ServerConfig READS_TWO = SingleReplica.settings()
		.withLimits(new Limits(1000, 10_000, 10_000, 2 * entry(1).size(), 10_000, 0));

	private final SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3), READS_TWO, null);

	@BeforeEach
	void follow() {
		this.node.follow(FIRST, entries(1, 2, 3, 4, 5, 6), 4);
		this.node.sent.clear();
	}

	@Test
	void trimsWhenItsLeaderSaysSo() {
		this.node.hear(3, new TrimLog(FIRST, 4));
		this.node.tick(2);

		assertThat(this.node.replica().read(0)).hasValue(new LogEntry.Trimmed<>(4));
		assertThat(this.node.noticed(Notice.Compacted.class)).containsExactly(new Notice.Compacted(4, false));
		assertThat(this.node.sentTo(2, TrimLog.class)).isEmpty();
	}

	/** Or somebody who trims again before it is done would never hear of any. */
	@Test
	void tellsOfEachTrimAlsoWhenMoreIsToBeTrimmedByThen() {
		this.node.hear(3, new TrimLog(FIRST, 3));
		this.node.hear(3, new TrimLog(FIRST, 4));

		this.node.tick(1);
		assertThat(this.node.noticed(Notice.Compacted.class)).containsExactly(new Notice.Compacted(3, false));
		this.node.tick(2);
		assertThat(this.node.noticed(Notice.Compacted.class)).containsExactly(new Notice.Compacted(3, false),
				new Notice.Compacted(4, false));
	}

	@Test
	void trimsNothingThatItHasNotDecidedWhoeverSaysSo() {
		this.node.hear(3, new TrimLog(FIRST, 5));
		this.node.hear(3, new AcceptDecide(FIRST, 6, List.of(), 6));
		this.node.tick(5);

		assertThat(this.node.replica().indexes().compacted()).isZero();
	}

	@Test
	void trimsNothingForANodeThatDoesNotLead() {
		this.node.hear(2, new TrimLog(new Ballot(1, 4, 0, new NodeId(2)), 2));
		this.node.tick(3);

		assertThat(this.node.replica().indexes().compacted()).isZero();
	}

	/** Whoever trims again and again would trim its own log alone. */
	@Test
	void ordersEachTrimAlsoWhenMoreIsToBeTrimmedByThen() {
		SingleReplica leader = leaderOfFourDecided(null);

		leader.replica().trim(3L);
		leader.replica().trim(4L);
		leader.tick(3);

		assertThat(leader.sentTo(2, TrimLog.class)).containsExactly(new TrimLog(led(leader), 3),
				new TrimLog(led(leader), 4));
	}

	/** The second trim asks for what is gone already, and nothing is known of node 2. */
	@Test
	void ordersATrimAlsoWhenItWaitsWhileLessMayBeTrimmed() {
		SingleReplica leader = leaderOfFourDecided(null);
		leader.replica().trim(3L);
		leader.replica().trim(4L);
		leader.hear(2, new Promise(led(leader), EMPTY));

		assertThat(leader.replica().trim(null)).isEqualTo(3);
		leader.tick(3);

		assertThat(leader.sentTo(2, TrimLog.class)).containsExactly(new TrimLog(led(leader), 3),
				new TrimLog(led(leader), 4));
	}

	/** What this node has folded into a snapshot of its own others may lack. */
	@Test
	void ordersNoTrimOfWhatItCompactedAloneAfterOneThatItOrdered() {
		SingleReplica leader = leaderOfFourDecided(new LogReaderTests.JoiningFolder());
		leader.replica().trim(3L);
		leader.tick(3);
		leader.replica().snapshot(4L, true);
		leader.tick(3);
		leader.hear(2, new Promise(led(leader), EMPTY));
		leader.sent.clear();

		assertThat(leader.replica().trim(null)).isEqualTo(4);
		leader.tick(3);

		assertThat(leader.sentTo(2, TrimLog.class)).isEmpty();
	}

	/** Else the others would keep what they have been able to spare for long. */
	@Test
	void ordersWhatMayGoEverywhereAlsoWhenItsOwnSnapshotReachesFurther() {
		SingleReplica leader = leaderOfFourDecided(new LogReaderTests.JoiningFolder());
		decideOneMoreAlone(leader);
		leader.replica().snapshot(5L, true);
		leader.tick(3);
		leader.sent.clear();

		assertThat(leader.replica().trim(null)).isEqualTo(5);
		leader.settle();

		assertThat(leader.noticed(Notice.Compacted.class)).endsWith(new Notice.Compacted(5, false));
		assertThat(leader.sentTo(2, TrimLog.class)).containsExactly(new TrimLog(led(leader), 4));
		leader.replica().trim(null);
		leader.settle();
		assertThat(leader.sentTo(2, TrimLog.class)).containsExactly(new TrimLog(led(leader), 4));
	}

	@Test
	void refusesToTrimWhatOnlyItsOwnSnapshotCovers() {
		SingleReplica leader = leaderOfFourDecided(new LogReaderTests.JoiningFolder());
		decideOneMoreAlone(leader);
		leader.replica().snapshot(5L, true);
		leader.tick(3);
		leader.sent.clear();

		assertThatExceptionOfType(CompactionException.class).isThrownBy(() -> leader.replica().trim(5L))
			.extracting(CompactionException::reason)
			.isEqualTo(Reason.NOT_DECIDED_EVERYWHERE);

		leader.hear(2, new Accepted(led(leader), 5, 5, false));
		assertThat(leader.replica().trim(5L)).isEqualTo(5);
		leader.settle();
		assertThat(leader.sentTo(2, TrimLog.class)).containsExactly(new TrimLog(led(leader), 5));
	}

	@Test
	void trimsAgainWhatIsTrimmedThoughNothingIsKnownOfAnotherNode() {
		SingleReplica leader = leaderOfFourDecided(null);
		leader.replica().trim(4L);
		leader.tick(3);
		leader.hear(2, new Promise(led(leader), EMPTY));

		assertThat(leader.replica().trim(4L)).isEqualTo(4);
	}

	/** Node 2 has accepted a fifth entry, and does not know yet that it is decided. */
	private static void decideOneMoreAlone(SingleReplica leader) {
		leader.replica().append(List.of(Payload.ofText("e")));
		leader.settle();
		leader.hear(2, new Accepted(led(leader), 5, 4, false));
		leader.tick(10);
	}

	/** Node 2 follows, and has everything. */
	private static SingleReplica leaderOfFourDecided(@Nullable SnapshotFolder folder) {
		SingleReplica leader = new SingleReplica(ClusterConfig.of(1, 1, 2), READS_TWO, folder);
		leader.replica().tryBecomeLeader();
		leader.settle();
		leader.hear(2, new Promise(led(leader), EMPTY));
		leader.replica().append(List.of(Payload.ofText("a"), Payload.ofText("b"), Payload.ofText("c"), Payload.EMPTY));
		leader.settle();
		leader.hear(2, new Accepted(led(leader), 4, 0, false));
		leader.hear(2, new Accepted(led(leader), 4, 4, false));
		leader.tick(10);
		leader.sent.clear();
		return leader;
	}

	private static Ballot led(SingleReplica leader) {
		return leader.replica().status().promise();
	}

}
