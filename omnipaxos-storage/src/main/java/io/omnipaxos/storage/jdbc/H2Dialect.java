package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * H2 commits to memory and lets background threads write. With {@code WRITE_DELAY 0} the
 * commit itself writes, and {@code CHECKPOINT SYNC} then forces the file.
 * <p>
 * Neither does alone. With a write delay {@code CHECKPOINT SYNC} may find that another
 * thread has taken the commit over and not written it yet, and force a file that lacks
 * it.
 */
final class H2Dialect implements Dialect {

	private static final Pattern IN_MEMORY = Pattern.compile("jdbc:h2:(.*/)?mem:.*");

	private static final int ADMIN_RIGHTS_REQUIRED = 90040;

	/** In capitals, as the names are where H2 takes them as they are written. */
	private static final String SESSION = "SESSION_ID || '@' || extract(epoch from SESSION_START)";

	private final boolean inMemory;

	private final @Nullable String weakness;

	private H2Dialect(boolean inMemory, @Nullable String weakness) {
		this.inMemory = inMemory;
		this.weakness = weakness;
	}

	static H2Dialect of(Connection connection) throws SQLException {
		if (IN_MEMORY.matcher(connection.getMetaData().getURL()).matches()) {
			return new H2Dialect(true, "it is an H2 database in memory");
		}
		try {
			execute(connection, "checkpoint sync");
			return new H2Dialect(false, null);
		}
		catch (SQLException ex) {
			if (ex.getErrorCode() == ADMIN_RIGHTS_REQUIRED) {
				return new H2Dialect(false,
						"H2 writes behind, and only a user with admin rights can make it force its file");
			}
			throw ex;
		}
	}

	@Override
	public String platform() {
		return "h2";
	}

	@Override
	public @Nullable String weakness() {
		return this.weakness;
	}

	/**
	 * Java closes a channel that an interrupted thread uses, and H2 reads and writes
	 * through one.
	 */
	@Override
	public boolean isHarmedByInterrupts() {
		return true;
	}

	@Override
	public boolean isInMemory() {
		return this.inMemory;
	}

	/** The whole database knows of it, and keeps it. */
	@Override
	public List<String> makeDurable(Connection connection) throws SQLException {
		if (this.weakness == null) {
			execute(connection, "set write_delay 0");
		}
		return List.of();
	}

	@Override
	public void force(Connection connection) throws SQLException {
		if (this.weakness == null) {
			execute(connection, "checkpoint sync");
		}
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	@Override
	public String session(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(
						"select " + SESSION + " from INFORMATION_SCHEMA.SESSIONS where SESSION_ID = session_id()")) {
			row.next();
			return row.getString(1);
		}
	}

	@Override
	public boolean isAlive(Connection connection, String session) throws SQLException {
		try (PreparedStatement statement = connection
			.prepareStatement("select count(*) from INFORMATION_SCHEMA.SESSIONS where " + SESSION + " = ?")) {
			statement.setString(1, session);
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return row.getInt(1) > 0;
			}
		}
	}

}
