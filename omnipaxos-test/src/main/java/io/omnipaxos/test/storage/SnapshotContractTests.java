package io.omnipaxos.test.storage;

import java.io.ByteArrayOutputStream;

import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StorageOp.Append;
import io.omnipaxos.core.storage.StorageOp.InstallSnapshot;
import io.omnipaxos.core.storage.StorageOp.SetDecided;
import io.omnipaxos.core.storage.StorageOp.StageSnapshot;
import io.omnipaxos.core.storage.StorageOp.Trim;
import io.omnipaxos.core.storage.StoredSnapshot;
import io.omnipaxos.core.storage.StoredState;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.test.storage.StorageSamples.bytes;
import static io.omnipaxos.test.storage.StorageSamples.commands;
import static io.omnipaxos.test.storage.StorageSamples.sessions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a storage does with snapshots.
 */
abstract class SnapshotContractTests extends LogContractTests {

	private static final SnapshotId UP_TO_SIX = new SnapshotId(0, 6);

	private static final SnapshotId UP_TO_EIGHT = new SnapshotId(0, 8);

	private static final Payload FOLD = Payload.ofText("fold of six");

	@Test
	void aSnapshotKeepsTheEntriesAtAndAboveItsIndex() {
		write(new Append(0, commands(0, 10)), new SetDecided(9, sessions(9, 1)));
		write(new StageSnapshot(UP_TO_SIX, 0, FOLD), new InstallSnapshot(UP_TO_SIX, sessions(6, 1)));

		assertThat(storage().entries(5, 10, 10_000)).isEmpty();
		assertThat(entriesFrom(6)).isEqualTo(commands(6, 10));
		StoredState stored = reopen();
		assertThat(stored.snapshot()).isEqualTo(new StoredSnapshot(UP_TO_SIX, FOLD.size()));
		assertThat(stored.compactedIndex()).isEqualTo(6);
		assertThat(stored.compactedSessions()).isEqualTo(sessions(6, 1));
		assertThat(stored.decidedIndex()).isEqualTo(9);
		assertThat(stored.decidedSessions()).isEqualTo(sessions(9, 1));
		assertThat(entriesFrom(6)).isEqualTo(commands(6, 10));
		assertThat(storage().snapshot(UP_TO_SIX, 0, 1000)).isEqualTo(FOLD);
	}

	@Test
	void aSnapshotOfUndecidedEntriesKeepsThoseAboveItAndDecidesThoseBelow() {
		write(new Append(0, commands(0, 10)), new SetDecided(2, sessions(2, 1)));
		write(new StageSnapshot(UP_TO_SIX, 0, FOLD), new InstallSnapshot(UP_TO_SIX, sessions(6, 1)));

		assertThat(entriesFrom(6)).isEqualTo(commands(6, 10));
		StoredState stored = reopen();
		assertThat(stored.acceptedIndex()).isEqualTo(10);
		assertThat(stored.decidedIndex()).isEqualTo(6);
		assertThat(stored.decidedSessions()).isEqualTo(sessions(6, 1));
	}

	@Test
	void aLogShorterThanTheSnapshotEndsAtIt() {
		write(new Append(0, commands(0, 3)));
		write(new StageSnapshot(UP_TO_SIX, 0, FOLD), new InstallSnapshot(UP_TO_SIX, sessions(6, 1)));

		assertThat(storage().entries(2, 10, 10_000)).isEmpty();
		assertThat(reopen().acceptedIndex()).isEqualTo(6);
		write(new Append(6, commands(6, 9)));
		assertThat(entriesFrom(6)).isEqualTo(commands(6, 9));
		assertThat(reopen().acceptedIndex()).isEqualTo(9);
		assertThat(entriesFrom(6)).isEqualTo(commands(6, 9));
	}

	@Test
	void aStagedSnapshotIsNotVisible() {
		write(new Append(0, commands(0, 10)), new SetDecided(9, sessions(9, 1)));
		write(new StageSnapshot(UP_TO_SIX, 0, FOLD), new InstallSnapshot(UP_TO_SIX, sessions(6, 1)));
		write(new StageSnapshot(UP_TO_EIGHT, 0, Payload.ofText("fold of eight")));

		assertThat(storage().snapshot(UP_TO_EIGHT, 0, 1000)).isEqualTo(Payload.EMPTY);
		assertThat(storage().snapshot(UP_TO_SIX, 0, 1000)).isEqualTo(FOLD);
		assertThat(entriesFrom(6)).isEqualTo(commands(6, 10));
		assertThat(reopen().snapshot()).isEqualTo(new StoredSnapshot(UP_TO_SIX, FOLD.size()));
		assertThat(storage().snapshot(UP_TO_SIX, 0, 1000)).isEqualTo(FOLD);
	}

	@Test
	void aSnapshotIsStagedInAnyNumberOfWrites() {
		Payload whole = bytes(3_000_000, 11);
		write(new Append(0, commands(0, 10)), new SetDecided(9, sessions(9, 1)));
		int staged = 0;
		for (int size : new int[] { 1, 999_999, 500_000, 7, 1_499_993 }) {
			write(new StageSnapshot(UP_TO_SIX, staged, whole.slice(staged, staged + size)));
			staged += size;
		}
		write(new InstallSnapshot(UP_TO_SIX, sessions(6, 1)));

		assertThat(reopen().snapshot()).isEqualTo(new StoredSnapshot(UP_TO_SIX, whole.size()));
		assertThat(read(UP_TO_SIX, 3_000_000)).isEqualTo(whole);
		assertThat(read(UP_TO_SIX, 400_001)).isEqualTo(whole);
	}

	@Test
	void aSnapshotIsReadInPiecesOfTheSizeAsked() {
		write(new StageSnapshot(UP_TO_SIX, 0, FOLD), new InstallSnapshot(UP_TO_SIX, sessions(6, 1)));

		assertThat(storage().snapshot(UP_TO_SIX, 0, 4)).isEqualTo(Payload.ofText("fold"));
		assertThat(storage().snapshot(UP_TO_SIX, 5, 2)).isEqualTo(Payload.ofText("of"));
		assertThat(storage().snapshot(UP_TO_SIX, 8, 100)).isEqualTo(Payload.ofText("six"));
		assertThat(storage().snapshot(UP_TO_SIX, FOLD.size(), 100)).isEqualTo(Payload.EMPTY);
		assertThat(storage().snapshot(new SnapshotId(1, 6), 0, 100)).isEqualTo(Payload.EMPTY);
	}

	@Test
	void anEmptySnapshotIsASnapshot() {
		write(new StageSnapshot(UP_TO_SIX, 0, Payload.EMPTY), new InstallSnapshot(UP_TO_SIX, sessions(6, 1)));

		assertThat(reopen().snapshot()).isEqualTo(new StoredSnapshot(UP_TO_SIX, 0));
		assertThat(storage().snapshot(UP_TO_SIX, 0, 100)).isEqualTo(Payload.EMPTY);
	}

	@Test
	void stagingFromZeroBeginsAnew() {
		write(new StageSnapshot(UP_TO_SIX, 0, bytes(1000, 1)));
		write(new StageSnapshot(UP_TO_SIX, 1000, bytes(1000, 2)));
		write(new StageSnapshot(UP_TO_SIX, 0, FOLD), new InstallSnapshot(UP_TO_SIX, sessions(6, 1)));

		assertThat(reopen().snapshot()).isEqualTo(new StoredSnapshot(UP_TO_SIX, FOLD.size()));
		assertThat(storage().snapshot(UP_TO_SIX, 0, 5000)).isEqualTo(FOLD);
	}

	@Test
	void stagingBeginsAnewAfterARestart() {
		write(new StageSnapshot(UP_TO_SIX, 0, bytes(1000, 1)));
		assertThat(reopen()).isEqualTo(StoredState.EMPTY);
		write(new StageSnapshot(UP_TO_SIX, 0, FOLD), new InstallSnapshot(UP_TO_SIX, sessions(6, 1)));

		assertThat(storage().snapshot(UP_TO_SIX, 0, 5000)).isEqualTo(FOLD);
	}

	@Test
	void aPieceThatIsNotTheNextIsRefused() {
		write(new StageSnapshot(UP_TO_SIX, 0, FOLD));

		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> write(new StageSnapshot(UP_TO_SIX, FOLD.size() + 1, FOLD)));
		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> write(new StageSnapshot(UP_TO_EIGHT, FOLD.size(), FOLD)));
	}

	@Test
	void aSnapshotThatWasNotStagedIsNotInstalled() {
		write(new StageSnapshot(UP_TO_SIX, 0, FOLD));

		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> write(new InstallSnapshot(UP_TO_EIGHT, sessions(8, 1))));
		assertThat(reopen()).isEqualTo(StoredState.EMPTY);
	}

	@Test
	void aLaterSnapshotReplacesAnEarlierOne() {
		Payload later = bytes(700_000, 8);
		write(new Append(0, commands(0, 10)), new SetDecided(9, sessions(9, 1)));
		write(new StageSnapshot(UP_TO_SIX, 0, bytes(900_000, 6)), new InstallSnapshot(UP_TO_SIX, sessions(6, 1)));
		write(new StageSnapshot(UP_TO_EIGHT, 0, later), new InstallSnapshot(UP_TO_EIGHT, sessions(8, 1)));

		assertThat(storage().snapshot(UP_TO_SIX, 0, 1000)).isEqualTo(Payload.EMPTY);
		assertThat(reopen().snapshot()).isEqualTo(new StoredSnapshot(UP_TO_EIGHT, later.size()));
		assertThat(read(UP_TO_EIGHT, 300_000)).isEqualTo(later);
		assertThat(entriesFrom(8)).isEqualTo(commands(8, 10));
	}

	@Test
	void anInstallBelowWhatIsCompactedChangesNothing() {
		write(new Append(0, commands(0, 10)), new SetDecided(9, sessions(9, 1)));
		write(new StageSnapshot(UP_TO_EIGHT, 0, FOLD), new InstallSnapshot(UP_TO_EIGHT, sessions(8, 1)));
		write(new StageSnapshot(UP_TO_SIX, 0, bytes(50, 6)), new InstallSnapshot(UP_TO_SIX, sessions(6, 1)));
		write(new StageSnapshot(UP_TO_EIGHT, 0, FOLD), new InstallSnapshot(UP_TO_EIGHT, sessions(8, 1)));

		assertThat(storage().snapshot(UP_TO_EIGHT, 0, 1000)).isEqualTo(FOLD);
		assertThat(reopen().snapshot()).isEqualTo(new StoredSnapshot(UP_TO_EIGHT, FOLD.size()));
		assertThat(storage().snapshot(UP_TO_EIGHT, 0, 1000)).isEqualTo(FOLD);
		assertThat(entriesFrom(8)).isEqualTo(commands(8, 10));
	}

	@Test
	void aTrimAboveTheSnapshotDropsIt() {
		write(new Append(0, commands(0, 10)), new SetDecided(9, sessions(9, 1)));
		write(new StageSnapshot(UP_TO_SIX, 0, FOLD), new InstallSnapshot(UP_TO_SIX, sessions(6, 1)));
		write(new Trim(3, sessions(3, 1)), new Trim(6, sessions(6, 1)));
		assertThat(storage().snapshot(UP_TO_SIX, 0, 1000)).isEqualTo(FOLD);
		write(new Trim(7, sessions(7, 1)));

		assertThat(storage().snapshot(UP_TO_SIX, 0, 1000)).isEqualTo(Payload.EMPTY);
		assertThat(reopen().snapshot()).isNull();
		assertThat(storage().snapshot(UP_TO_SIX, 0, 1000)).isEqualTo(Payload.EMPTY);
		assertThat(entriesFrom(7)).isEqualTo(commands(7, 10));
	}

	private Payload read(SnapshotId id, int pieceSize) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		Payload piece = storage().snapshot(id, 0, pieceSize);
		while (piece.size() > 0) {
			all.writeBytes(piece.array());
			piece = storage().snapshot(id, all.size(), pieceSize);
		}
		return Payload.of(all.toByteArray());
	}

}
