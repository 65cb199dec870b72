package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp.Append;
import io.omnipaxos.core.storage.StorageOp.SetDecided;
import io.omnipaxos.core.storage.StorageOp.StageSnapshot;
import io.omnipaxos.core.storage.StorageOp.Trim;
import io.omnipaxos.test.storage.StorageSamples;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.test.storage.StorageSamples.commands;
import static io.omnipaxos.test.storage.StorageSamples.sessions;
import static org.assertj.core.api.Assertions.assertThat;

/** However long the log, a statement visits only the rows that it returns, on H2 too. */
class QueryPlanTests {

	private static final int ROWS = 1_000;

	private static final Pattern VISITED = Pattern.compile("scanCount: (\\d+)");

	private final JdbcConnectionPool pool = JdbcConnectionPool.create(H2.newDatabase());

	private StorageFactory factory;

	private Storage storage;

	@BeforeEach
	void write() {
		Schemas.create(this.pool, "h2");
		this.factory = new JdbcStorageFactory(this.pool, "bank", new NodeId(1));
		this.storage = this.factory.open("accounts");
		for (int index = 0; index < ROWS; index++) {
			this.storage.write(List.of(new Append(index, commands(index, index + 1)),
					new StageSnapshot(new SnapshotId(0, 1), index, StorageSamples.bytes(1, index))));
		}
	}

	@AfterEach
	void close() {
		this.storage.close();
		this.factory.close();
		this.pool.dispose();
	}

	@Test
	void aReadVisitsTheRowsItReturns() throws SQLException {
		assertThat(visitedRows(EntryTable.BLOCK, 1, 1, 700)).isBetween(1, 5);
		assertThat(visitedRows(EntryTable.BLOCKS, 1_000, 1, 700, 800, 8)).isBetween(8, 20);
	}

	@Test
	void aReadOfASnapshotVisitsTheRowsItReturns() throws SQLException {
		assertThat(visitedRows(SnapshotTable.CHUNKS, 1, 1, 1, 1, 700, 710)).isBetween(10, 25);
	}

	@Test
	void aSweepVisitsTheRowsItRemoves() throws SQLException {
		assertThat(visitedRows(EntryTable.OLDEST, 1, 900, 101)).isBetween(101, 250);
	}

	/** A trim must not hold up its write however much there is to remove. */
	@Test
	void whatIsTrimmedIsRemovedALittleWithEachWrite() throws SQLException {
		this.storage.write(List.of(new SetDecided(ROWS, sessions(1, 1)), new Trim(ROWS - 10, sessions(1, 1))));
		assertThat(this.storage.entries(ROWS - 11, ROWS, 1_000)).isEmpty();
		assertThat(storedBlocks()).isBetween(ROWS - 100, ROWS - 1);

		for (int index = ROWS; index < ROWS + 12; index++) {
			this.storage.write(List.of(new Append(index, commands(index, index + 1))));
		}
		assertThat(storedBlocks()).isEqualTo(10 + 12);
		assertThat(this.storage.entries(ROWS - 10, ROWS + 12, 100_000)).isEqualTo(commands(ROWS - 10, ROWS + 12));
	}

	private int storedBlocks() throws SQLException {
		try (Connection connection = this.pool.getConnection();
				PreparedStatement statement = connection.prepareStatement("select count(*) from omnipaxos_entries");
				ResultSet row = statement.executeQuery()) {
			row.next();
			return row.getInt(1);
		}
	}

	private int visitedRows(String sql, int... arguments) throws SQLException {
		try (Connection connection = this.pool.getConnection();
				PreparedStatement statement = connection.prepareStatement("explain analyze " + sql)) {
			for (int i = 0; i < arguments.length; i++) {
				statement.setInt(i + 1, arguments[i]);
			}
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return VISITED.matcher(row.getString(1))
					.results()
					.map((MatchResult visited) -> visited.group(1))
					.mapToInt(Integer::parseInt)
					.sum();
			}
		}
	}

}
