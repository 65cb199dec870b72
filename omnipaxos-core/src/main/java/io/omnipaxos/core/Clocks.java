package io.omnipaxos.core;

/** The replica's timers, and what was true when the election timer last fired. */
final class Clocks {

	private final TickTimer election;

	private final TickTimer resend;

	private boolean leaderHeard;

	Clocks(ServerConfig server) {
		this.election = new TickTimer(server.electionTickTimeout());
		this.resend = new TickTimer(server.resendMessageTickTimeout());
	}

	boolean electionTick() {
		return this.election.tick();
	}

	boolean resendTick() {
		return this.resend.tick();
	}

	void leaderHeard(boolean heard) {
		this.leaderHeard = heard;
	}

	boolean isLeaderHeard() {
		return this.leaderHeard;
	}

}
