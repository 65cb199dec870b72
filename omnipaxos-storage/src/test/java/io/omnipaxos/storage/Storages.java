package io.omnipaxos.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.storage.jdbc.JdbcStorageFactory;
import io.omnipaxos.storage.jdbc.MariaDb;
import io.omnipaxos.storage.jdbc.Postgres;
import io.omnipaxos.storage.jdbc.Schemas;
import io.omnipaxos.storage.rocksdb.RocksDbStorageFactory;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** The durable storages, to be opened by processes that know only a word about them. */
public enum Storages {

	/** H2 in a file; told the directory. */
	H2 {
		@Override
		public StorageFactory open(String where, String cluster, NodeId node) {
			return jdbc(JdbcConnectionPool.create("jdbc:h2:file:" + Path.of(where).resolve("node"), "sa", ""), "h2",
					cluster, node);
		}
	},

	/** PostgreSQL; told the URL. */
	POSTGRESQL {
		@Override
		public StorageFactory open(String where, String cluster, NodeId node) {
			PGConnectionPoolDataSource dataSource = new PGConnectionPoolDataSource();
			dataSource.setUrl(where);
			dataSource.setUser(Postgres.USER);
			return jdbc(JdbcConnectionPool.create(dataSource), "postgresql", cluster, node);
		}

		@Override
		public String place(Path directory) {
			return Postgres.newSchema().getUrl();
		}

		@Override
		public void copy(String from, String to) throws IOException {
			Postgres.copyTables(from, to);
		}
	},

	/** MariaDB; told the URL. */
	MARIADB {
		@Override
		public StorageFactory open(String where, String cluster, NodeId node) {
			return jdbc(JdbcConnectionPool.create(MariaDb.dataSource(where)), "mariadb", cluster, node);
		}

		@Override
		public String place(Path directory) {
			return MariaDb.newDatabase();
		}

		@Override
		public void copy(String from, String to) {
			MariaDb.copyTables(from, to);
		}
	},

	/** RocksDB; told the directory. */
	ROCKSDB {
		@Override
		public StorageFactory open(String where, String cluster, NodeId node) {
			return new RocksDbStorageFactory(Path.of(where), cluster, node);
		}
	};

	static final String CLUSTER = "bank";

	static final NodeId NODE = new NodeId(2);

	/** Opens the data at a place, as those of a node. */
	public abstract StorageFactory open(String where, String cluster, NodeId node);

	/** Opens the data at a place, as those of the same node every time. */
	public StorageFactory open(String where) {
		return open(where, CLUSTER, NODE);
	}

	/** Returns a place for data, given a directory. */
	public String place(Path directory) {
		return directory.resolve("data").toString();
	}

	/** Copies the data that nobody has open to a place where there are none. */
	public void copy(String from, String to) throws IOException {
		Path source = Path.of(from);
		try (Stream<Path> files = Files.walk(source)) {
			for (Path file : files.toList()) {
				Files.copy(file, Path.of(to).resolve(source.relativize(file)));
			}
		}
	}

	private static StorageFactory jdbc(JdbcConnectionPool pool, String platform, String cluster, NodeId node) {
		Schemas.create(pool, platform);
		try {
			return new PooledFactory(new JdbcStorageFactory(pool, cluster, node), pool);
		}
		catch (RuntimeException ex) {
			pool.dispose();
			throw ex;
		}
	}

	/** Closes the pool along with the factory, so that nothing is left open. */
	private record PooledFactory(StorageFactory factory, JdbcConnectionPool pool) implements StorageFactory {

		@Override
		public String storageId() {
			return this.factory.storageId();
		}

		@Override
		public Storage open(String log) {
			return this.factory.open(log);
		}

		@Override
		public Optional<String> peerStorageId(NodeId peer) {
			return this.factory.peerStorageId(peer);
		}

		@Override
		public void rememberPeer(NodeId peer, String storageId) {
			this.factory.rememberPeer(peer, storageId);
		}

		@Override
		public void close() {
			this.factory.close();
			this.pool.dispose();
		}

	}

}
