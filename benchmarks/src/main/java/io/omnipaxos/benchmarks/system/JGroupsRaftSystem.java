package io.omnipaxos.benchmarks.system;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

import org.jgroups.JChannel;
import org.jgroups.raft.Options;
import org.jgroups.raft.RaftHandle;
import org.jgroups.raft.StateMachine;

/**
 * JGroups-RAFT over TCP: the stack of its {@code raft.xml}, with the transport, the
 * discovery and the credits of JGroups' {@code tcp.xml}.
 */
final class JGroupsRaftSystem implements ReplicatedSystem {

	private static final String STACK = """
			<config xmlns="urn:org:jgroups">
				<TCP bind_addr="127.0.0.1" bind_port="%d" port_range="0" diag.enabled="false"
					thread_pool.min_threads="0" thread_pool.max_threads="200"/>
				<TCPPING initial_hosts="%s" port_range="0"/>
				<MERGE3 min_interval="1000" max_interval="3000"/>
				<FD_SOCK2/>
				<FD_ALL3 timeout="40s" interval="5s"/>
				<VERIFY_SUSPECT2 timeout="1.5s"/>
				<pbcast.NAKACK2 use_mcast_xmit="false"/>
				<UNICAST3/>
				<pbcast.STABLE desired_avg_gossip="50s" max_bytes="4M"/>
				<raft.NO_DUPES/>
				<pbcast.GMS print_local_addr="false" join_timeout="2s"/>
				<UFC max_credits="10M" min_threshold="0.4"/>
				<MFC max_credits="10M" min_threshold="0.4"/>
				<FRAG2 frag_size="60K"/>
				<raft.ELECTION/>
				<raft.RAFT members="%s" raft_id="%s" log_class="%s" log_dir="%s" log_prefix="log" log_use_fsync="%s"
					max_log_size="%d"/>
				<raft.REDIRECT/>
			</config>
			""";

	/**
	 * A log in memory is cut at this size; one on the disk is never, as for the others.
	 */
	private static final long MEMORY_LOG_BYTES = 64L << 20;

	private static final Options NO_RESULT = Options.create(true);

	private final JChannel channel;

	private final RaftHandle raft;

	JGroupsRaftSystem(NodeSettings settings, boolean durable) throws Exception {
		String hosts = settings.pids()
			.mapToObj((pid) -> "%s[%d]".formatted(NodeSettings.HOST, settings.port(pid, 0)))
			.collect(Collectors.joining(","));
		String members = settings.pids().mapToObj(JGroupsRaftSystem::name).collect(Collectors.joining(","));
		Path stack = settings.directory().resolve("jgroups.xml");
		Files.writeString(stack,
				STACK.formatted(settings.port(0), hosts, members, name(settings.pid()),
						durable ? "org.jgroups.protocols.raft.FileBasedLog" : "org.jgroups.protocols.raft.InMemoryLog",
						settings.directory(), durable, durable ? Long.MAX_VALUE : MEMORY_LOG_BYTES));
		this.channel = new JChannel(stack.toString()).name(name(settings.pid()));
		this.raft = new RaftHandle(this.channel, new Log());
		this.channel.connect("benchmark");
	}

	private static String name(int pid) {
		return "node-" + pid;
	}

	@Override
	public boolean leads() {
		return this.raft.isLeader();
	}

	@Override
	public void append(byte[] entry, Completion completion) {
		try {
			this.raft.setAsync(entry, 0, entry.length, NO_RESULT)
				.whenComplete((result, failure) -> completion.completed(failure));
		}
		catch (Exception ex) {
			completion.completed(ex);
		}
	}

	@Override
	public void close() {
		this.channel.close();
	}

	/** Keeps nothing. */
	private static final class Log implements StateMachine {

		@Override
		public byte[] apply(byte[] data, int offset, int length, boolean serializeResponse) {
			return new byte[0];
		}

		@Override
		public void readContentFrom(DataInput in) {
		}

		@Override
		public void writeContentTo(DataOutput out) throws IOException {
			out.writeInt(0);
		}

	}

}
