package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp.Append;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.test.storage.StorageSamples.bytes;
import static io.omnipaxos.test.storage.StorageSamples.command;
import static io.omnipaxos.test.storage.StorageSamples.commands;
import static org.assertj.core.api.Assertions.assertThat;

/** A read of several pages, while a write puts other entries in the place of some. */
class ReadBesideACutTests {

	/** Too long to share a block. */
	private static final List<Entry> LONG = List.of(command(105, bytes(300_000, 1)), command(106, bytes(300_000, 2)),
			command(107, bytes(300_000, 3)));

	private final List<Entry> read = new ArrayList<>();

	private JdbcConnectionPool pool;

	@BeforeEach
	void createTables() {
		this.pool = JdbcConnectionPool.create(H2.newDatabase());
		Schemas.create(this.pool, "h2");
	}

	@AfterEach
	void close() {
		this.pool.dispose();
	}

	@Test
	void aReadThatBeginsBeforeTheCommitOfAWriteAndEndsAfterItIsOfOneLog() {
		FaultyDataSource database = new FaultyDataSource(this.pool);
		try (StorageFactory factory = new JdbcStorageFactory(database.dataSource(), "bank", new NodeId(1));
				Storage storage = factory.open("accounts")) {
			for (int index = 0; index < 8; index++) {
				storage.write(List.of(new Append(index, commands(index, index + 1))));
			}
			database.before("commit", 1, (writing) -> {
				database.before("executeQuery", 2, (reading) -> commit(writing));
				this.read.addAll(storage.entries(5, 8, Long.MAX_VALUE));
			});

			storage.write(List.of(new Append(5, LONG)));

			assertThat(this.read).isEqualTo(commands(5, 6));
			assertThat(storage.entries(5, 8, Long.MAX_VALUE)).isEqualTo(LONG);
		}
	}

	private static void commit(Connection connection) {
		try {
			connection.commit();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
