package io.omnipaxos.test.storage;

import io.omnipaxos.core.storage.MemoryStorage;
import io.omnipaxos.core.storage.MemoryStorageFactory;
import io.omnipaxos.core.storage.StorageFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryStorageTests extends StorageContractTests {

	private final MemoryStorageFactory factory = new MemoryStorageFactory("drawn", 0);

	@Override
	protected StorageFactory openFactory() {
		return this.factory;
	}

	@Test
	void aRestartedNodeGoesOnFromTheSessionItIsTold() {
		assertThat(new MemoryStorage(41).load().session()).isEqualTo(41);
		assertThat(new MemoryStorageFactory("drawn", 41).open(LOG).load().session()).isEqualTo(41);
	}

}
