package io.omnipaxos.benchmarks.system;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/**
 * Apache Ratis over gRPC. The limits that would turn a thousand outstanding appends away
 * are raised, and appends to followers are pipelined and batched.
 */
final class RatisSystem implements ReplicatedSystem {

	private static final RaftGroupId GROUP = RaftGroupId
		.valueOf(UUID.nameUUIDFromBytes(new byte[] { 'b', 'e', 'n', 'c', 'h' }));

	private static final int MANY = 1 << 16;

	private final RaftServer server;

	private final ClientId client = ClientId.randomId();

	private final AtomicLong calls = new AtomicLong();

	RatisSystem(NodeSettings settings, boolean durable) throws IOException {
		List<RaftPeer> peers = settings.pids()
			.mapToObj((pid) -> RaftPeer.newBuilder()
				.setId(name(pid))
				.setAddress(NodeSettings.HOST + ":" + settings.port(pid, 0))
				.build())
			.toList();
		RaftProperties properties = new RaftProperties();
		GrpcConfigKeys.Server.setHost(properties, NodeSettings.HOST);
		GrpcConfigKeys.Server.setPort(properties, settings.port(0));
		GrpcConfigKeys.Server.setLeaderOutstandingAppendsMax(properties, 128);
		// On busy cores heartbeats are late by more than the default of 150 ms.
		RaftServerConfigKeys.Rpc.setTimeoutMin(properties, TimeDuration.valueOf(1, TimeUnit.SECONDS));
		RaftServerConfigKeys.Rpc.setTimeoutMax(properties, TimeDuration.valueOf(2, TimeUnit.SECONDS));
		RaftServerConfigKeys.setStorageDir(properties, List.of(settings.directory().resolve("log").toFile()));
		RaftServerConfigKeys.Log.setUseMemory(properties, !durable);
		RaftServerConfigKeys.Log.setQueueElementLimit(properties, MANY);
		RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SizeInBytes.valueOf("32MB"));
		RaftServerConfigKeys.Log.setPreallocatedSize(properties, SizeInBytes.valueOf("32MB"));
		RaftServerConfigKeys.Log.Appender.setBufferElementLimit(properties, 1024);
		RaftServerConfigKeys.Log.Appender.setBufferByteLimit(properties, SizeInBytes.valueOf("4MB"));
		RaftServerConfigKeys.Write.setElementLimit(properties, MANY);
		this.server = RaftServer.newBuilder()
			.setServerId(RaftPeerId.valueOf(name(settings.pid())))
			.setGroup(RaftGroup.valueOf(GROUP, peers))
			.setStateMachine(new Log())
			.setProperties(properties)
			.build();
		this.server.start();
	}

	private static String name(int pid) {
		return "node-" + pid;
	}

	@Override
	public boolean leads() {
		try {
			return this.server.getDivision(GROUP).getInfo().isLeaderReady();
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public void append(byte[] entry, Completion completion) {
		RaftClientRequest request = RaftClientRequest.newBuilder()
			.setClientId(this.client)
			.setServerId(this.server.getId())
			.setGroupId(GROUP)
			.setCallId(this.calls.incrementAndGet())
			.setType(RaftClientRequest.writeRequestType())
			.setMessage(Message.valueOf(ByteString.copyFrom(entry)))
			.build();
		try {
			this.server.submitClientRequestAsync(request).whenComplete((reply, failure) -> {
				if (failure == null && !reply.isSuccess()) {
					completion.completed(reply.getException());
				}
				else {
					completion.completed(failure);
				}
			});
		}
		catch (IOException ex) {
			completion.completed(ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

	/** Keeps nothing but how far it has come. */
	private static final class Log extends BaseStateMachine {

		private static final CompletableFuture<Message> DONE = CompletableFuture.completedFuture(Message.EMPTY);

		@Override
		public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
			updateLastAppliedTermIndex(transaction.getLogEntry().getTerm(), transaction.getLogEntry().getIndex());
			return DONE;
		}

	}

}
