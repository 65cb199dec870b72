package io.omnipaxos.autoconfigure.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.omnipaxos.core.ReplicaStatus;
import io.omnipaxos.core.ReplicaStatus.PeerStatus;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.Transport.PeerConnection;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Description of a log, as one node sees it.
 *
 * @param role {@code leader} or {@code follower}
 * @param phase {@code prepare} or {@code accept}
 * @param leader leader that the node knows, or {@code null}
 * @param promise highest ballot promised
 * @param acceptedRound ballot whose leader's log was adopted
 * @param compactedIndex first index whose entry is kept
 * @param decidedIndex length of the decided prefix
 * @param acceptedIndex length of the log
 * @param pending entries appended here that wait to be decided
 * @param quorumConnected whether the node hears its leader, or, if it leads, enough nodes
 * to decide
 * @param full whether the node's storage has no room for more entries
 * @param stopped whether the configuration has ended
 * @param missingFrom first index that the node lacks and nobody still has, or
 * {@code null}
 * @param writingMillis for how long a write to the node's storage has been under way, or
 * {@code null}
 * @param heldUpMillis for how long the log's thread has been held up, or {@code null}
 * while it is at work
 * @param failure why the replica has stopped by itself, or {@code null}
 * @param peers what the node knows of each other node
 * @since 0.1.0
 */
public record LogDescriptor(String role, String phase, @Nullable Long leader, BallotDescriptor promise,
		BallotDescriptor acceptedRound, long compactedIndex, long decidedIndex, long acceptedIndex, int pending,
		boolean quorumConnected, boolean full, boolean stopped, @Nullable Long missingFrom,
		@Nullable Long writingMillis, @Nullable Long heldUpMillis, @Nullable String failure,
		List<PeerDescriptor> peers) implements OperationResponseBody {

	static LogDescriptor of(ReplicaStatus status, Duration writing, Duration heldUp, @Nullable Throwable failure,
			Map<NodeId, PeerConnection> connections, Duration tick) {
		NodeId leader = status.leader();
		return new LogDescriptor(status.role().part(), status.role().phase(), (leader != null) ? leader.value() : null,
				BallotDescriptor.of(status.promise()), BallotDescriptor.of(status.acceptedRound()),
				status.indexes().compacted(), status.indexes().decided(), status.indexes().accepted(), status.pending(),
				status.connectivity().leader(), status.full(), status.isStopped(),
				(status.missingFrom() >= 0) ? status.missingFrom() : null, millis(writing), millis(heldUp),
				(failure != null) ? failure.toString() : null,
				status.peers()
					.stream()
					.map((peer) -> PeerDescriptor.of(status, peer, connections.get(peer.pid()), tick))
					.toList());
	}

	private static @Nullable Long millis(Duration time) {
		return time.isZero() ? null : time.toMillis();
	}

	/**
	 * Description of a ballot.
	 *
	 * @param configurationId configuration it belongs to
	 * @param n number of the attempt
	 * @param priority preference of the operator
	 * @param pid node that leads in it
	 */
	public record BallotDescriptor(int configurationId, long n, int priority, long pid) {

		static BallotDescriptor of(Ballot ballot) {
			return new BallotDescriptor(ballot.configurationId(), ballot.n(), ballot.priority(), ballot.pid().value());
		}

	}

	/**
	 * Description of another node.
	 *
	 * @param pid node
	 * @param heard whether it answered in the last heartbeat round
	 * @param lastContactMillis time since a message of it arrived, or {@code null} for
	 * never
	 * @param decidedIndex highest decided index it told
	 * @param lag how many entries it is known to lack of those that this node has decided
	 * @param stream the stream to it, or {@code null} when the transport knows none
	 */
	public record PeerDescriptor(long pid, boolean heard, @Nullable Long lastContactMillis, long decidedIndex, long lag,
			@Nullable StreamDescriptor stream) {

		static PeerDescriptor of(ReplicaStatus status, PeerStatus peer, @Nullable PeerConnection connection,
				Duration tick) {
			long ticks = peer.ticksSinceHeard();
			return new PeerDescriptor(peer.pid().value(), peer.connected(),
					(ticks >= 0) ? tick.multipliedBy(ticks).toMillis() : null, peer.decidedIndex(), lag(status, peer),
					(connection != null) ? StreamDescriptor.of(connection) : null);
		}

		static long lag(ReplicaStatus status, PeerStatus peer) {
			return Math.max(0, status.indexes().decided() - peer.decidedIndex());
		}

	}

	/**
	 * Description of the stream to another node.
	 *
	 * @param connected whether messages can leave now
	 * @param detail why not, or where to
	 * @param messagesSent messages written so far
	 * @param messagesDropped messages that found no room, or no connection
	 * @param bytesSent bytes written so far
	 * @param bytesReceived bytes that came from the node so far
	 */
	public record StreamDescriptor(boolean connected, String detail, long messagesSent, long messagesDropped,
			long bytesSent, long bytesReceived) {

		static StreamDescriptor of(PeerConnection connection) {
			return new StreamDescriptor(connection.connected(), connection.detail(), connection.sent(),
					connection.dropped(), connection.bytesSent(), connection.bytesReceived());
		}

	}

}
