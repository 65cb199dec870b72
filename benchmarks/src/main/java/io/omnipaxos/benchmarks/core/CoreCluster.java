package io.omnipaxos.benchmarks.core;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.Effects;
import io.omnipaxos.core.OmniPaxos;
import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.storage.MemoryStorage;

/**
 * Three cores in one thread that hand each other their messages. Entries that all of them
 * have decided are trimmed now and then, else memory would be what is measured.
 */
final class CoreCluster {

	private static final ClusterConfig CLUSTER = ClusterConfig.of(1, 1, 2, 3);

	/** A tick drops one piece of what is to be trimmed, and this is less than one. */
	private static final int TICK_EVERY = 1 << 12;

	private static final int TRIM_EVERY = 1 << 16;

	private final List<Member> members = new ArrayList<>();

	private final Member leader;

	private long decided;

	private long tickAt = TICK_EVERY;

	private long trimAt = TRIM_EVERY;

	CoreCluster() {
		CLUSTER.nodes().forEach((pid) -> this.members.add(new Member(pid)));
		this.leader = this.members.get(0);
		settle();
		this.leader.core.tryBecomeLeader();
		settle();
	}

	/** Appends entries at the leader, and returns when all three have decided them. */
	void append(Payload payload, int entries) {
		for (int i = 0; i < entries; i++) {
			this.leader.core.append(payload);
		}
		settle();
		this.decided += entries;
		for (Member member : this.members) {
			if (member.core.indexes().decided() != this.decided) {
				throw new IllegalStateException(
						"Decided %s instead of %d".formatted(member.core.indexes(), this.decided));
			}
		}
		if (this.decided >= this.tickAt) {
			tick();
		}
	}

	/** Returns how many entries all three have decided. */
	long decided() {
		return this.decided;
	}

	/** Returns how many decided entries the leader still keeps. */
	long kept() {
		return this.decided - this.leader.core.indexes().compacted();
	}

	private void tick() {
		if (this.decided >= this.trimAt) {
			this.leader.core.trim(null);
			this.trimAt = this.decided + TRIM_EVERY;
		}
		this.members.forEach((member) -> member.core.tick());
		settle();
		this.tickAt = this.decided + TICK_EVERY;
	}

	private void settle() {
		boolean busy = true;
		while (busy) {
			busy = false;
			for (Member member : this.members) {
				if (member.core.hasEffects()) {
					step(member);
					busy = true;
				}
			}
		}
	}

	private void step(Member member) {
		Effects effects = member.core.drain();
		for (Envelope envelope : effects.messages()) {
			this.members.get((int) envelope.to().value() - 1).core.onMessage(envelope);
		}
		if (!effects.writes().isEmpty()) {
			member.storage.write(effects.writes());
		}
		member.core.written();
	}

	private static final class Member {

		private final MemoryStorage storage = new MemoryStorage();

		private final OmniPaxos core;

		Member(NodeId pid) {
			this.core = new OmniPaxos(CLUSTER, ServerConfig.of(pid).withElectionTickTimeout(5), this.storage, null);
		}

	}

}
