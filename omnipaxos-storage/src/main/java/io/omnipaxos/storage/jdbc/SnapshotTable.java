package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import io.omnipaxos.core.model.Payload;
import io.omnipaxos.storage.format.SnapshotChunk;
import io.omnipaxos.storage.format.SnapshotPiece;
import io.omnipaxos.storage.format.WritePlan.SnapshotChange;

/**
 * The table of snapshots, seen by one transaction: a row for each chunk. The one that is
 * staged has the number after that of the one that is installed.
 */
final class SnapshotTable {

	private static final String INSERT = "insert into omnipaxos_snapshot (log_id, snapshot_number, byte_offset, data) "
			+ "values (?, ?, ?, ?)";

	private static final String DELETE_UP_TO = "delete from omnipaxos_snapshot "
			+ "where log_id = ? and snapshot_number <= ?";

	private static final String DELETE_ABOVE = "delete from omnipaxos_snapshot "
			+ "where log_id = ? and snapshot_number > ?";

	static final String CHUNKS = "select byte_offset, data from omnipaxos_snapshot "
			+ "where log_id = ? and snapshot_number = ? and byte_offset >= coalesce((select byte_offset "
			+ "from omnipaxos_snapshot where log_id = ? and snapshot_number = ? and byte_offset <= ? "
			+ "order by log_id desc, snapshot_number desc, byte_offset desc fetch first 1 row only), 0) "
			+ "and byte_offset < ? order by log_id, snapshot_number, byte_offset";

	private final Connection connection;

	private final int logId;

	SnapshotTable(Connection connection, int logId) {
		this.connection = connection;
		this.logId = logId;
	}

	void apply(SnapshotChange change) throws SQLException {
		if (change instanceof SnapshotChange.Add add) {
			insert(add.number(), add.offset(), add.data());
		}
		else if (change instanceof SnapshotChange.DropUpTo drop) {
			delete(DELETE_UP_TO, drop.number());
		}
		else if (change instanceof SnapshotChange.DropAbove drop) {
			delete(DELETE_ABOVE, drop.number());
		}
	}

	private void insert(long number, long offset, Payload piece) throws SQLException {
		if (piece.size() == 0) {
			return;
		}
		try (PreparedStatement statement = this.connection.prepareStatement(INSERT)) {
			for (SnapshotChunk chunk : SnapshotChunk.of(offset, piece)) {
				statement.setInt(1, this.logId);
				statement.setLong(2, number);
				statement.setLong(3, chunk.offset());
				statement.setBytes(4, chunk.toBytes(number));
				statement.addBatch();
			}
			statement.executeBatch();
		}
	}

	private void delete(String sql, long number) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
			statement.setInt(1, this.logId);
			statement.setLong(2, number);
			statement.executeUpdate();
		}
	}

	/**
	 * Returns the bytes {@code [offset, offset + size)}, or none if they are not there.
	 */
	Payload read(long number, long offset, int size) throws SQLException {
		SnapshotPiece piece = new SnapshotPiece(offset, size);
		try (PreparedStatement statement = this.connection.prepareStatement(CHUNKS)) {
			statement.setInt(1, this.logId);
			statement.setLong(2, number);
			statement.setInt(3, this.logId);
			statement.setLong(4, number);
			statement.setLong(5, offset);
			statement.setLong(6, offset + size);
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					piece.add(SnapshotChunk.stored(number, row.getLong(1), row.getBytes(2)));
				}
			}
		}
		return (piece.next() == offset + size) ? piece.payload() : Payload.EMPTY;
	}

}
