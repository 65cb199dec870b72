package io.omnipaxos.autoconfigure.actuate;

import java.time.Duration;
import java.util.List;

import io.omnipaxos.core.LogIndexes;
import io.omnipaxos.core.ReplicaStatus;
import io.omnipaxos.core.ReplicaStatus.Connectivity;
import io.omnipaxos.core.ReplicaStatus.PeerStatus;
import io.omnipaxos.core.Role;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** When a log counts as in order, look by look, 500 ms apart. */
class LogWatchTests {

	private static final Duration PERIOD = Duration.ofMillis(500);

	private static final Duration TOLERANCE = PERIOD.multipliedBy(6);

	private static final Connectivity DESERTED = new Connectivity(false, false, false);

	private static final Connectivity LEADERLESS = new Connectivity(true, true, false);

	private static final Connectivity CONNECTED = new Connectivity(true, true, true);

	private Role role = Role.FOLLOWING;

	private Connectivity connectivity = CONNECTED;

	private long decided = 10;

	private long decidedElsewhere = 10;

	private boolean full;

	private Entry.@Nullable StopSign stopSign;

	private long missingFrom = -1;

	private long now = 1_000_000_000;

	private final LogWatch watch = new LogWatch(this::status, () -> this.now);

	private ReplicaStatus status() {
		List<PeerStatus> peers = List.of(new PeerStatus(new NodeId(2), true, this.decidedElsewhere, -1, 0),
				new PeerStatus(new NodeId(3), true, 0, -1, 0));
		return new ReplicaStatus(new NodeId(1), 1, this.role, null, Ballot.NONE, Ballot.NONE,
				new LogIndexes(-1, 0, 0, this.decided, this.decided), this.connectivity, 0, 0, this.full, this.stopSign,
				this.missingFrom, peers);
	}

	private void look(int times) {
		for (int look = 0; look < times; look++) {
			this.now += PERIOD.toNanos();
			this.watch.look();
		}
	}

	private @Nullable String reason() {
		return this.watch.reasonAgainst(TOLERANCE);
	}

	@Test
	void nothingIsToleratedBeforeALogIsInOrder() {
		this.connectivity = DESERTED;
		assertThat(reason()).isEqualTo("no quorum has been heard for 0 ms, since the start");
		look(1);
		this.connectivity = LEADERLESS;
		look(1);
		assertThat(reason()).isEqualTo("no leader in order has been heard for 1000 ms, since the start");

		this.connectivity = CONNECTED;
		assertThat(reason()).isNull();
	}

	@Test
	void aLogThatWasInOrderMayBeWithoutALeaderForAMoment() {
		look(1);
		this.connectivity = LEADERLESS;
		look(6);
		assertThat(reason()).isNull();
		look(1);
		assertThat(reason()).isEqualTo("no leader in order has been heard for 3500 ms");

		this.connectivity = CONNECTED;
		look(1);
		assertThat(reason()).isNull();
	}

	@ParameterizedTest
	@EnumSource(names = { "PREPARING", "SYNCING" })
	void aNodeThatHasNotAdoptedALogIsNotInOrder(Role unsettled) {
		String what = (unsettled == Role.PREPARING) ? "this node has been about to lead"
				: "this node has been catching up";
		this.role = unsettled;
		look(1);
		assertThat(reason()).isEqualTo(what + " for 500 ms, since the start");

		this.role = Role.FOLLOWING;
		look(1);
		assertThat(reason()).isNull();

		this.role = unsettled;
		look(6);
		assertThat(reason()).isNull();
		look(1);
		assertThat(reason()).isEqualTo(what + " for 3500 ms");
	}

	/** So is one that comes back in the ballot that it left. */
	@Test
	void aFollowerInStepThatLacksWhatOthersHaveDecidedIsNotInOrder() {
		this.decidedElsewhere = 1000;
		for (int look = 0; look < 20; look++) {
			this.decided += 40;
			this.decidedElsewhere += 10;
			look(1);
			assertThat(reason()).contains("this node has been catching up for", ", since the start; it is ",
					"%d entries behind".formatted(this.decidedElsewhere - this.decided));
		}
		this.decided = this.decidedElsewhere;
		assertThat(reason()).isNull();
	}

	@Test
	void aFollowerThatIsAlwaysALittleBehindIsInOrder() {
		look(1);
		for (int look = 0; look < 20; look++) {
			this.decided = this.decidedElsewhere;
			this.decidedElsewhere += 1000;
			look(1);
			assertThat(reason()).isNull();
		}
	}

	@Test
	void aFollowerThatFallsBehindAndStaysThereIsNotInOrderAfterAMoment() {
		look(1);
		this.decidedElsewhere += 3000;
		look(1);
		for (int look = 0; look < 6; look++) {
			this.decided += 1000;
			this.decidedElsewhere += 1000;
			look(1);
			assertThat(reason()).isNull();
		}
		look(1);
		assertThat(reason()).isEqualTo("this node has been catching up for 3500 ms; it is 3000 entries behind");
	}

	@Test
	void aLogThatCanNotCatchUpSaysSo() {
		this.decidedElsewhere = 1000;
		this.missingFrom = 10;
		look(1);
		assertThat(reason()).isEqualTo("nobody has had the entries that this node lacks for 500 ms, since the start; "
				+ "it is 990 entries behind");
	}

	@Test
	void aLogWithoutRoomIsInOrderWhileItMoves() {
		this.full = true;
		look(1);
		for (int look = 0; look < 20; look++) {
			this.decided++;
			look(1);
			assertThat(reason()).isNull();
		}
		look(6);
		assertThat(reason()).isNull();
		look(1);
		assertThat(reason()).isEqualTo("the storage has had no room for more entries for 3500 ms");
	}

	/** It has everything, and nothing more will come. */
	@Test
	void aLogThatHasEndedNeedsNeitherRoomNorALog() {
		this.stopSign = new Entry.StopSign(new ProposalId(new NodeId(1), 1, 1), ClusterConfig.of(2, 1, 2, 3),
				Payload.EMPTY);
		this.full = true;
		this.role = Role.SYNCING;
		look(20);
		assertThat(reason()).isNull();

		this.connectivity = DESERTED;
		look(7);
		assertThat(reason()).isEqualTo("no quorum has been heard for 3500 ms");
	}

}
