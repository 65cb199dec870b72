package io.omnipaxos.node;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.Effects;
import io.omnipaxos.core.OmniPaxos;
import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.message.AcceptMessage.AcceptSync;
import io.omnipaxos.core.message.AcceptMessage.Accepted;
import io.omnipaxos.core.message.AcceptMessage.HandOver;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatReply;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.Message;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.FlexibleQuorum;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.MemoryStorage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A leader of three that is about to stop, whose peers are the test. */
class DepartureTests {

	private static final NodeId SELF = new NodeId(1);

	private static final Ballot BALLOT = new Ballot(1, 1, 0, SELF);

	private static final Ballot BEGINS_WITH = new Ballot(1, 0, 0, SELF);

	private static final Ballot LEADER = new Ballot(1, 5, 0, new NodeId(2));

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	private static final int RETRY_TICKS = 50;

	private final AppendBudget appends = new AppendBudget(1000);

	private final Outstanding outstanding = new Outstanding(new PendingAppends(SELF, this.appends),
			new ReplicaCounters());

	private OmniPaxos core = new OmniPaxos(ClusterConfig.of(1, 1, 2, 3),
			ServerConfig.of(SELF).withElectionTickTimeout(1), new MemoryStorage(), null);

	private final List<Message> sent = new ArrayList<>();

	private final Departure departure = new Departure(this.appends, RETRY_TICKS);

	@Test
	void whoHasNobodyToHandOverToYetAsksTheFirstThatIsInStep() {
		prepare();
		proceed();
		assertThat(handOvers()).isZero();

		follow(2);
		proceed();
		assertThat(handOvers()).isOne();
		assertThat(this.departure.ready()).isNotDone();
	}

	@Test
	void whoHasAskedGivesItsSuccessorTime() {
		prepare();
		follow(2);
		proceed();
		assertThat(handOvers()).isOne();

		for (int tick = 1; tick < RETRY_TICKS; tick++) {
			proceed();
		}
		assertThat(handOvers()).isOne();
	}

	/** Too few for it to lead are heard; but its leader is, and decides. */
	@Test
	void whoHearsItsLeaderWaitsForItsAppends() {
		ClusterConfig two = new ClusterConfig(1, ClusterConfig.of(1, 1, 2, 3).nodes(), new FlexibleQuorum(3, 2));
		followNode2(two);
		this.appends.reserve(10);

		proceed();
		assertThat(this.departure.ready()).isNotDone();

		this.appends.release(10);
		proceed();
		assertThat(this.departure.ready()).isDone();
	}

	@Test
	void whoIsPreferredDoesNotTakeTheLeadBack() {
		followNode2(ClusterConfig.of(1, 1, 2, 3));
		this.appends.reserve(10);
		this.core.setPriority(9);
		proceed();
		this.sent.clear();
		this.departure.proceed(this.core, this.outstanding, false);
		assertThat(this.core.hasEffects()).as("a replica that waits sleeps").isFalse();

		hearLeader(3);

		assertThat(this.sent).noneMatch(Prepare.class::isInstance);
	}

	private void followNode2(ClusterConfig cluster) {
		this.core = new OmniPaxos(cluster, ServerConfig.of(SELF).withElectionTickTimeout(1), new MemoryStorage(), null);
		settle();
		hear(2, new Prepare(LEADER, EMPTY));
		hear(2, new AcceptSync(LEADER, EMPTY, 0, List.of(), 0));
		hearLeader(1);
		hearLeader(2);
	}

	private void hearLeader(long round) {
		hear(2, new HeartbeatReply(1, round, LEADER, LEADER, true, 0));
		this.core.tick();
		settle();
	}

	private void prepare() {
		settle();
		for (long pid = 2; pid <= 3; pid++) {
			hear(pid, new HeartbeatReply(1, 1, new Ballot(1, 0, 0, new NodeId(pid)), BEGINS_WITH, true, 0));
		}
		this.core.tick();
		settle();
	}

	private void follow(long pid) {
		hear(pid, new Promise(BALLOT, new LogPosition(Ballot.NONE, 0, 0)));
		hear(pid, new Accepted(BALLOT, 0, 0, false));
	}

	private void hear(long from, Message message) {
		this.core.onMessage(new Envelope(new NodeId(from), SELF, 1, message));
		settle();
	}

	/** A tick of the departure's, which is none of the election's. */
	private void proceed() {
		this.departure.proceed(this.core, this.outstanding, true);
		settle();
	}

	private void settle() {
		do {
			Effects effects = this.core.drain();
			effects.messages().forEach((envelope) -> this.sent.add(envelope.message()));
			this.core.written();
		}
		while (this.core.hasEffects());
	}

	private long handOvers() {
		return this.sent.stream().filter(HandOver.class::isInstance).count();
	}

}
