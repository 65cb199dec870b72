package io.omnipaxos.autoconfigure.event;

/**
 * This node's replica of a log has stopped by itself. The application goes on without it
 * until it is restarted.
 *
 * @param log name of the log
 * @param cause what the storage threw, or which invariant broke
 * @since 0.1.0
 */
public record ReplicaFailedEvent(String log, Throwable cause) {

}
