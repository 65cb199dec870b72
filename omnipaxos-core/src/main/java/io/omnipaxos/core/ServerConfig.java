package io.omnipaxos.core;

import io.omnipaxos.core.model.NodeId;

/**
 * Settings of one server. Time is counted in ticks, calls of {@link OmniPaxos#tick()}.
 * <p>
 * Source: {@code ServerConfig} of the Rust library, with its defaults; a flush timeout of
 * zero is refused here, and the limits are ours.
 *
 * @param pid node that this server is
 * @param electionTickTimeout length of a heartbeat round
 * @param resendMessageTickTimeout time after which a message is taken for lost
 * @param flushBatchTickTimeout time after which an incomplete batch is replicated
 * @param bufferSize how many messages may wait for one peer
 * @param batchSize how many entries a leader gathers before it replicates them; 1 is no
 * batching
 * @param leaderPriority preference for this node to lead, higher wins
 * @param limits bounds of everything that could grow
 */
public record ServerConfig(NodeId pid, int electionTickTimeout, int resendMessageTickTimeout, int flushBatchTickTimeout,
		int bufferSize, int batchSize, int leaderPriority, Limits limits) {

	public ServerConfig {
		check(pid.value() > 0, "the pid must be positive");
		check(electionTickTimeout > 0, "the election timeout must be at least one tick");
		check(resendMessageTickTimeout > 0, "the resend timeout must be at least one tick");
		check(flushBatchTickTimeout > 0, "the flush timeout must be at least one tick");
		check(bufferSize > 0, "the buffer size must be at least 1");
		check(batchSize > 0, "the batch size must be at least 1");
		check(leaderPriority >= 0, "the leader priority must not be negative");
	}

	/** Returns the default settings for a node. */
	public static ServerConfig of(NodeId pid) {
		return new ServerConfig(pid, 1, 100, 200, 100_000, 1, 0, Limits.DEFAULT);
	}

	private static void check(boolean holds, String rule) {
		if (!holds) {
			throw new IllegalArgumentException("Not a server configuration: " + rule);
		}
	}

	public ServerConfig withElectionTickTimeout(int ticks) {
		return new ServerConfig(this.pid, ticks, this.resendMessageTickTimeout, this.flushBatchTickTimeout,
				this.bufferSize, this.batchSize, this.leaderPriority, this.limits);
	}

	public ServerConfig withResendMessageTickTimeout(int ticks) {
		return new ServerConfig(this.pid, this.electionTickTimeout, ticks, this.flushBatchTickTimeout, this.bufferSize,
				this.batchSize, this.leaderPriority, this.limits);
	}

	public ServerConfig withFlushBatchTickTimeout(int ticks) {
		return new ServerConfig(this.pid, this.electionTickTimeout, this.resendMessageTickTimeout, ticks,
				this.bufferSize, this.batchSize, this.leaderPriority, this.limits);
	}

	public ServerConfig withBufferSize(int messages) {
		return new ServerConfig(this.pid, this.electionTickTimeout, this.resendMessageTickTimeout,
				this.flushBatchTickTimeout, messages, this.batchSize, this.leaderPriority, this.limits);
	}

	public ServerConfig withBatchSize(int entries) {
		return new ServerConfig(this.pid, this.electionTickTimeout, this.resendMessageTickTimeout,
				this.flushBatchTickTimeout, this.bufferSize, entries, this.leaderPriority, this.limits);
	}

	public ServerConfig withLeaderPriority(int priority) {
		return new ServerConfig(this.pid, this.electionTickTimeout, this.resendMessageTickTimeout,
				this.flushBatchTickTimeout, this.bufferSize, this.batchSize, priority, this.limits);
	}

	public ServerConfig withLimits(Limits bounds) {
		return new ServerConfig(this.pid, this.electionTickTimeout, this.resendMessageTickTimeout,
				this.flushBatchTickTimeout, this.bufferSize, this.batchSize, this.leaderPriority, bounds);
	}

}
