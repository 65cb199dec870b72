package io.omnipaxos.benchmarks.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * The PostgreSQL server of one node, which syncs its commits as it does by default
 * (embedded servers do not).
 */
final class PostgresServer implements DatabaseServer {

	private static final String USER = "postgres";

	private final Path data;

	private final EmbeddedPostgres server;

	PostgresServer(NodeSettings node) throws IOException {
		this.data = node.directory().resolve("postgresql");
		this.server = EmbeddedPostgres.builder()
			.setDataDirectory(this.data)
			.setPort(node.port(1))
			.setServerConfig("fsync", "on")
			.setServerConfig("synchronous_commit", "on")
			.start();
	}

	@Override
	public String url() {
		return this.server.getJdbcUrl(USER, "postgres");
	}

	@Override
	public String user() {
		return USER;
	}

	@Override
	public Stream<ProcessHandle> processes() {
		try (Stream<String> lines = Files.lines(this.data.resolve("postmaster.pid"))) {
			long pid = Long.parseLong(lines.findFirst().orElseThrow().strip());
			return ProcessHandle.of(pid).stream();
		}
		catch (IOException ex) {
			throw new IllegalStateException("PostgreSQL does not run in " + this.data, ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
