package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.StorageIdentityException;
import org.jspecify.annotations.Nullable;

/**
 * Whose data these are.
 *
 * @param cluster name of the cluster
 * @param node the node
 * @param storageId what was drawn when the data were first used
 */
record Identity(String cluster, NodeId node, String storageId) {

	private static final String DUPLICATE_KEY = "23505";

	/** Reads whose data these are, having made them the node's if they were nobody's. */
	static Identity claim(Connection connection, String cluster, NodeId node) throws SQLException {
		Identity found = read(connection);
		if (found == null) {
			insert(connection, new Identity(cluster, node, UUID.randomUUID().toString()));
			found = read(connection);
		}
		if (found == null || !found.cluster.equals(cluster) || !found.node.equals(node)) {
			throw new StorageIdentityException(describe(cluster, node),
					(found != null) ? describe(found.cluster, found.node) : "nobody");
		}
		return found;
	}

	private static @Nullable Identity read(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement
					.executeQuery("select cluster_name, pid, storage_id from omnipaxos_identity")) {
			return row.next() ? new Identity(row.getString(1), new NodeId(row.getLong(2)), row.getString(3)) : null;
		}
	}

	/** Writes the identity, unless somebody else was faster. */
	private static void insert(Connection connection, Identity identity) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(
				"insert into omnipaxos_identity (id, cluster_name, pid, storage_id) values (1, ?, ?, ?)")) {
			statement.setString(1, identity.cluster);
			statement.setLong(2, identity.node.value());
			statement.setString(3, identity.storageId);
			statement.executeUpdate();
		}
		catch (SQLException ex) {
			if (!DUPLICATE_KEY.equals(ex.getSQLState())) {
				throw ex;
			}
		}
	}

	private static String describe(String cluster, NodeId node) {
		return "cluster %s, node %s".formatted(cluster, node);
	}

}
