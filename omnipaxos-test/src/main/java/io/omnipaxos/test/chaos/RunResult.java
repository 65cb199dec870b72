package io.omnipaxos.test.chaos;

/**
 * What a run that went well was like.
 *
 * @param steps events that happened
 * @param entries entries that were decided
 * @param roundsToDecide election timeouts from the last fault until a new append at a
 * quorum-connected node was decided
 */
public record RunResult(long steps, long entries, double roundsToDecide) {
}
