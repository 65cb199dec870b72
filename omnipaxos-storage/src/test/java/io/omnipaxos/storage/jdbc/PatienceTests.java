package io.omnipaxos.storage.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageUnavailableException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** How long the same is tried, as seen by a clock that only attempts move. */
class PatienceTests {

	private final AtomicLong nanos = new AtomicLong();

	private final AtomicInteger attempts = new AtomicInteger();

	private final Database database = new Database(new JdbcDataSource(), new UnknownDialect("test"), this.nanos::get);

	@Test
	void anAttemptThatTakesLongToFailIsMadeAgain() {
		String result = this.database.patiently("It can't be written", () -> {
			if (this.attempts.incrementAndGet() == 1) {
				throw after(Duration.ofSeconds(50), new SQLException("Lock wait timeout exceeded", "HY000", 1205));
			}
			return "written";
		});

		assertThat(result).isEqualTo("written");
	}

	@Test
	void whatFailsAgainAndAgainIsGivenUp() {
		assertThatExceptionOfType(StorageUnavailableException.class)
			.isThrownBy(() -> this.database.patiently("It can't be written", () -> {
				this.attempts.incrementAndGet();
				throw after(Duration.ofSeconds(4), new SQLException("Connection reset", "08006"));
			}));

		assertThat(this.attempts).hasValue(4);
	}

	/** A pool has waited for a connection before it says that it has none. */
	@Test
	void aPoolIsNotWaitedForTwice() {
		assertThatExceptionOfType(StorageUnavailableException.class)
			.isThrownBy(() -> this.database.patiently("It can't be read", () -> {
				this.attempts.incrementAndGet();
				throw after(Duration.ofSeconds(30), new NoConnectionException(new SQLException("Timeout", "08001")));
			}));

		assertThat(this.attempts).hasValue(1);
	}

	@Test
	void whatDoesNotPassIsTriedOnce() {
		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> this.database.patiently("It can't be written", () -> {
				this.attempts.incrementAndGet();
				throw new SQLException("No space left on device", "53100");
			}));

		assertThat(this.attempts).hasValue(1);
	}

	private SQLException after(Duration duration, SQLException failure) {
		this.nanos.addAndGet(duration.toNanos());
		return failure;
	}

}
