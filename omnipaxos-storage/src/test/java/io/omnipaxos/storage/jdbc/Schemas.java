package io.omnipaxos.storage.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

import javax.sql.DataSource;

/** Creates the tables, as Spring Boot would. */
public final class Schemas {

	/** Names of the tables. */
	static final List<String> TABLES = List.of("omnipaxos_identity", "omnipaxos_peer", "omnipaxos_log",
			"omnipaxos_entries", "omnipaxos_snapshot");

	private Schemas() {
	}

	/** Runs the script of a platform; once more does no harm. */
	public static void create(DataSource dataSource, String platform) {
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			for (String sql : statements(platform)) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static List<String> statements(String platform) {
		return Arrays.stream(script(platform).split(";")).filter((sql) -> !sql.isBlank()).toList();
	}

	private static String script(String platform) {
		String name = "schema-%s.sql".formatted(platform);
		try (InputStream in = JdbcStorageFactory.class.getResourceAsStream(name)) {
			if (in == null) {
				throw new IllegalStateException("No " + name);
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
