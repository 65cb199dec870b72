package io.omnipaxos.storage.jdbc;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageUnavailableException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SqlFailuresTests {

	private final Dialect dialect = new UnknownDialect("H2");

	/** The application may have taken all connections, which says nothing of the log. */
	@Test
	void aPoolThatIsEmptyIsNoDamage() {
		SQLException failure = new SQLTransientConnectionException("not available, request timed out after 30000ms");

		assertThat(SqlFailures.describe("Entries can't be read", this.dialect, failure))
			.isInstanceOf(StorageUnavailableException.class)
			.hasMessage("Entries can't be read: not available, request timed out after 30000ms")
			.hasCause(failure);
	}

	@Test
	void aFullDiskIsNotOvercomeByWaiting() {
		SQLException failure = new SQLException("No space left on device", "53100");

		assertThat(SqlFailures.describe("Entries can't be written", this.dialect, failure))
			.isExactlyInstanceOf(StorageException.class)
			.hasCause(failure);
	}

}
