package io.omnipaxos.benchmarks.system;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The systems there are, and how each is set up. */
public enum SystemKind {

	/** Ours, in memory. */
	OMNIPAXOS_MEMORY("OmniPaxos, memory", false, OmniPaxosSystem::inMemory),

	/** Ours, in RocksDB. */
	OMNIPAXOS_ROCKSDB("OmniPaxos, RocksDB", true, OmniPaxosSystem::inRocksDb),

	/** Ours, in a file of H2. */
	OMNIPAXOS_H2("OmniPaxos, H2", true, OmniPaxosSystem::inH2),

	/** Ours, each node with a PostgreSQL server of its own. */
	OMNIPAXOS_POSTGRESQL("OmniPaxos, PostgreSQL", true, OmniPaxosSystem::inPostgreSql),

	/** Ours, each node with a MariaDB server of its own. */
	OMNIPAXOS_MARIADB("OmniPaxos, MariaDB", true, OmniPaxosSystem::inMariaDb),

	/** SOFAJRaft, synced. */
	JRAFT("SOFAJRaft", true, (node) -> new JRaftSystem(node, true)),

	/** SOFAJRaft that leaves syncing to the operating system. */
	JRAFT_NO_SYNC("SOFAJRaft, no sync", false, (node) -> new JRaftSystem(node, false)),

	/** JGroups-RAFT with its log in a file, synced. */
	JGROUPS_RAFT("JGroups-RAFT, file", true, (node) -> new JGroupsRaftSystem(node, true)),

	/** JGroups-RAFT with its log in memory. */
	JGROUPS_RAFT_MEMORY("JGroups-RAFT, memory", false, (node) -> new JGroupsRaftSystem(node, false)),

	/** Aeron Cluster, synced. */
	AERON("Aeron Cluster", true, (node) -> new AeronClusterSystem(node, 1)),

	/** Aeron Cluster that leaves syncing to the operating system. */
	AERON_NO_SYNC("Aeron Cluster, no sync", false, (node) -> new AeronClusterSystem(node, 0)),

	/** Apache Ratis, synced. */
	RATIS("Ratis", true, (node) -> new RatisSystem(node, true)),

	/** Apache Ratis with its log in memory. */
	RATIS_MEMORY("Ratis, memory", false, (node) -> new RatisSystem(node, false)),

	/** etcd, synced. */
	ETCD("etcd", true, EtcdSystem::onDisk),

	/** etcd with its files in shared memory. */
	ETCD_MEMORY("etcd, tmpfs", false, EtcdSystem::inSharedMemory);

	/** What some of the systems ask to be started with. */
	public static final List<String> JVM_OPTIONS = List.of("--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
			"--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "--add-opens=java.base/java.util.zip=ALL-UNNAMED");

	private final String title;

	private final boolean durable;

	private final Launcher launcher;

	SystemKind(String title, boolean durable, Launcher launcher) {
		this.title = title;
		this.durable = durable;
		this.launcher = launcher;
	}

	/** Returns the kind that an option names, such as {@code omnipaxos-memory}. */
	public static SystemKind of(String option) {
		return Arrays.stream(values())
			.filter((kind) -> kind.option().equals(option))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no system %s, but %s".formatted(option,
					Arrays.stream(values()).map(SystemKind::option).toList())));
	}

	/** Returns how this is named as an option. */
	public String option() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** Returns how this is named in a table. */
	public String title() {
		return this.title;
	}

	/** Returns whether an entry is on the disks of a majority before it counts. */
	public boolean isDurable() {
		return this.durable;
	}

	/** Returns whether this can be run here. */
	public boolean isAvailable() {
		return switch (this) {
			case ETCD, ETCD_MEMORY -> EtcdSystem.isInstalled();
			case OMNIPAXOS_MARIADB -> MariaDbServer.runsHere();
			default -> true;
		};
	}

	/** Starts a node, and returns when it is ready to hear the others. */
	public ReplicatedSystem launch(NodeSettings node) throws Exception {
		return this.launcher.launch(node);
	}

	@FunctionalInterface
	private interface Launcher {

		ReplicatedSystem launch(NodeSettings node) throws Exception;

	}

}
