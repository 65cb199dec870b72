package io.omnipaxos.test.storage;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageIdentityException;
import io.omnipaxos.core.storage.StorageOp.Append;
import io.omnipaxos.core.storage.StorageOp.SetPromise;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.test.storage.StorageSamples.ballot;
import static io.omnipaxos.test.storage.StorageSamples.bytes;
import static io.omnipaxos.test.storage.StorageSamples.command;
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

	private static final int LONG_READ = 40;

	private static final int LARGE = 500_000;

	private static final Duration PATIENCE = Duration.ofSeconds(30);

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

	/** Of two that end during a read, the second has begun during it, too. */
	@Test
	void writesGoOnDuringALongRead() {
		for (int index = 0; index < LONG_READ; index++) {
			write(new Append(index, List.of(command(index, bytes(LARGE, index)))));
		}
		AtomicLong writes = new AtomicLong();
		AtomicBoolean done = new AtomicBoolean();
		ExecutorService writer = Executors.newSingleThreadExecutor();
		try {
			Future<?> writing = writer.submit(() -> {
				while (!done.get()) {
					write(new SetPromise(ballot(writes.incrementAndGet())));
				}
			});
			assertThat(writesDuringOneOfTheReads(writes)).isGreaterThanOrEqualTo(2);
			done.set(true);
			assertThat(writing).succeedsWithin(PATIENCE);
		}
		finally {
			done.set(true);
			writer.shutdownNow();
		}
	}

	private long writesDuringOneOfTheReads(AtomicLong writes) {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		long during = 0;
		while (during < 2 && System.nanoTime() < deadline) {
			long before = writes.get();
			assertThat(storage().entries(0, LONG_READ, Long.MAX_VALUE)).hasSize(LONG_READ);
			during = writes.get() - before - 1;
		}
		return during;
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
