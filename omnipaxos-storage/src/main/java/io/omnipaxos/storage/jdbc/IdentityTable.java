package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.storage.format.NodeIdentity;
import org.jspecify.annotations.Nullable;

/** The table that says whose data these are: one row, written once. */
final class IdentityTable {

	/** What the states of all violated constraints begin with, here that of the key. */
	private static final String DUPLICATE_KEY = "23";

	private IdentityTable() {
	}

	/**
	 * Returns the identity of the data, which is drawn now if they have none.
	 * @param inMemory whether the data end with the process
	 */
	static NodeIdentity claim(Connection connection, String cluster, NodeId node, boolean inMemory)
			throws SQLException {
		NodeIdentity found = read(connection);
		if (found == null) {
			insert(connection, NodeIdentity.draw(cluster, node, inMemory));
			found = read(connection);
		}
		if (found == null) {
			throw new StorageException("The identity of the data was deleted while it was written", null);
		}
		found.check(cluster, node);
		return found;
	}

	private static @Nullable NodeIdentity read(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement
					.executeQuery("select cluster_name, pid, storage_id from omnipaxos_identity")) {
			return row.next() ? new NodeIdentity(row.getString(1), new NodeId(row.getLong(2)), row.getString(3)) : null;
		}
	}

	/** Writes the identity, unless somebody else was faster. */
	private static void insert(Connection connection, NodeIdentity identity) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(
				"insert into omnipaxos_identity (id, cluster_name, pid, storage_id) values (1, ?, ?, ?)")) {
			statement.setString(1, identity.cluster());
			statement.setLong(2, identity.node().value());
			statement.setString(3, identity.storageId());
			statement.executeUpdate();
		}
		catch (SQLException ex) {
			String state = ex.getSQLState();
			if (state == null || !state.startsWith(DUPLICATE_KEY)) {
				throw ex;
			}
		}
	}

}
