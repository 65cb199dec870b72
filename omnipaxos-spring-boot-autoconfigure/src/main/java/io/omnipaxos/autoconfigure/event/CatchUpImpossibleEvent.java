package io.omnipaxos.autoconfigure.event;

/**
 * This node's log lags behind, and every node that was asked has trimmed what it lacks.
 *
 * @param log name of the log
 * @param from first index that this node lacks
 * @param availableFrom first index that is to be had
 * @since 0.1.0
 */
public record CatchUpImpossibleEvent(String log, long from, long availableFrom) {

}
