package io.omnipaxos.storage.jdbc;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.test.storage.DurableStorageContractTests;
import org.h2.jdbcx.JdbcConnectionPool;

class MariaDbStorageTests extends DurableStorageContractTests {

	private final JdbcConnectionPool pool = JdbcConnectionPool.create(MariaDb.dataSource(MariaDb.newDatabase()));

	@Override
	protected StorageFactory openFactory(String cluster, NodeId node) {
		Schemas.create(this.pool, "mariadb");
		return new JdbcStorageFactory(this.pool, cluster, node);
	}

	@Override
	protected void deleteData() {
		this.pool.dispose();
	}

}
