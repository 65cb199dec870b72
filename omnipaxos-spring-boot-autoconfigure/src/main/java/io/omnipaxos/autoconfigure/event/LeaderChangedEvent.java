package io.omnipaxos.autoconfigure.event;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * This node follows another leader of a log, or none.
 *
 * @param log name of the log
 * @param leader leader, this node itself included, or {@code null} when none is known
 * @param ballot ballot of that leader, or of the one before when none is known
 * @since 0.1.0
 */
public record LeaderChangedEvent(String log, @Nullable NodeId leader, Ballot ballot) {

}
