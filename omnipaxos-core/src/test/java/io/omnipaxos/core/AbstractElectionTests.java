package io.omnipaxos.core;

import java.util.List;

import io.omnipaxos.core.message.ElectionMessage.HeartbeatReply;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatRequest;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.Message;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;

import static org.assertj.core.api.Assertions.assertThat;

/** Node 1 of five, whose heartbeats the test answers. */
abstract class AbstractElectionTests {

	static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	static final ServerConfig SETTINGS = SingleReplica.settings().withResendMessageTickTimeout(1000);

	SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3, 4, 5), SETTINGS, null);

	void replyAsFollowers(long... pids) {
		Ballot followed = this.node.replica().status().promise();
		for (long pid : pids) {
			reply(pid, ballot(0, pid), followed, true);
		}
	}

	/** The others are content with a leader, and this node takes its word for it. */
	void follow(Ballot leader) {
		this.node.hear(leader.pid().value(), new Prepare(leader, EMPTY));
		reply(leader.pid().value(), leader, leader, true);
		endRound();
		this.node.sent.removeIf((envelope) -> envelope.message() instanceof Prepare);
	}

	void lead() {
		reply(2, ballot(0, 2), ballot(0, 1), true);
		reply(3, ballot(0, 3), ballot(0, 1), true);
		endRound();
		assertThat(prepares()).containsExactly(ballot(1, 1));
	}

	void reply(long from, Ballot own, Ballot leader, boolean happy) {
		reply(from, own, leader, happy, 0);
	}

	void reply(long from, Ballot own, Ballot leader, boolean happy, long decided) {
		HeartbeatRequest request = lastRequest();
		this.node.hear(from, new HeartbeatReply(request.session(), request.round(), own, leader, happy, decided));
	}

	HeartbeatRequest lastRequest() {
		return lastSent(HeartbeatRequest.class);
	}

	HeartbeatReply answerToHeartbeat() {
		this.node.hear(2, new HeartbeatRequest(1, 1));
		return lastSent(HeartbeatReply.class);
	}

	<M extends Message> M lastSent(Class<M> kind) {
		List<M> all = this.node.sent.stream().map(Envelope::message).filter(kind::isInstance).map(kind::cast).toList();
		return all.get(all.size() - 1);
	}

	void endRound() {
		this.node.tick(5);
	}

	/** Ballots that this node has asked promises for since it was asked last. */
	List<Ballot> prepares() {
		List<Ballot> ballots = this.node.sent.stream()
			.map((envelope) -> envelope.message())
			.filter(Prepare.class::isInstance)
			.map((prepare) -> ((Prepare) prepare).ballot())
			.distinct()
			.toList();
		this.node.sent.removeIf((envelope) -> envelope.message() instanceof Prepare);
		return ballots;
	}

	static Ballot ballot(long n, long pid) {
		return new Ballot(1, n, 0, new NodeId(pid));
	}

}
