package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.storage.format.EntryBlock;
import org.jspecify.annotations.Nullable;

/**
 * The table of entries, seen by one transaction: a row for each block of entries, or
 * several where an entry is longer than a row may be. Blocks follow one another without a
 * gap and don't overlap.
 */
final class EntryTable {

	private static final int BLOCK_BYTES = 256 * 1024;

	static final int ROW_BYTES = 512 * 1024;

	private static final String INSERT = "insert into omnipaxos_entries (log_id, first_index, part, parts, data) "
			+ "values (?, ?, ?, ?, ?)";

	private static final String DELETE_FROM = "delete from omnipaxos_entries where log_id = ? and first_index >= ?";

	private static final String DELETE_BELOW = "delete from omnipaxos_entries where log_id = ? and first_index < ?";

	/** Read backwards along the key: H2 would visit every row for a maximum. */
	private static final String FIRST_OF_BLOCK = "select first_index from omnipaxos_entries "
			+ "where log_id = ? and first_index <= ? order by log_id desc, first_index desc fetch first 1 row only";

	static final String BLOCK = "select first_index, part, parts, data from omnipaxos_entries "
			+ "where log_id = ? and first_index = (" + FIRST_OF_BLOCK + ") order by part";

	static final String BLOCKS = "select first_index, part, parts, "
			+ "case when octet_length(data) <= ? then data end from omnipaxos_entries "
			+ "where log_id = ? and first_index >= ? and first_index < ? "
			+ "order by log_id, first_index, part fetch first ? rows only";

	static final String OLDEST = "select max(first_index), count(*) from (select first_index from omnipaxos_entries "
			+ "where log_id = ? and first_index <= ? and part = 0 order by log_id, first_index "
			+ "fetch first ? rows only) oldest";

	private static final int SWEPT_BLOCKS = 100;

	private final Connection connection;

	private final int logId;

	EntryTable(Connection connection, int logId) {
		this.connection = connection;
		this.logId = logId;
	}

	/** Adds entries behind the last. */
	void insert(long from, List<Entry> entries) throws SQLException {
		if (entries.isEmpty()) {
			return;
		}
		try (PreparedStatement statement = this.connection.prepareStatement(INSERT)) {
			for (EntryBlock block : EntryBlock.of(from, entries, BLOCK_BYTES)) {
				addRows(statement, block);
			}
			statement.executeBatch();
		}
	}

	private void addRows(PreparedStatement statement, EntryBlock block) throws SQLException {
		byte[] bytes = block.bytes();
		int parts = (bytes.length + ROW_BYTES - 1) / ROW_BYTES;
		for (int part = 0; part < parts; part++) {
			int start = part * ROW_BYTES;
			statement.setInt(1, this.logId);
			statement.setLong(2, block.first());
			statement.setInt(3, part);
			statement.setInt(4, parts);
			statement.setBytes(5,
					(parts == 1) ? bytes : Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + ROW_BYTES)));
			statement.addBatch();
		}
	}

	/** Removes the entries at {@code index} and above. */
	void cut(long index) throws SQLException {
		List<EntryBlock> blocks = blockOf(index);
		EntryBlock last = blocks.isEmpty() ? null : blocks.get(0);
		if (last != null && last.first() < index && last.end() > index) {
			delete(DELETE_FROM, last.first());
			insert(last.first(), last.before(index));
		}
		else {
			delete(DELETE_FROM, index);
		}
	}

	/**
	 * Removes some of the blocks below the one that {@code index} is in: not all at once,
	 * which could take longer than a write may.
	 * @return whether more may be left
	 */
	boolean sweep(long index) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(OLDEST)) {
			statement.setInt(1, this.logId);
			statement.setLong(2, index);
			statement.setInt(3, SWEPT_BLOCKS + 1);
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				int blocks = row.getInt(2);
				if (blocks > 1) {
					delete(DELETE_BELOW, row.getLong(1));
				}
				return blocks > SWEPT_BLOCKS;
			}
		}
	}

	private void delete(String sql, long index) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
			statement.setInt(1, this.logId);
			statement.setLong(2, index);
			statement.executeUpdate();
		}
	}

	/** Returns the block that an entry is in, or nothing if there is none. */
	List<EntryBlock> blockOf(long index) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(BLOCK)) {
			statement.setInt(1, this.logId);
			statement.setInt(2, this.logId);
			statement.setLong(3, index);
			return read(statement).complete();
		}
	}

	/**
	 * Returns blocks that follow each other.
	 * @param from index at which the first of them begins
	 * @param to index at which no block needs to begin
	 * @param size how much to read; if that is not even one block, one is read
	 */
	List<EntryBlock> blocks(long from, long to, PageSize size) throws SQLException {
		if (size.rows() == 1) {
			return blockOf(from);
		}
		try (PreparedStatement statement = this.connection.prepareStatement(BLOCKS)) {
			statement.setInt(1, size.longestRow());
			statement.setInt(2, this.logId);
			statement.setLong(3, from);
			statement.setLong(4, to);
			statement.setInt(5, size.rows());
			BlockAssembler blocks = read(statement);
			return blocks.isCutShort() ? blockOf(from) : blocks.complete();
		}
	}

	private static BlockAssembler read(PreparedStatement statement) throws SQLException {
		BlockAssembler blocks = new BlockAssembler();
		try (ResultSet row = statement.executeQuery()) {
			boolean more = true;
			while (more && row.next()) {
				more = blocks.add(row.getLong(1), row.getInt(2), row.getInt(3), row.getBytes(4));
			}
		}
		return blocks;
	}

	/**
	 * Puts blocks together that stand in several rows, up to content that was left out.
	 */
	private static final class BlockAssembler {

		private final List<EntryBlock> complete = new ArrayList<>();

		private final List<byte[]> open = new ArrayList<>();

		private boolean cutShort;

		/** Returns whether the next row can follow. */
		boolean add(long first, int part, int parts, byte @Nullable [] data) {
			if (data == null) {
				this.cutShort = true;
				return false;
			}
			this.open.add(data);
			if (part == parts - 1) {
				this.complete.add(EntryBlock.stored(first, joined()));
				this.open.clear();
			}
			return true;
		}

		private byte[] joined() {
			if (this.open.size() == 1) {
				return this.open.get(0);
			}
			byte[] whole = new byte[this.open.stream().mapToInt((part) -> part.length).sum()];
			int at = 0;
			for (byte[] part : this.open) {
				System.arraycopy(part, 0, whole, at, part.length);
				at += part.length;
			}
			return whole;
		}

		/**
		 * Returns whether there is a block that did not come whole, and none before it.
		 */
		boolean isCutShort() {
			return this.complete.isEmpty() && (this.cutShort || !this.open.isEmpty());
		}

		List<EntryBlock> complete() {
			return this.complete;
		}

	}

}
