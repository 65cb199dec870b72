package io.omnipaxos.autoconfigure.diagnostics;

import java.sql.SQLException;
import java.util.Set;

import io.omnipaxos.core.storage.StorageException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a start that failed because a storage can't be opened. */
class StorageFailureAnalyzer extends AbstractFailureAnalyzer<StorageException> {

	/** No such table: in the standard, in H2, and in PostgreSQL. */
	private static final Set<String> MISSING_TABLE = Set.of("42S02", "42S04", "42P01");

	private static final String CREATE_SCHEMA = """
			Set 'omnipaxos.storage.jdbc.initialize-schema' to 'always', or run the schema script for the database, \
			which is in io/omnipaxos/storage/jdbc of the module omnipaxos-storage.
			The setting counts for the data source that the node finds by itself, not for that of a JdbcStorageFactory \
			that the application defines: to give the log a data source of its own, annotate that with \
			@OmniPaxosDataSource instead.""";

	private static final String CHECK = """
			Check what 'omnipaxos.storage' and, for a database, 'spring.datasource' point at. If another process has \
			the storage open, stop it first: a node runs once.""";

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, StorageException cause) {
		return new FailureAnalysis("The storage of this node can't be opened: " + cause.getMessage(),
				isTableMissing(cause.getCause()) ? CREATE_SCHEMA : CHECK, cause);
	}

	private static boolean isTableMissing(@Nullable Throwable cause) {
		return cause instanceof SQLException failure && failure.getSQLState() != null
				&& MISSING_TABLE.contains(failure.getSQLState());
	}

}
