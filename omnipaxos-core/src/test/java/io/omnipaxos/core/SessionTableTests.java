package io.omnipaxos.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SessionTableTests {

	@Test
	void coversOnlyTheSessionThatItNames() {
		SessionTable table = new SessionTable(List.of(id(7, 2, 10)));

		assertThat(table.covers(id(7, 2, 10))).isTrue();
		assertThat(table.covers(id(7, 2, 11))).isFalse();
		assertThat(table.covers(id(7, 1, 3))).isFalse();
		assertThat(table.covers(id(8, 2, 3))).isFalse();
	}

	@Test
	void namesEachNodeOnceInTheOrderOfTheirPids() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new SessionTable(List.of(id(1, 1, 1), id(3, 1, 1), id(2, 1, 1))))
			.withMessageContaining("n2.1.1");
		assertThatIllegalArgumentException().isThrownBy(() -> new SessionTable(List.of(id(1, 1, 1), id(1, 1, 2))))
			.withMessageContaining("n1.1.2");
	}

	@Test
	void ofProposalsInAnyOrderTheLastOfEachNodeCounts() {
		SessionTable table = SessionTable.of(List.of(id(3, 1, 7), id(1, 2, 2), id(3, 2, 1)));

		assertThat(table.last()).containsExactly(id(1, 2, 2), id(3, 2, 1));
	}

	@Test
	void anotherProposalLeavesTheTableAsItWas() {
		SessionTable before = SessionTable.of(List.of(id(1, 1, 1), id(3, 1, 1)));

		assertThat(before.with(id(3, 1, 2)).last()).containsExactly(id(1, 1, 1), id(3, 1, 2));
		assertThat(before.with(id(2, 1, 1)).last()).containsExactly(id(1, 1, 1), id(2, 1, 1), id(3, 1, 1));
		assertThat(before.with(id(4, 1, 1)).last()).containsExactly(id(1, 1, 1), id(3, 1, 1), id(4, 1, 1));
		assertThat(before.last()).containsExactly(id(1, 1, 1), id(3, 1, 1));
	}

	@Test
	void whoeverALaterTableDoesNotNameStays() {
		SessionTable earlier = SessionTable.of(List.of(id(1, 1, 1), id(3, 1, 1)));

		SessionTable later = earlier.with(SessionTable.of(List.of(id(2, 1, 5), id(3, 2, 4))));

		assertThat(later.last()).containsExactly(id(1, 1, 1), id(2, 1, 5), id(3, 2, 4));
		assertThat(later.of(new NodeId(3))).isEqualTo(id(3, 2, 4));
		assertThat(later.of(new NodeId(4))).isNull();
	}

	/** However the proposals of a log mix, and wherever its decided index stops. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void growsWithWhatIsDecided(long seed) {
		Random random = new Random(seed);
		EntryWindow log = new EntryWindow(0);
		List<ProposalId> ids = new ArrayList<>();
		for (long seq = 1; seq <= 200; seq++) {
			ids.add(id(1 + random.nextInt((int) seed), 1, seq));
			log.add(new Entry.Command(ids.get(ids.size() - 1), Payload.EMPTY));
		}
		DecidedPrefix decided = new DecidedPrefix(0, SessionTable.EMPTY);

		for (int index = 0; index <= 200; index += random.nextInt(1, 20)) {
			decided.growTo(index, log);
			TreeMap<NodeId, ProposalId> last = new TreeMap<>();
			ids.subList(0, index).forEach((id) -> last.put(id.pid(), id));

			assertThat(decided.sessions().last()).containsExactlyElementsOf(last.values());
		}
	}

	private static ProposalId id(long pid, long session, long seq) {
		return new ProposalId(new NodeId(pid), session, seq);
	}

}
