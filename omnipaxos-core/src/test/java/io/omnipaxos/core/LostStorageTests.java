package io.omnipaxos.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.omnipaxos.core.message.AcceptMessage.Accepted;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.PrepareMessage.Prepare;
import io.omnipaxos.core.message.PrepareMessage.Promise;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.storage.MemoryStorage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A leader comes back without its storage, as one whose log is in memory does, and begins
 * with a ballot that it led before. Others are still in step with that.
 */
class LostStorageTests {

	private static final LogPosition EMPTY = new LogPosition(Ballot.NONE, 0, 0);

	private final SingleReplica node = new SingleReplica(ClusterConfig.of(1, 1, 2, 3));

	/** It would be asked for its promise, and answer that it is in step, for ever. */
	@Test
	void whoPreparesABallotThatAnotherIsInStepWithTakesAHigherOne() {
		prepare();
		Ballot again = ballot();

		this.node.hear(2, new Accepted(again, 4, 4, false));

		assertThat(status().role()).isEqualTo(Role.PREPARING);
		assertThat(ballot().isHigherThan(again)).isTrue();
		assertThat(this.node.sentTo(2, Prepare.class)).extracting(Prepare::ballot).contains(ballot());
	}

	/** The index of an entry would stand for two entries of the same ballot. */
	@Test
	void whoLeadsABallotThatAnotherIsInStepWithTakesAHigherOne() {
		prepare();
		Ballot again = ballot();
		this.node.hear(2, new Promise(again, EMPTY));
		assertThat(status().role()).isEqualTo(Role.LEADING);

		this.node.hear(3, new Accepted(again, 0, 0, false));

		assertThat(status().role()).isEqualTo(Role.PREPARING);
		assertThat(ballot().isHigherThan(again)).isTrue();
	}

	@Test
	void whoeverIsInStepWithAnotherBallotProvesNothing() {
		prepare();
		Ballot led = ballot();

		this.node.hear(2, new Accepted(new Ballot(1, led.n() - 1, 0, SingleReplica.SELF), 4, 4, false));

		assertThat(ballot()).isEqualTo(led);
	}

	@Test
	void aLeaderThatComesBackAtOnceWithoutItsStorageGetsTheLogFromItsFollower() {
		Pair pair = new Pair();
		pair.start(1);
		pair.start(2);
		pair.run(30);
		pair.node(1).append(Payload.ofText("kept"));
		pair.run(30);
		assertThat(pair.node(2).status().role()).isEqualTo(Role.LEADING);
		assertThat(pair.node(1).indexes().decided()).isOne();

		pair.start(2);
		pair.run(60);

		assertThat(pair.node(2).read(0)).hasValue(new LogEntry.Decided<>(0, Payload.ofText("kept")));
		pair.node(1).append(Payload.ofText("next"));
		pair.run(30);
		assertThat(pair.node(1).indexes().decided()).isEqualTo(2);
		assertThat(pair.node(2).indexes().decided()).isEqualTo(2);
	}

	private void prepare() {
		this.node.replica().tryBecomeLeader();
		this.node.settle();
		this.node.sent.clear();
	}

	private ReplicaStatus status() {
		return this.node.replica().status();
	}

	private Ballot ballot() {
		return status().promise();
	}

	/**
	 * Two nodes in memory, and links that lose nothing but what a stopped node misses.
	 */
	private static final class Pair {

		private final ClusterConfig cluster = ClusterConfig.of(1, 1, 2);

		private final Map<NodeId, Member> members = new LinkedHashMap<>();

		/** Starts a node, or stops it and starts it again, with an empty storage. */
		void start(long pid) {
			NodeId node = new NodeId(pid);
			MemoryStorage storage = new MemoryStorage();
			ServerConfig server = ServerConfig.of(node).withElectionTickTimeout(5).withResendMessageTickTimeout(10);
			this.members.put(node, new Member(storage, new OmniPaxos(this.cluster, server, storage, null)));
			settle();
		}

		OmniPaxos node(long pid) {
			return this.members.get(new NodeId(pid)).replica();
		}

		void run(int ticks) {
			for (int i = 0; i < ticks; i++) {
				this.members.values().forEach((member) -> {
					member.replica().tick();
					settle();
				});
			}
		}

		private void settle() {
			while (this.members.values().stream().anyMatch((member) -> member.replica().hasEffects())) {
				this.members.values().forEach((member) -> member.drain().forEach(this::deliver));
			}
		}

		private void deliver(Envelope envelope) {
			Member to = this.members.get(envelope.to());
			if (to != null) {
				to.replica().onMessage(envelope);
			}
		}

	}

	private record Member(MemoryStorage storage, OmniPaxos replica) {

		List<Envelope> drain() {
			Effects effects = this.replica.drain();
			this.storage.write(effects.writes());
			this.replica.written();
			return effects.messages();
		}

	}

}
