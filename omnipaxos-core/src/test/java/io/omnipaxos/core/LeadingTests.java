package io.omnipaxos.core;

import java.util.List;
import java.util.stream.LongStream;

import io.omnipaxos.core.CompactionException.Reason;
import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.AcceptMessage.Accepted;
import io.omnipaxos.core.message.AcceptMessage.CatchUp;
import io.omnipaxos.core.message.AcceptMessage.HandOver;
import io.omnipaxos.core.message.CompactionMessage.TrimLog;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatReply;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatRequest;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.PrepareMessage.FetchUndecided;
import io.omnipaxos.core.message.PrepareMessage.NotAccepted;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.message.PrepareMessage.UndecidedPiece;
import io.omnipaxos.core.message.ProposalMessage.Expect;
import io.omnipaxos.core.message.ProposalMessage.Propose;
import io.omnipaxos.core.message.ReadMessage.ReadAck;
import io.omnipaxos.core.message.ReadMessage.ReadProbe;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.core.Entries.entries;
import static io.omnipaxos.core.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Node 1 leads nodes 2 and 3, message by message.
 */
class LeadingTests {

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	private final SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3));

	@Test
	void needsAQuorumOfPromisesBeforeItReplicates() {
		this.node.replica().tryBecomeLeader();
		this.node.settle();
		assertThat(status().role()).isEqualTo(Role.PREPARING);

		this.node.hear(2, new Promise(ballot(), EMPTY));

		assertThat(status().role()).isEqualTo(Role.LEADING);
		assertThat(this.node.sentTo(2, AcceptSync.class))
			.containsExactly(new AcceptSync(ballot(), EMPTY, 0, List.of(), 0));
	}

	@Test
	void adoptsTheMostRecentLogOfAQuorumInOneWrite() {
		Ballot earlier = new Ballot(1, 1, 0, new NodeId(3));
		LogPosition longer = new LogPosition(earlier, 3, 0);
		this.node.hear(3, new NotAccepted(Ballot.NONE, earlier));
		this.node.replica().tryBecomeLeader();
		this.node.settle();

		this.node.hear(2, new Promise(ballot(), longer));
		assertThat(this.node.sentTo(2, FetchUndecided.class)).containsExactly(new FetchUndecided(ballot(), longer, 0));
		this.node.hear(2, new UndecidedPiece(ballot(), longer, 0, entries(1, 2)));
		assertThat(this.node.storage.entries(0, 10, 1000)).isEmpty();
		this.node.hear(2, new UndecidedPiece(ballot(), longer, 2, entries(3)));

		assertThat(this.node.storage.entries(0, 10, 1000)).isEqualTo(entries(1, 2, 3));
		assertThat(status().role()).isEqualTo(Role.LEADING);
	}

	/** A source that went away must not keep a leader from serving whoever is left. */
	@Test
	void goesOnWithoutASourceThatFellSilent() {
		SingleReplica leader = new SingleReplica(ClusterConfig.of(1, 1, 2, 3, 4, 5));
		Ballot earlier = new Ballot(1, 1, 0, new NodeId(3));
		LogPosition longer = new LogPosition(earlier, 3, 0);
		leader.hear(3, new NotAccepted(Ballot.NONE, earlier));
		leader.replica().tryBecomeLeader();
		leader.settle();
		Ballot ballot = leader.replica().status().promise();
		leader.hear(2, new Promise(ballot, longer));
		leader.hear(3, new Promise(ballot, EMPTY));
		leader.hear(4, new Promise(ballot, EMPTY));
		assertThat(leader.replica().status().role()).isEqualTo(Role.PREPARING);

		leader.tick(20);

		assertThat(leader.replica().status().role()).isEqualTo(Role.LEADING);
	}

	@Test
	void countsItsOwnVoteOnlyOnceItIsWritten() {
		lead();
		OmniPaxos replica = this.node.replica();
		replica.append(Payload.ofText("a"));

		Effects effects = replica.drain();
		assertThat(effects.messages()).extracting((envelope) -> envelope.message())
			.filteredOn(AcceptDecide.class::isInstance)
			.isNotEmpty();
		this.node.storage.write(effects.writes());
		replica.written();
		replica.onMessage(new Envelope(new NodeId(2), SingleReplica.SELF, 1, new Accepted(ballot(), 1, 0, false)));
		this.node.settle();

		assertThat(replica.indexes().decided()).isOne();
	}

	@Test
	void aLateOlderAcceptedTakesNothingBack() {
		lead();
		append("a", "b");
		this.node.hear(2, new Accepted(ballot(), 2, 0, false));
		assertThat(this.node.replica().indexes().decided()).isEqualTo(2);
		append("c");
		this.node.hear(2, new Accepted(ballot(), 3, 0, false));

		this.node.hear(2, new Accepted(ballot(), 1, 0, false));

		assertThat(status().peers().get(0).acceptedIndex()).isEqualTo(3);
		assertThat(this.node.replica().indexes().decided()).isEqualTo(3);
	}

	@Test
	void ignoresAnAcceptedBeyondItsLog() {
		lead();

		this.node.hear(2, new Accepted(ballot(), 1000, 0, false));

		assertThat(this.node.replica().indexes().decided()).isZero();
	}

	@Test
	void sendsAgainFromWhereAFollowerMissedSomethingOnceInAPeriod() {
		lead();
		append("a", "b");
		this.node.sent.clear();

		this.node.hear(2, new Accepted(ballot(), 0, 0, true));
		assertThat(this.node.sentTo(2, AcceptDecide.class)).extracting(AcceptDecide::from).containsExactly(0L);
		this.node.hear(2, new Accepted(ballot(), 0, 0, true));
		assertThat(this.node.sentTo(2, AcceptDecide.class)).isEmpty();

		this.node.tick(10);
		this.node.sent.clear();
		this.node.hear(2, new Accepted(ballot(), 0, 0, true));
		assertThat(this.node.sentTo(2, AcceptDecide.class)).extracting(AcceptDecide::from).containsExactly(0L);
	}

	@Test
	void probesAFollowerUntilItHasConfirmedAcceptsAndDecides() {
		lead();
		append("a");
		this.node.hear(2, new Accepted(ballot(), 1, 0, false));
		this.node.sent.clear();

		this.node.tick(10);
		assertThat(this.node.sentTo(2, AcceptDecide.class))
			.containsExactly(new AcceptDecide(ballot(), 1, List.of(), 1));

		this.node.hear(2, new Accepted(ballot(), 1, 1, false));
		this.node.sent.clear();
		this.node.tick(10);
		assertThat(this.node.sentTo(2, AcceptDecide.class)).isEmpty();
	}

	@Test
	void sendsAFollowerThatLacksMoreDecidedThanFitsAMessageToCatchUp() {
		SingleReplica leader = new SingleReplica(ClusterConfig.of(1, 1, 2, 3),
				SingleReplica.settings().withLimits(new Limits(1000, 100_000, 100_000, 200, 100_000, 0)), null);
		leader.replica().tryBecomeLeader();
		leader.settle();
		Ballot ballot = leader.replica().status().promise();
		leader.hear(2, new Promise(ballot, EMPTY));
		leader.hear(2, new Accepted(ballot, 0, 0, false));
		leader.replica()
			.append(List.of(Payload.ofText("a"), Payload.ofText("b"), Payload.ofText("c"), Payload.ofText("d")));
		leader.settle();
		leader.hear(2, new Accepted(ballot, 4, 0, false));

		leader.hear(3, new Promise(ballot, EMPTY));

		assertThat(leader.sentTo(3, CatchUp.class)).containsExactly(new CatchUp(ballot, 4, new NodeId(2)));
	}

	@Test
	void namesItselfToCatchUpFromWhereNoFollowerHasConfirmedAllOfIt() {
		SingleReplica leader = new SingleReplica(ClusterConfig.of(1, 1, 2, 3),
				SingleReplica.settings().withLimits(new Limits(1000, 100_000, 100_000, 200, 100_000, 0)), null);
		Ballot former = new Ballot(1, 1, 0, new NodeId(3));
		leader.hear(3, new Prepare(former, EMPTY));
		leader.hear(3, new AcceptSync(former, EMPTY, 0, entries(1, 2, 3, 4), 4));
		leader.replica().tryBecomeLeader();
		leader.settle();
		Ballot ballot = leader.replica().status().promise();

		leader.hear(2, new Promise(ballot, new LogPosition(former, 3, 0)));
		leader.hear(2, new Accepted(ballot, 3, 0, false));
		leader.sent.clear();

		leader.hear(3, new Promise(ballot, EMPTY));

		assertThat(leader.sentTo(3, CatchUp.class)).containsExactly(new CatchUp(ballot, 4, SingleReplica.SELF));
	}

	/**
	 * Feeding it from the disk, a window at a time, would hold up everybody's appends.
	 */
	@Test
	void sendsAFollowerToCatchUpThatConfirmsWhatIsNoLongerInMemory() {
		int size = entry(1).size();
		SingleReplica leader = new SingleReplica(ClusterConfig.of(1, 1, 2, 3),
				SingleReplica.settings().withLimits(new Limits(1000, 100_000, 100_000, size, 2 * size, 3 * size)),
				null);
		leader.replica().tryBecomeLeader();
		leader.settle();
		Ballot ballot = leader.replica().status().promise();
		for (long follower : List.of(2L, 3L)) {
			leader.hear(follower, new Promise(ballot, EMPTY));
			leader.hear(follower, new Accepted(ballot, 0, 0, false));
		}
		for (int accepted = 1; accepted <= 10; accepted++) {
			leader.replica().append(Payload.ofText("entry " + accepted));
			leader.settle();
			leader.hear(2, new Accepted(ballot, accepted, 0, false));
		}
		leader.sent.clear();

		leader.hear(3, new Accepted(ballot, 1, 0, false));

		assertThat(leader.sent).filteredOn((envelope) -> envelope.to().equals(new NodeId(3)))
			.extracting(Envelope::message)
			.containsExactly(new CatchUp(ballot, 10, new NodeId(2)));
	}

	@Test
	void admitsEachProposalOnceAndInOrder() {
		lead();
		List<Entry> proposals = entries(1, 2, 3);

		this.node.hear(3, new Propose(proposals.subList(0, 2)));
		this.node.hear(3, new Propose(proposals.subList(0, 2)));
		this.node.hear(3, new Propose(proposals.subList(1, 3)));

		assertThat(this.node.storage.entries(0, 10, 10_000)).isEqualTo(proposals);
	}

	@Test
	void tellsAProposerOnceInATickWhatIsMissing() {
		lead();
		this.node.sent.clear();

		this.node.hear(3, new Propose(entries(4)));
		this.node.hear(3, new Propose(entries(5)));

		assertThat(this.node.sentTo(3, Expect.class)).containsExactly(new Expect(0, 1));
		assertThat(this.node.replica().indexes().accepted()).isZero();
	}

	@Test
	void doesNotTakeProposalsOfOneNodeFromAnother() {
		lead();

		this.node.hear(2, new Propose(entries(1)));

		assertThat(this.node.replica().indexes().accepted()).isZero();
	}

	@Test
	void admitsNothingAfterAStopSign() {
		lead();
		this.node.replica().reconfigure(ClusterConfig.of(2, 1, 2), Payload.EMPTY);
		this.node.settle();

		this.node.hear(3, new Propose(entries(1)));
		append("a");

		assertThat(this.node.replica().indexes().accepted()).isOne();
	}

	@Test
	void whatIsPendingWhenAStopSignIsDecidedIsRefused() {
		lead();
		this.node.replica().reconfigure(ClusterConfig.of(2, 1, 2), Payload.EMPTY);
		append("late");

		this.node.hear(2, new Accepted(ballot(), 1, 0, false));

		assertThat(this.node.noticed(Notice.Stopped.class)).hasSize(1);
		assertThat(this.node.noticed(Notice.ProposalRefused.class)).extracting((refused) -> refused.id().seq())
			.containsExactly(2L);
		assertThatExceptionOfType(LogSealedException.class).isThrownBy(() -> append("later"));
	}

	/** Whoever was told may have crashed before that came to anything. */
	@Test
	void thatTheLogHasEndedIsToldAgainAtEveryStart() {
		lead();
		append("a");
		ClusterConfig next = ClusterConfig.of(2, 1, 2);
		this.node.replica().reconfigure(next, Payload.EMPTY);
		this.node.settle();
		this.node.hear(2, new Accepted(ballot(), 2, 0, false));
		this.node.tick(20);
		Notice.Stopped told = new Notice.Stopped(1,
				new Entry.StopSign(new ProposalId(SingleReplica.SELF, 1, 2), next, Payload.EMPTY));
		assertThat(this.node.storage.load().decidedIndex()).isEqualTo(2);
		assertThat(this.node.noticed(Notice.Stopped.class)).containsExactly(told);

		this.node.restart();
		this.node.tick(20);
		assertThat(this.node.noticed(Notice.Stopped.class)).containsExactly(told, told);
		this.node.restart();

		assertThat(this.node.noticed(Notice.Stopped.class)).containsExactly(told, told, told);
		assertThatExceptionOfType(LogSealedException.class).isThrownBy(() -> append("later"));
	}

	@Test
	void stopsAdmittingWhileTooMuchIsUndecided() {
		SingleReplica leader = new SingleReplica(ClusterConfig.of(1, 1, 2, 3),
				SingleReplica.settings().withLimits(new Limits(100, 1_000_000, 300, 1000, 1000, 0)), null);
		leader.replica().tryBecomeLeader();
		leader.settle();
		Ballot ballot = leader.replica().status().promise();
		leader.hear(2, new Promise(ballot, EMPTY));

		leader.hear(3, new Propose(LongStream.range(1, 50).mapToObj(Entries::entry).toList()));
		long admitted = leader.replica().indexes().accepted();
		assertThat(admitted).isEqualTo(300 / Entries.entry(1).size() + 1);

		leader.hear(2, new Accepted(ballot, admitted, 0, false));
		leader.sent.clear();
		leader.tick(1);
		assertThat(leader.sentTo(3, Expect.class)).containsExactly(new Expect(1, admitted + 1));
		leader.hear(3, new Propose(LongStream.range(admitted + 1, 50).mapToObj(Entries::entry).toList()));
		assertThat(leader.replica().indexes().accepted()).isGreaterThan(admitted);
	}

	@Test
	void refusesAppendsBeyondItsLimits() {
		SingleReplica leader = new SingleReplica(ClusterConfig.of(1, 1, 2, 3),
				SingleReplica.settings().withLimits(new Limits(10, 150, 300, 1000, 1000, 0)), null);
		OmniPaxos replica = leader.replica();

		assertThatIllegalArgumentException().isThrownBy(() -> replica.append(Payload.ofText("longer than ten")));
		replica.append(Payload.ofText("a"));
		replica.append(Payload.ofText("b"));
		assertThatExceptionOfType(OverloadedException.class).isThrownBy(() -> replica.append(Payload.ofText("c")));
		assertThat(replica.status().pending()).isEqualTo(2);
	}

	@Test
	void holdsABatchBackUntilItIsFullOrTheTimeoutIsOver() {
		SingleReplica leader = new SingleReplica(ClusterConfig.of(1, 1, 2, 3),
				SingleReplica.settings().withBatchSize(3).withFlushBatchTickTimeout(4), null);
		leader.replica().tryBecomeLeader();
		leader.settle();
		leader.hear(2, new Promise(leader.replica().status().promise(), EMPTY));

		leader.hear(3, new Propose(entries(1, 2)));
		assertThat(leader.replica().indexes().accepted()).isZero();
		leader.hear(3, new Propose(entries(3, 4)));
		assertThat(leader.replica().indexes().accepted()).isEqualTo(3);

		leader.tick(4);
		assertThat(leader.replica().indexes().accepted()).isEqualTo(4);
	}

	@Test
	void barriersAskedForDuringARoundShareTheNext() {
		lead();
		this.node.sent.clear();
		ask(1);
		assertThat(this.node.sentTo(2, ReadProbe.class)).containsExactly(new ReadProbe(ballot(), 1));

		ask(1000);
		assertThat(this.node.sentTo(2, ReadProbe.class)).isEmpty();

		this.node.hear(2, new ReadAck(ballot(), 1));
		assertThat(this.node.noticed(Notice.BarrierReached.class)).containsExactly(new Notice.BarrierReached(1, 0));
		assertThat(this.node.sentTo(2, ReadProbe.class)).containsExactly(new ReadProbe(ballot(), 2));

		this.node.hear(2, new ReadAck(ballot(), 2));
		assertThat(this.node.noticed(Notice.BarrierReached.class)).contains(new Notice.BarrierReached(1001, 0));
	}

	@Test
	void trimsOnlyWhatEveryNodeHasDurablyDecided() {
		lead();
		append("a", "b");
		this.node.hear(2, new Accepted(ballot(), 2, 0, false));
		assertRefused(2L, Reason.NOT_DECIDED_EVERYWHERE);

		this.node.hear(2, new Accepted(ballot(), 2, 2, false));
		this.node.hear(3, new Promise(ballot(), EMPTY));
		this.node.hear(3, new Accepted(ballot(), 2, 1, false));
		this.node.tick(10);
		assertRefused(2L, Reason.NOT_DECIDED_EVERYWHERE);

		this.node.sent.clear();
		this.node.replica().trim(null);
		this.node.settle();

		assertThat(this.node.replica().read(0)).hasValue(new LogEntry.Trimmed<>(1));
		assertThat(this.node.sentTo(3, TrimLog.class)).containsExactly(new TrimLog(ballot(), 1));
		assertThat(this.node.noticed(Notice.Compacted.class)).containsExactly(new Notice.Compacted(1, false));
		assertRefused(0L, Reason.ALREADY_COMPACTED);
	}

	@Test
	void whoDoesNotLeadDoesNotTrim() {
		assertRefused(100L, Reason.NOT_LEADER);
	}

	@Test
	void aLogWithoutASnapshotterIsNotSnapshotted() {
		assertThatExceptionOfType(CompactionException.class).isThrownBy(() -> this.node.replica().snapshot(null, true))
			.extracting(CompactionException::reason)
			.isEqualTo(Reason.NO_SNAPSHOTTER);
	}

	@Test
	void handsOverToTheFollowerThatHasMostOfThoseThatAreThere() {
		lead();
		append("a", "b");
		this.node.hear(3, new Promise(ballot(), EMPTY));
		this.node.hear(2, new Accepted(ballot(), 1, 0, false));
		this.node.hear(3, new Accepted(ballot(), 2, 0, false));
		assertThat(this.node.replica().handOver()).isFalse();
		this.node.settle();
		assertThat(this.node.sentTo(3, HandOver.class)).isEmpty();

		hearHeartbeats();

		assertThat(this.node.replica().handOver()).isTrue();
		this.node.settle();

		assertThat(this.node.sentTo(3, HandOver.class)).containsExactly(new HandOver(ballot()));
	}

	@Test
	void aClusterOfOneDecidesAlone() {
		SingleReplica alone = new SingleReplica(ClusterConfig.of(1, 1));
		alone.tick(5);

		alone.replica().append(Payload.ofText("a"));
		alone.settle();

		assertThat(alone.noticed(Notice.Decided.class)).hasSize(1);
		alone.restart();
		alone.tick(5);
		alone.replica().append(Payload.ofText("b"));
		alone.replica().readBarrier();
		alone.settle();
		assertThat(alone.replica().indexes().decided()).isEqualTo(2);
		assertThat(alone.noticed(Notice.BarrierReached.class)).hasSize(1);
	}

	private void lead() {
		this.node.replica().tryBecomeLeader();
		this.node.settle();
		this.node.hear(2, new Promise(ballot(), EMPTY));
		this.node.hear(2, new Accepted(ballot(), 0, 0, false));
	}

	private void hearHeartbeats() {
		this.node.tick(5);
		HeartbeatRequest asked = this.node.sentTo(2, HeartbeatRequest.class).get(0);
		for (long pid : new long[] { 2, 3 }) {
			this.node.hear(pid, new HeartbeatReply(asked.session(), asked.round(), new Ballot(1, 0, 0, new NodeId(pid)),
					ballot(), true, 0));
		}
		this.node.tick(5);
		this.node.sent.clear();
	}

	private void append(String... texts) {
		for (String text : texts) {
			this.node.replica().append(Payload.ofText(text));
		}
		this.node.settle();
	}

	private void ask(int barriers) {
		for (int i = 0; i < barriers; i++) {
			this.node.replica().readBarrier();
		}
		this.node.settle();
	}

	private void assertRefused(long index, Reason reason) {
		assertThatExceptionOfType(CompactionException.class).isThrownBy(() -> this.node.replica().trim(index))
			.extracting(CompactionException::reason)
			.isEqualTo(reason);
	}

	private ReplicaStatus status() {
		return this.node.replica().status();
	}

	private Ballot ballot() {
		return status().promise();
	}

}
