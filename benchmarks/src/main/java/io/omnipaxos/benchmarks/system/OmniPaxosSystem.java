package io.omnipaxos.benchmarks.system;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.EntryType;
import io.omnipaxos.node.ReplicatedLog;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * Ours, as a user runs it: a Spring Boot application with the starter and a web server,
 * default settings, a log of bytes.
 */
final class OmniPaxosSystem implements ReplicatedSystem {

	private static final String NO_DATA_SOURCE = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration";

	private final NodeId self;

	private final ConfigurableApplicationContext application;

	private final ReplicatedLog<byte[]> log;

	private final @Nullable DatabaseServer database;

	private OmniPaxosSystem(NodeSettings node, Map<String, Object> storage, @Nullable DatabaseServer database) {
		this.self = new NodeId(node.pid());
		this.database = database;
		this.application = new SpringApplicationBuilder(Application.class).properties(settings(node))
			.properties(storage)
			.run();
		this.log = this.application.getBean(Application.LogHolder.class).log();
	}

	/**
	 * Decided entries are trimmed as the run goes on, else the heap would be full soon.
	 */
	static OmniPaxosSystem inMemory(NodeSettings node) {
		OmniPaxosSystem system = new OmniPaxosSystem(node,
				Map.of("omnipaxos.storage.type", "memory", "spring.autoconfigure.exclude", NO_DATA_SOURCE), null);
		Trimmer.start(system.log, system::leads);
		return system;
	}

	static OmniPaxosSystem inRocksDb(NodeSettings node) {
		return new OmniPaxosSystem(node,
				Map.of("omnipaxos.storage.type", "rocksdb", "omnipaxos.storage.rocksdb.path",
						node.directory().resolve("log").toString(), "spring.autoconfigure.exclude", NO_DATA_SOURCE),
				null);
	}

	static OmniPaxosSystem inH2(NodeSettings node) {
		String url = "jdbc:h2:file:%s;DB_CLOSE_ON_EXIT=FALSE".formatted(node.directory().resolve("log"));
		return new OmniPaxosSystem(node, jdbc(url, "sa"), null);
	}

	static OmniPaxosSystem inPostgreSql(NodeSettings node) throws IOException {
		return inDatabase(node, new PostgresServer(node));
	}

	static OmniPaxosSystem inMariaDb(NodeSettings node) throws IOException {
		return inDatabase(node, new MariaDbServer(node));
	}

	private static OmniPaxosSystem inDatabase(NodeSettings node, DatabaseServer server) {
		return new OmniPaxosSystem(node, jdbc(server.url(), server.user()), server);
	}

	private static Map<String, Object> jdbc(String url, String user) {
		return Map.of("omnipaxos.storage.type", "jdbc", "omnipaxos.storage.jdbc.initialize-schema", "always",
				"spring.datasource.url", url, "spring.datasource.username", user);
	}

	private static Map<String, Object> settings(NodeSettings node) {
		Map<String, Object> settings = new HashMap<>(Map.of("server.address", NodeSettings.HOST, "server.port",
				node.port(0), "omnipaxos.server.pid", node.pid(), "spring.main.banner-mode", "off"));
		node.pids().forEach((pid) -> {
			settings.put("omnipaxos.cluster.nodes[%d]".formatted(pid - 1), pid);
			settings.put("omnipaxos.peers.%d".formatted(pid),
					"http://%s:%d".formatted(NodeSettings.HOST, node.port(pid, 0)));
		});
		return settings;
	}

	@Override
	public boolean leads() {
		return this.log.leader().filter(this.self::equals).isPresent();
	}

	@Override
	public void append(byte[] entry, Completion completion) {
		this.log.append(entry).whenComplete((where, failure) -> completion.completed(failure));
	}

	@Override
	public long decided() {
		return this.log.indexes().decided();
	}

	@Override
	public Stream<ProcessHandle> helpers() {
		return (this.database != null) ? this.database.processes() : Stream.empty();
	}

	@Override
	public void close() throws IOException {
		this.application.close();
		if (this.database != null) {
			this.database.close();
		}
	}

	/** The whole application. */
	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		EntryType<byte[]> benchmarkEntryType() {
			return EntryType.ofBytes("benchmark");
		}

		@Bean
		LogHolder logHolder(ReplicatedLog<byte[]> log) {
			return new LogHolder(log);
		}

		record LogHolder(ReplicatedLog<byte[]> log) {
		}

	}

}
