package io.omnipaxos.autoconfigure.event;

import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Payload;

/**
 * A log's configuration has ended; nothing is decided after its stop-sign. Published
 * again at every start of the node, as it may have stopped before what was to be done
 * came to be done.
 *
 * @param log name of the log
 * @param index index of the stop-sign
 * @param next configuration that follows
 * @param metadata what was decided along with it
 * @since 0.1.0
 */
public record ConfigurationStoppedEvent(String log, long index, ClusterConfig next, Payload metadata) {

}
