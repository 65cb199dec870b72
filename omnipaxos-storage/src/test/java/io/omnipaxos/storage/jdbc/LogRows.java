package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

/** Changes rows behind the storage's back. */
final class LogRows {

	private LogRows() {
	}

	/** Makes a log look as if its owner were gone. */
	static void disown(DataSource dataSource, String log) {
		try (Connection connection = dataSource.getConnection();
				PreparedStatement statement = connection
					.prepareStatement("update omnipaxos_log set owner = null where log_name = ?")) {
			statement.setString(1, log);
			statement.executeUpdate();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Executes any statement. */
	static void execute(DataSource dataSource, String sql) {
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
