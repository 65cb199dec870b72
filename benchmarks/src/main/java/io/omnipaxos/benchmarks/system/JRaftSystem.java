package io.omnipaxos.benchmarks.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.Collectors;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Iterator;
import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.RaftGroupService;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.core.StateMachineAdapter;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.Task;
import com.alipay.sofa.jraft.option.NodeOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import org.jspecify.annotations.Nullable;

/**
 * SOFAJRaft with its default log storage, RocksDB. Batching and the pipelined replicator
 * are on, as they are by default; its metrics are off.
 */
final class JRaftSystem implements ReplicatedSystem {

	private static final int ELECTION_TIMEOUT_MILLIS = 1000;

	private final RaftGroupService service;

	private final Node node;

	JRaftSystem(NodeSettings settings, boolean sync) {
		RaftOptions raft = new RaftOptions();
		raft.setSync(sync);
		raft.setReplicatorPipeline(true);
		NodeOptions options = new NodeOptions();
		options.setRaftOptions(raft);
		options.setElectionTimeoutMs(ELECTION_TIMEOUT_MILLIS);
		options.setDisableCli(true);
		options.setSnapshotIntervalSecs(0);
		options.setFsm(new Log());
		options.setLogUri(settings.directory().resolve("log").toString());
		options.setRaftMetaUri(settings.directory().resolve("meta").toString());
		Configuration members = new Configuration();
		String addresses = settings.pids()
			.mapToObj((pid) -> NodeSettings.HOST + ":" + settings.port(pid, 0))
			.collect(Collectors.joining(","));
		if (!members.parse(addresses)) {
			throw new IllegalArgumentException(addresses);
		}
		options.setInitialConf(members);
		this.service = new RaftGroupService("benchmark", new PeerId(NodeSettings.HOST, settings.port(0)), options);
		this.node = this.service.start();
	}

	@Override
	public boolean leads() {
		return this.node.isLeader();
	}

	@Override
	public void append(byte[] entry, Completion completion) {
		this.node.apply(new Task(ByteBuffer.wrap(entry), (status) -> completion.completed(failure(status))));
	}

	private static @Nullable IOException failure(Status status) {
		return status.isOk() ? null : new IOException(status.toString());
	}

	@Override
	public void close() throws IOException {
		this.service.shutdown();
		try {
			this.service.join();
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

	/** Applies nothing, and completes what was appended here. */
	private static final class Log extends StateMachineAdapter {

		@Override
		public void onApply(Iterator entries) {
			while (entries.hasNext()) {
				Closure done = entries.done();
				if (done != null) {
					done.run(Status.OK());
				}
				entries.next();
			}
		}

	}

}
