package io.omnipaxos.test.storage;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageIdentityException;
import io.omnipaxos.core.storage.StorageOp.Append;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.test.storage.StorageSamples.commands;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a storage must do whose data outlive the process: it knows whose they are.
 */
public abstract class DurableStorageContractTests extends StorageContractTests {

	/** Cluster that the data belong to. */
	protected static final String CLUSTER = "bank";

	/** Node that the data belong to. */
	protected static final NodeId NODE = new NodeId(2);

	/**
	 * Returns a factory for a node.
	 * @param cluster cluster of the node
	 * @param node node that opens the data
	 * @return factory, which the caller closes
	 */
	protected abstract StorageFactory openFactory(String cluster, NodeId node);

	@Override
	protected final StorageFactory openFactory() {
		return openFactory(CLUSTER, NODE);
	}

	@Test
	void dataKeepTheirIdentity() {
		String drawn = factory().storageId();
		assertThat(drawn).isNotBlank();

		reopen();
		assertThat(factory().storageId()).isEqualTo(drawn);
	}

	@Test
	void dataOfAnotherNodeAreRefused() {
		write(new Append(0, commands(0, 3)));
		close();

		refuses(CLUSTER, new NodeId(3), "n3");
		open();
		assertThat(entriesFrom(0)).isEqualTo(commands(0, 3));
	}

	@Test
	void dataOfAnotherClusterAreRefused() {
		close();

		refuses("another bank", NODE, "another bank");
		open();
	}

	private void refuses(String cluster, NodeId node, String wanted) {
		assertThatExceptionOfType(StorageIdentityException.class).isThrownBy(() -> {
			try (StorageFactory factory = openFactory(cluster, node)) {
				factory.open(LOG).close();
			}
		}).satisfies((ex) -> {
			assertThat(ex.expected()).contains(wanted);
			assertThat(ex.found()).contains(CLUSTER).contains(NODE.toString());
		});
	}

	@Test
	void aSecondOwnerIsRefusedUntilTheFirstLetsGo() {
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> {
			try (StorageFactory second = openFactory()) {
				second.open(LOG).close();
			}
		});

		write(new Append(0, commands(0, 3)));
		reopen();
		assertThat(entriesFrom(0)).isEqualTo(commands(0, 3));
	}

}
