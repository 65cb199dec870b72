package io.omnipaxos.node;

import java.util.List;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.MemoryStorage;
import io.omnipaxos.core.storage.StorageOp.SetPromise;
import io.omnipaxos.core.storage.StorageOp.StartSession;
import io.omnipaxos.core.storage.StoredState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FirstSessionTests {

	private static final Ballot PROMISE = new Ballot(1, 7, 0, new NodeId(2));

	private final MemoryStorage stored = new MemoryStorage(0);

	@Test
	void aNewStorageBeginsWhereNoFormerOneHasBeen() {
		assertThat(new FirstSession(this.stored, 1_700_000_000_000L).load().session()).isEqualTo(1_700_000_000_000L);
	}

	@Test
	void aStorageThatHasBegunGoesOn() {
		this.stored.write(List.of(new StartSession(5, ClusterConfig.of(1, 1, 2, 3))));
		assertThat(new FirstSession(this.stored, 1_700_000_000_000L).load().session()).isEqualTo(5);
	}

	@Test
	void nothingElseIsChanged() {
		FirstSession storage = new FirstSession(this.stored, 9);
		storage.write(List.of(new SetPromise(PROMISE)));

		assertThat(storage.load()).returns(PROMISE, StoredState::promise).returns(9L, StoredState::session);
	}

}
