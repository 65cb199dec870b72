package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a server's settings make of a commit. */
class MariaDbDialectTests {

	@Test
	void aServerThatFlushesAtEveryCommitIsDurable() {
		assertThat(MariaDbDialect.weakness(1, false, 0)).isNull();
		assertThat(MariaDbDialect.weakness(1, true, 1)).isNull();
	}

	@Test
	void aServerThatFlushesLaterIsNot() {
		assertThat(MariaDbDialect.weakness(2, false, 0)).contains("innodb_flush_log_at_trx_commit = 2");
	}

	@Test
	void aServerThatMayFindItsBinaryLogShorterIsNot() {
		assertThat(MariaDbDialect.weakness(1, true, 0)).contains("sync_binlog = 0");
	}

	@Test
	void theServerIsAskedForItsSettings() throws SQLException {
		try (Connection connection = MariaDb.dataSource(MariaDb.newDatabase()).getConnection()) {
			assertThat(Dialect.of(connection).weakness()).isNull();
			MariaDb.execute("set global innodb_flush_log_at_trx_commit = 0");
			assertThat(Dialect.of(connection).weakness()).contains("innodb_flush_log_at_trx_commit = 0");
		}
		finally {
			MariaDb.execute("set global innodb_flush_log_at_trx_commit = 1");
		}
	}

}
