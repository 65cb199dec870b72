package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

import io.omnipaxos.core.model.NodeId;

/** The table that says which storage each peer had when it was met. */
final class PeerTable {

	private PeerTable() {
	}

	static Map<NodeId, String> read(Connection connection) throws SQLException {
		Map<NodeId, String> peers = new HashMap<>();
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("select pid, storage_id from omnipaxos_peer")) {
			while (rows.next()) {
				peers.put(new NodeId(rows.getLong(1)), rows.getString(2));
			}
		}
		return peers;
	}

	/** Writes a row, instead of any earlier one of that peer. */
	static void write(Connection connection, NodeId peer, String storageId) throws SQLException {
		if (change(connection, "update omnipaxos_peer set storage_id = ? where pid = ?", peer, storageId) == 0) {
			change(connection, "insert into omnipaxos_peer (storage_id, pid) values (?, ?)", peer, storageId);
		}
	}

	private static int change(Connection connection, String sql, NodeId peer, String storageId) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setString(1, storageId);
			statement.setLong(2, peer.value());
			return statement.executeUpdate();
		}
	}

}
