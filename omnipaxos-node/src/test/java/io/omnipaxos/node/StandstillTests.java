package io.omnipaxos.node;

import java.util.List;

import io.omnipaxos.core.LogIndexes;
import io.omnipaxos.core.ReplicaStatus;
import io.omnipaxos.core.Role;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.NodeId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StandstillTests {

	private static final long PATIENCE = Standstill.PATIENCE.toNanos();

	private final Standstill standstill = new Standstill();

	@Test
	void aFullLogThatHasNotMovedForAWhileIsToldOnce() {
		assertThat(begins(true, 5, 0)).isFalse();
		assertThat(begins(true, 5, PATIENCE - 1)).isFalse();
		assertThat(begins(true, 5, PATIENCE)).isTrue();
		assertThat(begins(true, 5, 9 * PATIENCE)).isFalse();
	}

	@Test
	void oneThatMovesIsHeldToAPaceAndNotToBeTold() {
		for (int i = 0; i < 5; i++) {
			assertThat(begins(true, i, i * PATIENCE)).isFalse();
		}
	}

	@Test
	void oneWithRoomMayStandStill() {
		assertThat(begins(false, 5, 0)).isFalse();
		assertThat(begins(false, 5, 9 * PATIENCE)).isFalse();
		assertThat(begins(true, 5, 10 * PATIENCE - 1)).isFalse();
	}

	@Test
	void whatBeginsAnewIsToldAnew() {
		begins(true, 5, 0);
		assertThat(begins(true, 5, PATIENCE)).isTrue();

		assertThat(begins(true, 6, PATIENCE + 1)).isFalse();
		assertThat(begins(true, 6, 2 * PATIENCE + 1)).isTrue();
	}

	private boolean begins(boolean full, long decided, long nanos) {
		return this.standstill.begins(new ReplicaStatus(new NodeId(1), 1, Role.LEADING, new NodeId(1), Ballot.NONE,
				Ballot.NONE, new LogIndexes(-1, 0, 0, decided, decided),
				new ReplicaStatus.Connectivity(true, true, true), 0, 0, full, null, -1, List.of()), nanos);
	}

}
