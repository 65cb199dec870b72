package io.omnipaxos.benchmarks.system;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.logbuffer.Header;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/** Answers each entry with its correlation id, the first eight bytes. */
final class AeronEchoService implements ClusteredService {

	private @Nullable IdleStrategy idle;

	private volatile Cluster.@Nullable Role role;

	Cluster.@Nullable Role role() {
		return this.role;
	}

	@Override
	public void onStart(Cluster cluster, @Nullable Image snapshot) {
		this.idle = cluster.idleStrategy();
		this.role = cluster.role();
	}

	@Override
	public void onSessionMessage(@Nullable ClientSession session, long timestamp, DirectBuffer buffer, int offset,
			int length, Header header) {
		if (session == null || this.idle == null) {
			return;
		}
		this.idle.reset();
		while (session.offer(buffer, offset, BitUtil.SIZE_OF_LONG) < 0 && !session.isClosing()) {
			this.idle.idle();
		}
	}

	@Override
	public void onRoleChange(Cluster.Role newRole) {
		this.role = newRole;
	}

	@Override
	public void onSessionOpen(ClientSession session, long timestamp) {
	}

	@Override
	public void onSessionClose(ClientSession session, long timestamp, CloseReason reason) {
	}

	@Override
	public void onTimerEvent(long correlationId, long timestamp) {
	}

	@Override
	public void onTakeSnapshot(ExclusivePublication snapshot) {
	}

	@Override
	public void onTerminate(Cluster cluster) {
	}

}
