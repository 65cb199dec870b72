package io.omnipaxos.storage;

import java.nio.file.Path;
import java.util.Optional;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.storage.jdbc.JdbcStorageFactory;
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
		public StorageFactory open(String where) {
			return jdbc(JdbcConnectionPool.create("jdbc:h2:file:" + Path.of(where).resolve("node"), "sa", ""), "h2");
		}
	},

	/** PostgreSQL; told the URL. */
	POSTGRESQL {
		@Override
		public StorageFactory open(String where) {
			PGConnectionPoolDataSource dataSource = new PGConnectionPoolDataSource();
			dataSource.setUrl(where);
			dataSource.setUser(Postgres.USER);
			return jdbc(JdbcConnectionPool.create(dataSource), "postgresql");
		}

		@Override
		public String place(Path directory) {
			return Postgres.newSchema().getUrl();
		}
	},

	/** RocksDB; told the directory. */
	ROCKSDB {
		@Override
		public StorageFactory open(String where) {
			return new RocksDbStorageFactory(Path.of(where), CLUSTER, NODE);
		}
	};

	private static final String CLUSTER = "bank";

	private static final NodeId NODE = new NodeId(2);

	/** Opens the data at a place. */
	public abstract StorageFactory open(String where);

	/** Returns a place for data, given a directory. */
	public String place(Path directory) {
		return directory.resolve("data").toString();
	}

	private static StorageFactory jdbc(JdbcConnectionPool pool, String platform) {
		Schemas.create(pool, platform);
		return new PooledFactory(new JdbcStorageFactory(pool, CLUSTER, NODE), pool);
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
