package io.omnipaxos.storage.jdbc;

import java.nio.file.Path;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.test.storage.DurableStorageContractTests;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.io.TempDir;

class H2FileStorageTests extends DurableStorageContractTests {

	@TempDir
	private Path directory;

	@Override
	protected StorageFactory openFactory(String cluster, NodeId node) {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setUrl("jdbc:h2:file:" + this.directory.resolve("node"));
		Schemas.create(dataSource, "h2");
		return new JdbcStorageFactory(dataSource, cluster, node);
	}

}
