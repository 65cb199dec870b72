package io.omnipaxos.test.storage;

import java.util.List;

import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageOp;
import io.omnipaxos.core.storage.StorageOp.Append;
import io.omnipaxos.core.storage.StorageOp.SetAcceptedRound;
import io.omnipaxos.core.storage.StorageOp.SetDecided;
import io.omnipaxos.core.storage.StorageOp.SetPromise;
import io.omnipaxos.core.storage.StorageOp.StartSession;
import io.omnipaxos.core.storage.StorageOp.Trim;
import io.omnipaxos.core.storage.StoredState;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.test.storage.StorageSamples.ballot;
import static io.omnipaxos.test.storage.StorageSamples.bytes;
import static io.omnipaxos.test.storage.StorageSamples.command;
import static io.omnipaxos.test.storage.StorageSamples.commands;
import static io.omnipaxos.test.storage.StorageSamples.configuration;
import static io.omnipaxos.test.storage.StorageSamples.plainStopSign;
import static io.omnipaxos.test.storage.StorageSamples.sessions;
import static io.omnipaxos.test.storage.StorageSamples.stopSign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a storage does with entries and with the numbers that go along with them.
 */
abstract class LogContractTests extends StorageFixture {

	private static final int LARGE = 5_000_000;

	@Test
	void newStorageHoldsNothing() {
		assertThat(loaded()).isEqualTo(StoredState.EMPTY);
		assertThat(storage().entries(0, 10, 1000)).isEmpty();
	}

	@Test
	void everyNumberIsKept() {
		write(new StartSession(3, configuration(1)), new SetPromise(ballot(9)), new SetAcceptedRound(ballot(8)),
				new Append(0, commands(0, 5)), new SetDecided(4, sessions(6, 1, 2)), new Trim(2, sessions(5, 1)));

		assertThat(reopen()).isEqualTo(new StoredState(3, ballot(9), ballot(8), 5, 4, sessions(6, 1, 2), 2,
				sessions(5, 1), null, configuration(1)));
	}

	@Test
	void aNumberThatIsNotWrittenStaysAsItWas() {
		write(new StartSession(3, configuration(1)), new SetPromise(ballot(9)), new Append(0, commands(0, 5)),
				new SetDecided(4, sessions(6, 1, 2)));
		write(new SetAcceptedRound(ballot(9)));

		assertThat(reopen()).isEqualTo(new StoredState(3, ballot(9), ballot(9), 5, 4, sessions(6, 1, 2), 0,
				SessionTable.EMPTY, null, configuration(1)));
	}

	@Test
	void theConfigurationOfTheLastSessionIsKept() {
		write(new StartSession(1, configuration(1)));
		assertThat(reopen().configuration()).isEqualTo(configuration(1));

		write(new Append(0, commands(0, 5)), new SetDecided(4, sessions(6, 1)), new Trim(2, sessions(5, 1)));
		assertThat(reopen().configuration()).isEqualTo(configuration(1));

		ClusterConfig plain = ClusterConfig.of(2, 9, 3, 7);
		write(new StartSession(2, plain));
		assertThat(reopen().configuration()).isEqualTo(plain);
	}

	@Test
	void entriesComeBackAsTheyWere() {
		List<Entry> entries = List.of(command(0), command(1, Payload.EMPTY), command(2, bytes(70_000, 2)), stopSign(3));
		write(new Append(0, entries));

		assertThat(entriesFrom(0)).isEqualTo(entries);
		reopen();
		assertThat(entriesFrom(0)).isEqualTo(entries);
	}

	@Test
	void stopSignWithoutQuorumsAndMetadataIsKept() {
		write(new Append(0, List.of(plainStopSign(0))));

		reopen();
		assertThat(entriesFrom(0)).containsExactly(plainStopSign(0));
	}

	@Test
	void largeEntriesAreKept() {
		List<Entry> entries = List.of(command(0), command(1, bytes(LARGE, 1)), command(2), command(3, bytes(LARGE, 3)));
		write(new Append(0, entries));

		reopen();
		assertThat(storage().entries(1, 4, 100)).isEqualTo(entries.subList(1, 2));
		assertThat(entriesFrom(0)).isEqualTo(entries);
	}

	@Test
	void appendGoesOnFromTheEnd() {
		write(new Append(0, commands(0, 3)));
		write(new Append(3, commands(3, 4)));
		write(new Append(4, commands(4, 9)));

		assertThat(entriesFrom(0)).isEqualTo(commands(0, 9));
		assertThat(entriesFrom(4)).isEqualTo(commands(4, 9));
		assertThat(reopen().acceptedIndex()).isEqualTo(9);
	}

	@Test
	void appendReplacesWhateverStoodThereAndAfter() {
		write(new Append(0, commands(0, 10)));
		write(new Append(10, commands(10, 20)));
		write(new Append(4, commands(104, 106)));

		assertThat(entriesFrom(0).subList(0, 4)).isEqualTo(commands(0, 4));
		assertThat(entriesFrom(4)).isEqualTo(commands(104, 106));
		assertThat(reopen().acceptedIndex()).isEqualTo(6);
		assertThat(entriesFrom(4)).isEqualTo(commands(104, 106));
	}

	@Test
	void appendWithoutEntriesCutsTheLog() {
		write(new Append(0, commands(0, 10)));
		write(new Append(4, List.of()));
		assertThat(entriesFrom(0)).isEqualTo(commands(0, 4));

		write(new Append(4, commands(204, 207)));
		assertThat(entriesFrom(3)).containsExactly(command(3), command(204), command(205), command(206));
		write(new Append(0, List.of()));
		assertThat(entriesFrom(0)).isEmpty();
		assertThat(reopen().acceptedIndex()).isZero();
	}

	@Test
	void operationsOfABatchApplyInOrder() {
		write(new Append(0, commands(0, 8)), new Append(2, commands(102, 109)), new SetDecided(3, sessions(1, 1)),
				new Append(5, commands(205, 208)), new SetDecided(7, sessions(2, 1)), new Trim(1, sessions(1, 1)));

		assertThat(entriesFrom(1)).containsExactly(command(1), command(102), command(103), command(104), command(205),
				command(206), command(207));
		assertThat(reopen().decidedSessions()).isEqualTo(sessions(2, 1));
	}

	@Test
	void aBatchThatDoesNotFitLeavesNothing() {
		write(new Append(0, commands(0, 4)), new SetDecided(2, sessions(1, 1)));

		refused(new SetPromise(ballot(5)), new Append(5, commands(5, 6)));
		refused(new Append(4, commands(4, 6)), new Append(1, commands(1, 2)));
		refused(new StartSession(8, configuration(1)), new SetDecided(5, sessions(9, 1)));
		refused(new StartSession(8, configuration(1)), new SetDecided(1, sessions(9, 1)));
		refused(new Append(2, List.of()), new Trim(3, sessions(9, 1)));

		assertThat(entriesFrom(0)).isEqualTo(commands(0, 4));
		write(new SetAcceptedRound(ballot(4)));
		assertThat(reopen()).isEqualTo(new StoredState(0, StoredState.EMPTY.promise(), ballot(4), 4, 2, sessions(1, 1),
				0, SessionTable.EMPTY, null, null));
		assertThat(entriesFrom(0)).isEqualTo(commands(0, 4));
	}

	private void refused(StorageOp... ops) {
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> write(ops));
	}

	@Test
	void readsStopAtTheRangeAsked() {
		write(new Append(0, commands(0, 10)));

		assertThat(storage().entries(2, 5, Long.MAX_VALUE)).isEqualTo(commands(2, 5));
		assertThat(storage().entries(2, 2, Long.MAX_VALUE)).isEmpty();
		assertThat(storage().entries(8, 100, Long.MAX_VALUE)).isEqualTo(commands(8, 10));
		assertThat(storage().entries(10, 100, Long.MAX_VALUE)).isEmpty();
		assertThat(storage().entries(11, 100, Long.MAX_VALUE)).isEmpty();
	}

	@Test
	void readsStopAtTheBytesAskedButNotBeforeTheFirst() {
		int size = Entry.OVERHEAD + 100;
		List<Entry> entries = List.of(command(0, bytes(100, 0)), command(1, bytes(100, 1)), command(2, bytes(100, 2)));
		write(new Append(0, entries));

		assertThat(storage().entries(0, 3, 1)).isEqualTo(entries.subList(0, 1));
		assertThat(storage().entries(0, 3, 2 * size - 1)).isEqualTo(entries.subList(0, 1));
		assertThat(storage().entries(0, 3, 2 * size)).isEqualTo(entries.subList(0, 2));
		assertThat(storage().entries(1, 3, 2 * size)).isEqualTo(entries.subList(1, 3));
	}

	@Test
	void readsSpanWrites() {
		for (int index = 0; index < 300; index += 3) {
			write(new Append(index, commands(index, index + 3)));
		}

		assertThat(entriesFrom(0)).isEqualTo(commands(0, 300));
		assertThat(entriesFrom(154)).isEqualTo(commands(154, 300));
		assertThat(storage().entries(100, 200, Long.MAX_VALUE)).startsWith(command(100)).isSubsetOf(commands(100, 200));
	}

	@Test
	void trimDropsTheEntriesBelow() {
		write(new Append(0, commands(0, 10)));
		write(new Append(10, commands(10, 20)), new SetDecided(15, sessions(15, 1)));
		write(new Trim(13, sessions(13, 1)));

		assertThat(storage().entries(0, 20, 10_000)).isEmpty();
		assertThat(storage().entries(12, 20, 10_000)).isEmpty();
		assertThat(entriesFrom(13)).isEqualTo(commands(13, 20));
		StoredState stored = reopen();
		assertThat(stored.compactedIndex()).isEqualTo(13);
		assertThat(stored.compactedSessions()).isEqualTo(sessions(13, 1));
		assertThat(storage().entries(12, 20, 10_000)).isEmpty();
		assertThat(entriesFrom(13)).isEqualTo(commands(13, 20));
	}

	@Test
	void trimOfWhatIsTrimmedChangesNothing() {
		write(new Append(0, commands(0, 10)), new SetDecided(8, sessions(8, 1)), new Trim(6, sessions(6, 1)));
		write(new Trim(6, sessions(6, 1)));
		write(new Trim(2, sessions(2, 1)));

		assertThat(entriesFrom(6)).isEqualTo(commands(6, 10));
		assertThat(reopen().compactedIndex()).isEqualTo(6);
		assertThat(reopen().compactedSessions()).isEqualTo(sessions(6, 1));
	}

	@Test
	void aLogThatIsTrimmedWholeGoesOn() {
		write(new Append(0, commands(0, 10)), new SetDecided(10, sessions(10, 1)), new Trim(10, sessions(10, 1)));
		assertThat(storage().entries(10, 20, 10_000)).isEmpty();
		write(new Append(10, commands(10, 12)));
		write(new Append(11, commands(111, 112)));

		assertThat(entriesFrom(10)).containsExactly(command(10), command(111));
		assertThat(reopen().acceptedIndex()).isEqualTo(12);
		assertThat(entriesFrom(10)).containsExactly(command(10), command(111));
	}

	@Test
	void largeSessionTablesAndConfigurationsAreKept() {
		long[] pids = new long[100];
		for (int i = 0; i < pids.length; i++) {
			pids[i] = Long.MAX_VALUE - i;
		}
		ClusterConfig large = ClusterConfig.of(Integer.MAX_VALUE, pids);
		write(new StartSession(1, large), new Append(0, commands(0, 1)),
				new SetDecided(1, sessions(Long.MAX_VALUE, pids)));

		assertThat(reopen().decidedSessions()).isEqualTo(sessions(Long.MAX_VALUE, pids));
		assertThat(loaded().configuration()).isEqualTo(large);
	}

}
