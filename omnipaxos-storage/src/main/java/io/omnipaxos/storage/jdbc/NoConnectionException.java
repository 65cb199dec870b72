package io.omnipaxos.storage.jdbc;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** There is no connection just now: the pool has none left, or the database is away. */
final class NoConnectionException extends SQLTransientConnectionException {

	private static final long serialVersionUID = 1L;

	NoConnectionException(SQLException cause) {
		super(cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), cause);
	}

}
