package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.util.UUID;

/**
 * A database that this storage was not tried on. Its commits may be durable or not. An
 * owner is not known to be gone, so the last one to open a log has it: a former owner
 * fails at its next write.
 */
final class UnknownDialect implements Dialect {

	private final String product;

	UnknownDialect(String product) {
		this.product = product;
	}

	@Override
	public String platform() {
		return this.product;
	}

	@Override
	public String weakness() {
		return "nothing is known about the database " + this.product;
	}

	@Override
	public String session(Connection connection) {
		return UUID.randomUUID().toString();
	}

	@Override
	public boolean isAlive(Connection connection, String session) {
		return false;
	}

}
