package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.ReplicaStatus.Connectivity;
import io.omnipaxos.core.ReplicaStatus.PeerStatus;
import io.omnipaxos.core.message.AcceptMessage.Accepted;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatReply;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatRequest;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.FlexibleQuorum;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What node 1 of four says of itself and of the others. Three must promise, and two must
 * accept.
 */
class StatusTests {

	private static final Ballot FIRST = new Ballot(1, 5, 0, new NodeId(3));

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	private final SingleReplica node = new SingleReplica(new ClusterConfig(1,
			List.of(new NodeId(1), new NodeId(2), new NodeId(3), new NodeId(4)), new FlexibleQuorum(3, 2)));

	@Test
	void aFollowerTellsWhetherItsLeaderIsThere() {
		this.node.hear(3, new Prepare(FIRST, EMPTY));
		round(3);
		round(3);
		assertThat(connectivity()).isEqualTo(new Connectivity(false, true, true));

		round(2);
		assertThat(connectivity()).isEqualTo(new Connectivity(false, true, false));
		round();
		assertThat(connectivity()).isEqualTo(new Connectivity(false, false, false));
		round(2, 3);
		assertThat(connectivity()).isEqualTo(new Connectivity(true, true, true));
	}

	@Test
	void aLeaderTellsWhetherItHearsAWriteQuorum() {
		lead();

		round(2);
		assertThat(connectivity().leader()).isTrue();
		round();
		assertThat(connectivity().leader()).isFalse();
	}

	/** A write quorum gets it nowhere. */
	@Test
	void aLeaderThatPreparesTellsWhetherItHearsAPrepareQuorum() {
		this.node.replica().tryBecomeLeader();
		this.node.settle();

		round(2);
		assertThat(this.node.replica().status().role()).isEqualTo(Role.PREPARING);
		assertThat(connectivity()).isEqualTo(new Connectivity(false, true, false));
		round(2, 4);
		assertThat(connectivity()).isEqualTo(new Connectivity(true, true, true));
	}

	@Test
	void tellsWhoAnsweredAndHowFarTheyAre() {
		this.node.hear(3, new Prepare(FIRST, EMPTY));

		round(2, 3);

		assertThat(this.node.replica().status().peers())
			.extracting(PeerStatus::pid, PeerStatus::connected, PeerStatus::decidedIndex)
			.containsExactly(tuple(2, true, 2), tuple(3, true, 3), tuple(4, false, 0));
	}

	@Test
	void tellsSinceWhenAPeerWasNotHeard() {
		assertThat(ticksSinceHeard()).containsExactly(-1L, -1L, -1L);

		this.node.hear(3, new Prepare(FIRST, EMPTY));
		assertThat(ticksSinceHeard()).containsExactly(-1L, 0L, -1L);
		this.node.tick(3);
		this.node.hear(2, new HeartbeatRequest(1, 1));

		assertThat(ticksSinceHeard()).containsExactly(0L, 3L, -1L);
	}

	@Test
	void onlyALeaderTellsHowFarTheOthersHaveAccepted() {
		this.node.hear(3, new Prepare(FIRST, EMPTY));
		assertThat(this.node.replica().status().peers()).extracting(PeerStatus::acceptedIndex)
			.containsExactly(-1L, -1L, -1L);

		lead();
		this.node.replica().append(Payload.ofText("a"));
		this.node.settle();
		this.node.hear(2, new Accepted(this.node.replica().status().promise(), 1, 0, false));

		assertThat(this.node.replica().status().peers()).extracting(PeerStatus::acceptedIndex)
			.containsExactly(1L, -1L, -1L);
	}

	@Test
	void oneThatIsLostLeadsNobodyAndHearsNobody() {
		this.node.hear(3, new Prepare(FIRST, EMPTY));
		round(2, 3);

		ReplicaStatus lost = this.node.replica().status().lost();

		assertThat(lost).returns(Role.SYNCING, ReplicaStatus::role)
			.returns(null, ReplicaStatus::leader)
			.returns(FIRST, ReplicaStatus::promise)
			.returns(new Connectivity(false, false, false), ReplicaStatus::connectivity);
		assertThat(lost.peers()).extracting(PeerStatus::pid, PeerStatus::connected, PeerStatus::decidedIndex)
			.containsExactly(tuple(2, false, 2), tuple(3, false, 3), tuple(4, false, 0));
	}

	/** Node 3's leadership is known to whoever asks, and told once. */
	@Test
	void tellsWhomItFollows() {
		assertThat(this.node.replica().leader()).isNull();

		this.node.hear(3, new Prepare(FIRST, EMPTY));
		this.node.hear(3, new Prepare(FIRST, EMPTY));

		assertThat(this.node.replica().leader()).isEqualTo(new NodeId(3));
		assertThat(this.node.noticed(Notice.LeaderChanged.class))
			.containsExactly(new Notice.LeaderChanged(new NodeId(3), FIRST));
	}

	/** It promised its own ballot in a former life, and nobody leads in that any more. */
	@Test
	void isNotItsOwnLeaderAfterARestart() {
		this.node.replica().tryBecomeLeader();
		this.node.settle();
		assertThat(this.node.replica().leader()).isEqualTo(SingleReplica.SELF);

		this.node.restart();

		assertThat(this.node.replica().leader()).isNull();
		assertThat(this.node.replica().status().role()).isEqualTo(Role.SYNCING);
	}

	private void lead() {
		this.node.replica().tryBecomeLeader();
		this.node.settle();
		Ballot ballot = this.node.replica().status().promise();
		this.node.hear(2, new Promise(ballot, EMPTY));
		this.node.hear(3, new Promise(ballot, EMPTY));
	}

	/** A heartbeat round in which these answer, each with its pid as decided index. */
	private void round(long... pids) {
		List<HeartbeatRequest> requests = this.node.sent.stream()
			.map(Envelope::message)
			.filter(HeartbeatRequest.class::isInstance)
			.map(HeartbeatRequest.class::cast)
			.toList();
		HeartbeatRequest request = requests.get(requests.size() - 1);
		Ballot promise = this.node.replica().status().promise();
		for (long pid : pids) {
			Ballot own = (pid == 3) ? FIRST : new Ballot(1, 0, 0, new NodeId(pid));
			this.node.hear(pid, new HeartbeatReply(request.session(), request.round(), own, promise, true, pid));
		}
		this.node.tick(5);
	}

	private Connectivity connectivity() {
		return this.node.replica().status().connectivity();
	}

	private List<Long> ticksSinceHeard() {
		return this.node.replica().status().peers().stream().map(PeerStatus::ticksSinceHeard).toList();
	}

	private static Tuple tuple(long pid, boolean connected, long decided) {
		return Tuple.tuple(new NodeId(pid), connected, decided);
	}

}
