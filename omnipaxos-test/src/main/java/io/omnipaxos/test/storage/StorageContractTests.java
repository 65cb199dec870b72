package io.omnipaxos.test.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp;
import io.omnipaxos.core.storage.StorageOp.Append;
import io.omnipaxos.core.storage.StorageOp.SetDecided;
import io.omnipaxos.core.storage.StorageOp.StartSession;
import io.omnipaxos.core.storage.StorageOp.Trim;
import io.omnipaxos.core.storage.StoredState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.omnipaxos.test.storage.StorageSamples.command;
import static io.omnipaxos.test.storage.StorageSamples.commands;
import static io.omnipaxos.test.storage.StorageSamples.configuration;
import static io.omnipaxos.test.storage.StorageSamples.sessions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What every storage must do. A class that extends this one says how to open the storage
 * in question; one that is durable extends {@link DurableStorageContractTests}, which
 * asks more.
 */
public abstract class StorageContractTests extends SnapshotContractTests {

	private static final int CHANGES = 200;

	private static final int CONCURRENT_WRITES = 200;

	/**
	 * Draws changes of all kinds, several in a batch, and compares with the same changes
	 * made in the most obvious way.
	 */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void anySequenceOfChangesGivesTheLogItDescribes(long seed) {
		NaiveLog expected = new NaiveLog(seed);
		for (int change = 1; change <= CHANGES; change++) {
			List<StorageOp> batch = new ArrayList<>(expected.change());
			for (int more = 0; more < change % 3; more++) {
				batch.addAll(expected.change());
			}
			storage().write(batch);
			if (change % 50 == 0) {
				assertThat(reopen()).isEqualTo(expected.state());
			}
			assertThat(entriesFrom(expected.compacted())).isEqualTo(expected.entries());
			assertThat(storage().entries(expected.compacted() - 1, Long.MAX_VALUE, 10)).isEmpty();
			SnapshotId snapshot = expected.snapshotId();
			if (snapshot != null) {
				assertThat(storage().snapshot(snapshot, 0, 10_000)).isEqualTo(expected.snapshot());
			}
		}
	}

	@Test
	void logsOfANodeAreApart() {
		write(new StartSession(1, configuration(1)), new Append(0, commands(0, 5)));
		try (var other = factory().open("other")) {
			assertThat(other.load()).isEqualTo(StoredState.EMPTY);
			other.write(List.of(new Append(0, commands(100, 103)), new SetDecided(2, sessions(2, 1)),
					new Trim(1, sessions(1, 1))));
			assertThat(other.entries(1, 10, 10_000)).isEqualTo(commands(101, 103));
			assertThat(entriesFrom(0)).isEqualTo(commands(0, 5));
		}
		assertThat(reopen().acceptedIndex()).isEqualTo(5);
	}

	@Test
	void peersAreRememberedByTheLastStorageTheyHad() {
		NodeId peer = new NodeId(7);
		NodeId other = new NodeId(8);
		String longest = "x".repeat(StorageFactory.MAX_ID_LENGTH);
		assertThat(factory().peerStorageId(peer)).isEmpty();

		factory().rememberPeer(peer, "first");
		factory().rememberPeer(other, longest);
		assertThat(factory().peerStorageId(peer)).hasValue("first");
		reopen();
		assertThat(factory().peerStorageId(peer)).hasValue("first");
		assertThat(factory().peerStorageId(other)).hasValue(longest);

		factory().rememberPeer(peer, "second");
		reopen();
		assertThat(factory().peerStorageId(peer)).hasValue("second");
		assertThat(factory().peerStorageId(new NodeId(9))).isEmpty();
		factory().open("opened later").close();
	}

	@Test
	void aLogIsOpenedOnce() {
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> factory().open(LOG))
			.withMessageContaining(LOG);
	}

	@Test
	void readsWhileWritingSeeWhatSomeWriteLeft() throws InterruptedException, ExecutionException {
		AtomicLong written = new AtomicLong();
		AtomicBoolean done = new AtomicBoolean();
		ExecutorService readers = Executors.newFixedThreadPool(2);
		try {
			Future<Long> first = readers.submit(() -> readUntil(done, written));
			Future<Long> second = readers.submit(() -> readUntil(done, written));
			writeAndTrim(written);
			done.set(true);
			assertThat(first.get()).isPositive();
			assertThat(second.get()).isPositive();
		}
		finally {
			done.set(true);
			readers.shutdownNow();
		}
	}

	/** Writes a log whose undecided end keeps being replaced by other numbers. */
	private void writeAndTrim(AtomicLong written) {
		long end = 0;
		for (int i = 0; i < CONCURRENT_WRITES; i++) {
			long life = i % 3;
			List<Entry> batch = new ArrayList<>();
			for (long index = end; index < end + 20; index++) {
				batch.add(command(index * 3 + life));
			}
			write(new Append(end, batch), new SetDecided(end + 10, sessions(end + 10, 1)));
			end += 10;
			if (i % 20 == 19) {
				write(new Trim(end - 50, sessions(end - 50, 1)));
			}
			written.set(end);
		}
	}

	/**
	 * Reads near the end; what is decided must be there, in one piece, of one life each.
	 */
	private long readUntil(AtomicBoolean done, AtomicLong written) {
		long reads = 0;
		while (!done.get() || reads == 0) {
			long from = Math.max(0, written.get() - 30);
			List<Entry> entries = storage().entries(from, from + 100, 100_000);
			long index = from;
			for (Entry entry : entries) {
				assertThat((entry.id().seq() - 1) / 3).isEqualTo(index);
				index++;
			}
			reads++;
		}
		return reads;
	}

}
