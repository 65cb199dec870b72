package io.omnipaxos.test.simulation;

import io.omnipaxos.core.ServerConfig;

/**
 * A length of simulated time: election rounds, ticks and units, taken together.
 *
 * @param electionRounds how many election timeouts
 * @param ticks how many ticks on top of that
 * @param units how many units on top of that, {@link SimulatedCluster#TICK} to a tick
 */
public record Timespan(double electionRounds, long ticks, long units) {

	/** Returns a number of election timeouts, each one heartbeat round. */
	public static Timespan electionRounds(double rounds) {
		return new Timespan(rounds, 0, 0);
	}

	/** Returns a number of ticks. */
	public static Timespan ticks(long ticks) {
		return new Timespan(0, ticks, 0);
	}

	/** Returns a number of units. */
	public static Timespan units(long units) {
		return new Timespan(0, 0, units);
	}

	/** Returns the length in units of time. */
	long in(ServerConfig server) {
		return this.units + this.ticks * SimulatedCluster.TICK
				+ Math.round(this.electionRounds * server.electionTickTimeout() * SimulatedCluster.TICK);
	}

}
