package io.omnipaxos.storage.jdbc;

import java.util.UUID;

import org.h2.jdbcx.JdbcDataSource;

/** H2 databases in memory. */
final class H2 {

	private H2() {
	}

	/** Returns a database of its own, which lives as long as the process. */
	static JdbcDataSource newDatabase() {
		JdbcDataSource database = new JdbcDataSource();
		database.setUrl("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
		database.setUser("sa");
		return database;
	}

}
