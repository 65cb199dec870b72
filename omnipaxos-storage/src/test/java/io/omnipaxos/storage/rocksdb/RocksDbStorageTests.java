package io.omnipaxos.storage.rocksdb;

import java.nio.file.Path;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.test.storage.DurableStorageContractTests;
import org.junit.jupiter.api.io.TempDir;

class RocksDbStorageTests extends DurableStorageContractTests {

	@TempDir
	private Path directory;

	@Override
	protected StorageFactory openFactory(String cluster, NodeId node) {
		return new RocksDbStorageFactory(this.directory.resolve("node"), cluster, node);
	}

}
