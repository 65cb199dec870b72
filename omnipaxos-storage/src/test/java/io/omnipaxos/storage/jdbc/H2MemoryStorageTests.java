package io.omnipaxos.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.test.storage.DurableStorageContractTests;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Also on a pool, which hands the same database sessions out again and again. */
class H2MemoryStorageTests extends DurableStorageContractTests {

	private final JdbcConnectionPool pool = JdbcConnectionPool.create(H2.newDatabase());

	@Override
	protected StorageFactory openFactory(String cluster, NodeId node) {
		Schemas.create(this.pool, "h2");
		return new JdbcStorageFactory(this.pool, cluster, node);
	}

	@Test
	void theIdentitySaysThatTheDataEndWithTheProcess() {
		assertThat(factory().storageId()).startsWith(StorageFactory.IN_MEMORY_ID_PREFIX);
	}

	@Override
	protected void deleteData() {
		try (Connection connection = this.pool.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute("shutdown immediately");
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		this.pool.dispose();
	}

}
