package io.omnipaxos.test.storage;

import java.util.List;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.storage.MemoryStorage;
import io.omnipaxos.core.storage.MemoryStorageFactory;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MemoryStorageTests extends StorageContractTests {

	private static final Entry LONG = new Entry.Command(new ProposalId(new NodeId(1), 1, 1),
			Payload.ofText("x".repeat(1000)));

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

	@Test
	void allLogsOfANodeTogetherHaveRoomForSoMuch() {
		MemoryStorageFactory bounded = new MemoryStorageFactory("drawn", 0, 4 * LONG.size());
		Storage one = bounded.open("one");
		Storage other = bounded.open("other");
		one.write(List.of(new StorageOp.Append(0, List.of(LONG, LONG))));
		other.write(List.of(new StorageOp.Append(0, List.of(LONG))));
		assertThat(one.hasRoom()).isTrue();

		other.write(List.of(new StorageOp.Append(1, List.of(LONG, LONG))));

		assertThat(one.hasRoom()).isFalse();
		assertThat(other.hasRoom()).isFalse();
	}

	@Test
	void whatIsCutOrCompactedMakesRoom() {
		Storage storage = new MemoryStorageFactory("drawn", 0, 2 * LONG.size()).open(LOG);
		storage.write(List.of(new StorageOp.Append(0, List.of(LONG, LONG))));
		assertThat(storage.hasRoom()).isFalse();

		storage.write(List.of(new StorageOp.Append(1, List.of())));
		assertThat(storage.hasRoom()).isTrue();
		storage.write(List.of(new StorageOp.Append(1, List.of(LONG))));
		assertThat(storage.hasRoom()).isFalse();
		storage
			.write(List.of(new StorageOp.SetDecided(1, SessionTable.EMPTY), new StorageOp.Trim(1, SessionTable.EMPTY)));
		assertThat(storage.hasRoom()).isTrue();
	}

	@Test
	void roomForNothingIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new MemoryStorageFactory("drawn", 0, 0))
			.withMessageContaining("must be positive, not 0");
	}

}
