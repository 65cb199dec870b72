package io.omnipaxos.benchmarks.system;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.aeron.CommonContext;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ClusteredMediaDriver;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NoOpLock;

/**
 * Aeron Cluster: media driver, archive, consensus module and service in one process.
 * Their agents share threads, and back off when idle, since there are fewer cores than
 * agents.
 */
final class AeronClusterSystem implements ReplicatedSystem {

	private static final Supplier<IdleStrategy> IDLE = () -> new BackoffIdleStrategy(1, 10, 1_000,
			TimeUnit.MICROSECONDS.toNanos(100));

	private static final int INGRESS = 0;

	private static final int CONSENSUS = 1;

	private static final int LOG = 2;

	private static final int CATCH_UP = 3;

	private static final int ARCHIVE = 4;

	private static final int REPLICATION = 5;

	private final NodeSettings settings;

	private final String aeronDirectory;

	private final AeronEchoService service = new AeronEchoService();

	private final ClusteredMediaDriver driver;

	private final ClusteredServiceContainer container;

	private final AeronClusterClient client;

	AeronClusterSystem(NodeSettings settings, int syncLevel) {
		this.settings = settings;
		this.aeronDirectory = CommonContext.getAeronDirectoryName() + "-benchmark-" + settings.port(0);
		Path directory = settings.directory();
		Archive.Context archive = archive(directory, syncLevel);
		AeronArchive.Context local = new AeronArchive.Context().lock(NoOpLock.INSTANCE)
			.controlRequestChannel(archive.localControlChannel())
			.controlResponseChannel(archive.localControlChannel())
			.controlRequestStreamId(archive.localControlStreamId())
			.aeronDirectoryName(this.aeronDirectory);
		this.driver = ClusteredMediaDriver.launch(mediaDriver(), archive, consensusModule(directory, syncLevel, local));
		this.container = ClusteredServiceContainer
			.launch(new ClusteredServiceContainer.Context().aeronDirectoryName(this.aeronDirectory)
				.archiveContext(local.clone())
				.clusterDir(directory.resolve("cluster").toFile())
				.clusteredService(this.service)
				.idleStrategySupplier(IDLE));
		this.client = new AeronClusterClient(this.aeronDirectory, IDLE.get());
	}

	private MediaDriver.Context mediaDriver() {
		return new MediaDriver.Context().aeronDirectoryName(this.aeronDirectory)
			.threadingMode(ThreadingMode.SHARED)
			.sharedIdleStrategy(IDLE.get())
			.termBufferSparseFile(true)
			.dirDeleteOnStart(true)
			.dirDeleteOnShutdown(true);
	}

	private Archive.Context archive(Path directory, int syncLevel) {
		return new Archive.Context().aeronDirectoryName(this.aeronDirectory)
			.archiveDir(directory.resolve("archive").toFile())
			.controlChannel("aeron:udp?endpoint=" + endpoint(ARCHIVE))
			.localControlChannel("aeron:ipc?term-length=64k")
			.replicationChannel("aeron:udp?endpoint=" + NodeSettings.HOST + ":0")
			.recordingEventsEnabled(false)
			.threadingMode(ArchiveThreadingMode.SHARED)
			.idleStrategySupplier(IDLE)
			.fileSyncLevel(syncLevel)
			.catalogFileSyncLevel(syncLevel);
	}

	private ConsensusModule.Context consensusModule(Path directory, int syncLevel, AeronArchive.Context local) {
		return new ConsensusModule.Context().aeronDirectoryName(this.aeronDirectory)
			.clusterDir(directory.resolve("cluster").toFile())
			.archiveContext(local.clone())
			.clusterMemberId(this.settings.pid() - 1)
			.clusterMembers(members())
			.ingressChannel("aeron:udp?term-length=1m")
			.isIpcIngressAllowed(true)
			.logChannel("aeron:udp?term-length=16m")
			.replicationChannel("aeron:udp?endpoint=" + endpoint(REPLICATION))
			.fileSyncLevel(syncLevel)
			.idleStrategySupplier(IDLE);
	}

	private String members() {
		return this.settings.pids()
			.mapToObj((pid) -> "%d,%s,%s,%s,%s,%s".formatted(pid - 1, endpoint(pid, INGRESS), endpoint(pid, CONSENSUS),
					endpoint(pid, LOG), endpoint(pid, CATCH_UP), endpoint(pid, ARCHIVE)))
			.collect(Collectors.joining("|"));
	}

	private String endpoint(int use) {
		return endpoint(this.settings.pid(), use);
	}

	private String endpoint(int pid, int use) {
		return NodeSettings.HOST + ":" + this.settings.port(pid, use);
	}

	@Override
	public boolean leads() {
		return this.service.role() == Cluster.Role.LEADER;
	}

	@Override
	public void append(byte[] entry, Completion completion) {
		this.client.append(entry, completion);
	}

	@Override
	public void close() {
		this.client.close();
		this.container.close();
		this.driver.close();
	}

}
