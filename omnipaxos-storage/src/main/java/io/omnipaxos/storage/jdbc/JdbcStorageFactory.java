package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageIdentityException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the logs of a node in a relational database: H2, MariaDB and PostgreSQL, in the
 * tables that {@code schema-h2.sql}, {@code schema-mariadb.sql} and
 * {@code schema-postgresql.sql} beside this class create. One schema holds all logs of
 * one node, and nothing of another node.
 * <p>
 * Each open log keeps one connection of the data source, and a read takes another for as
 * long as it lasts: one in the log's own thread, one for peers that lag, one for each
 * subscription, and one for each thread that reads the log. A pool needs room for all of
 * them. The data source must hand out connections of their own, not the one of a
 * transaction of the caller.
 * <p>
 * <b>On H2 this sets {@code WRITE_DELAY} to 0</b> for the database, which makes every
 * commit write by itself. A database that can't promise that a commit is on the disk is
 * used all the same, with a warning. Thread-safe.
 */
public final class JdbcStorageFactory implements StorageFactory {

	private static final Logger logger = LoggerFactory.getLogger(JdbcStorageFactory.class);

	private final DataSource dataSource;

	private final Dialect dialect;

	private final String storageId;

	private final Map<NodeId, String> peers;

	/**
	 * Opens the data of a node, and makes them its own if they are nobody's.
	 * @param dataSource where the tables are
	 * @param cluster name of the cluster, at most 255 characters
	 * @param node the node
	 * @throws StorageIdentityException if the data belong to another cluster or node
	 * @throws StorageException if the database can't be reached, or lacks the tables
	 */
	public JdbcStorageFactory(DataSource dataSource, String cluster, NodeId node) {
		this.dataSource = dataSource;
		this.dialect = dialectOf(dataSource);
		Database database = new Database(dataSource, this.dialect);
		this.storageId = database
			.write("The node's identity can't be read",
					(connection) -> IdentityTable.claim(connection, cluster, node, this.dialect.isInMemory()))
			.storageId();
		this.peers = new ConcurrentHashMap<>(
				database.read("The identities of the peers can't be read", PeerTable::read));
		if (this.dialect.weakness() != null) {
			logger.warn("What is decided may be lost in a crash: {}", this.dialect.weakness());
		}
	}

	/** Asks on a calm thread, as it is not known yet whether the database needs one. */
	private static Dialect dialectOf(DataSource dataSource) {
		CalmThreads threads = new CalmThreads();
		try {
			return threads.call(() -> ask(dataSource));
		}
		finally {
			threads.close();
		}
	}

	private static Dialect ask(DataSource dataSource) {
		try (Connection connection = dataSource.getConnection()) {
			return Dialect.of(connection);
		}
		catch (SQLException ex) {
			throw new StorageException("The database can't be reached: " + ex.getMessage(), ex);
		}
	}

	@Override
	public String storageId() {
		return this.storageId;
	}

	@Override
	public synchronized Storage open(String log) {
		return JdbcStorage.open(new Database(this.dataSource, this.dialect), log);
	}

	@Override
	public Optional<String> peerStorageId(NodeId peer) {
		return Optional.ofNullable(this.peers.get(peer));
	}

	@Override
	public synchronized void rememberPeer(NodeId peer, String storageId) {
		new Database(this.dataSource, this.dialect).write("The identity of %s can't be kept".formatted(peer),
				(connection) -> {
					PeerTable.write(connection, peer, storageId);
					return storageId;
				});
		this.peers.put(peer, storageId);
	}

	/** Does nothing: the data source belongs to whoever made it. */
	@Override
	public void close() {
	}

}
