package io.omnipaxos.core;

import java.util.List;
import java.util.stream.LongStream;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.FlexibleQuorum;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.MemoryStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ValuesTests {

	@Test
	void ballotsAreOrderedByConfigurationNumberPriorityAndPid() {
		List<Ballot> ascending = List.of(Ballot.NONE, ballot(1, 1, 0, 1), ballot(1, 1, 0, 2), ballot(1, 1, 5, 1),
				ballot(1, 2, 0, 1), ballot(2, 0, 0, 1));

		assertThat(ascending).isSorted();
		assertThat(ballot(2, 0, 0, 1).isHigherThan(ballot(1, 900, 9, 9))).isTrue();
		assertThat(ballot(1, 2, 3, 4)).isEqualByComparingTo(ballot(1, 2, 3, 4));
	}

	@Test
	void theMoreRecentLogIsTheOneOfTheHigherRoundAndThenTheLongerOne() {
		LogPosition shorterOfHigherRound = new LogPosition(ballot(1, 2, 0, 1), 3, 0);
		LogPosition longer = new LogPosition(ballot(1, 1, 0, 1), 9, 9);

		assertThat(shorterOfHigherRound.isMoreUpToDateThan(longer)).isTrue();
		assertThat(longer.isMoreUpToDateThan(new LogPosition(ballot(1, 1, 0, 1), 8, 8))).isTrue();
		assertThat(longer.isMoreUpToDateThan(longer)).isFalse();
	}

	/** Whoever reads one off the wire makes it anew. */
	@Test
	void whatStandsForNothingIsAValueLikeAnyOther() {
		assertThat(new NodeId(0)).isEqualTo(NodeId.NONE);
		assertThat(new Ballot(0, 0, 0, new NodeId(0))).isEqualTo(Ballot.NONE);
		assertThat(Payload.of(new byte[0])).isEqualTo(Payload.EMPTY);
	}

	@Test
	void payloadsAreEqualByTheirBytes() {
		assertThat(Payload.ofText("abc")).isEqualTo(Payload.ofText("abc")).hasSameHashCodeAs(Payload.ofText("abc"));
		assertThat(Payload.ofText("abc")).isNotEqualTo(Payload.ofText("abd"));
	}

	@Test
	void aStopSignIsAsLongAsItsMetadataAndItsNodes() {
		Entry stopSign = new Entry.StopSign(new ProposalId(new NodeId(1), 1, 1), ClusterConfig.of(2, 1, 2, 3),
				Payload.ofText("moved"));

		assertThat(stopSign.contentSize()).isEqualTo(5);
		assertThat(stopSign.size()).isEqualTo(Entry.OVERHEAD + 3 * Entry.NODE_OVERHEAD + 5);
	}

	@Test
	void noSnapshotIsOfNothing() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SnapshotId(2, 2));
		assertThatIllegalArgumentException().isThrownBy(() -> new SnapshotId(-1, 2));
	}

	@Test
	void quorumsAreMajoritiesUnlessSaidOtherwise() {
		assertThat(ClusterConfig.of(1, 1, 2, 3, 4)).extracting(ClusterConfig::prepareQuorum, ClusterConfig::writeQuorum)
			.containsExactly(3, 3);
		assertThat(ClusterConfig.of(1, 9)).extracting(ClusterConfig::prepareQuorum, ClusterConfig::writeQuorum)
			.containsExactly(1, 1);
		assertThat(flexible(5, 5, 2)).extracting(ClusterConfig::prepareQuorum, ClusterConfig::writeQuorum)
			.containsExactly(5, 2);
		assertThat(flexible(2, 2, 2)).extracting(ClusterConfig::prepareQuorum, ClusterConfig::writeQuorum)
			.containsExactly(2, 2);
		assertThat(flexible(8, 6, 3)).extracting(ClusterConfig::prepareQuorum, ClusterConfig::writeQuorum)
			.containsExactly(6, 3);
	}

	@Test
	void configurationsAreTheSameInAnyOrderAndWithMajoritiesWrittenOut() {
		ClusterConfig four = ClusterConfig.of(1, 1, 2, 3, 4);

		assertThat(four.isSameAs(ClusterConfig.of(1, 4, 2, 1, 3))).isTrue();
		assertThat(four.isSameAs(flexible(4, 3, 3))).isTrue();
		assertThat(four.isSameAs(ClusterConfig.of(2, 1, 2, 3, 4))).isFalse();
		assertThat(four.isSameAs(ClusterConfig.of(1, 1, 2, 3, 5))).isFalse();
		assertThat(four.isSameAs(ClusterConfig.of(1, 1, 2, 3, 4, 5))).isFalse();
		assertThat(four.isSameAs(flexible(4, 3, 2))).isFalse();
		assertThat(four.isSameAs(flexible(4, 4, 3))).isFalse();
	}

	@Test
	void configurationsSayWhatTheyAre() {
		assertThat(ClusterConfig.of(3, 1, 20)).hasToString("configuration 3 of {1, 20}");
		assertThat(flexible(3, 3, 2)).hasToString("configuration 1 of {1, 2, 3}, quorums 3/2");
	}

	@Test
	void valuesSayWhatTheyAre() {
		ProposalId proposal = new ProposalId(new NodeId(3), 1, 7);

		assertThat(ballot(1, 2, 3, 4)).hasToString("(c1, 2, p3, n4)");
		assertThat(Payload.ofText("abc")).hasToString("3 bytes");
		assertThat(new SessionTable(List.of(proposal))).hasToString("[n3.1.7]");
	}

	@ParameterizedTest
	@CsvSource({ "5, 3, 2, exceed", "5, 6, 2, read quorum", "5, 1, 5, read quorum", "5, 5, 1, write quorum",
			"5, 5, 6, write quorum", "5, 3, 4, smaller" })
	void quorumsThatDoNotWorkAreRefused(int nodes, int read, int write, String reason) {
		assertThatIllegalArgumentException().isThrownBy(() -> flexible(nodes, read, write))
			.withMessageContaining(reason);
	}

	@Test
	void configurationsThatMakeNoSenseAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ClusterConfig.of(0, 1, 2)).withMessageContaining("id");
		assertThatIllegalArgumentException().isThrownBy(() -> ClusterConfig.of(1)).withMessageContaining("one node");
		assertThatIllegalArgumentException().isThrownBy(() -> ClusterConfig.of(1, 0, 2)).withMessageContaining("pid");
		assertThatIllegalArgumentException().isThrownBy(() -> ClusterConfig.of(1, 2, 2)).withMessageContaining("twice");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new OmniPaxos(ClusterConfig.of(1, 2, 3), ServerConfig.of(new NodeId(1)),
					new MemoryStorage(), null))
			.withMessageContaining("n1 is not a node");
	}

	@Test
	void serverSettingsThatMakeNoSenseAreRefused() {
		ServerConfig valid = ServerConfig.of(new NodeId(1));

		assertThatIllegalArgumentException().isThrownBy(() -> ServerConfig.of(NodeId.NONE))
			.withMessageContaining("pid");
		assertThatIllegalArgumentException().isThrownBy(() -> valid.withElectionTickTimeout(0));
		assertThatIllegalArgumentException().isThrownBy(() -> valid.withResendMessageTickTimeout(0));
		assertThatIllegalArgumentException().isThrownBy(() -> valid.withFlushBatchTickTimeout(0));
		assertThatIllegalArgumentException().isThrownBy(() -> valid.withBatchSize(0));
		assertThatIllegalArgumentException().isThrownBy(() -> valid.withBufferSize(0));
		assertThatIllegalArgumentException().isThrownBy(() -> valid.withLeaderPriority(-1));
	}

	@Test
	void limitsThatMakeNoSenseAreRefused() {
		assertThat(new Limits(1, 1, 1, 1, 1, 0).maxMessageBytes()).isEqualTo(1 + 1 + 2 * (1 + Entry.OVERHEAD));

		assertThatIllegalArgumentException().isThrownBy(() -> new Limits(0, 1, 1, 1, 1, 0))
			.withMessageContaining("entry");
		assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, 0, 1, 1, 1, 0))
			.withMessageContaining("pending");
		assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, 1, 0, 1, 1, 0))
			.withMessageContaining("undecided");
		assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, 1, 1, 0, 1, 0))
			.withMessageContaining("piece");
		assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, 1, 1, 1, 0, 0))
			.withMessageContaining("window");
		assertThatIllegalArgumentException().isThrownBy(() -> new Limits(1, 1, 1, 1, 1, -1))
			.withMessageContaining("cached");
	}

	private static Ballot ballot(int configurationId, long n, int priority, long pid) {
		return new Ballot(configurationId, n, priority, new NodeId(pid));
	}

	private static ClusterConfig flexible(int nodes, int read, int write) {
		List<NodeId> pids = LongStream.rangeClosed(1, nodes).mapToObj(NodeId::new).toList();
		return new ClusterConfig(1, pids, new FlexibleQuorum(read, write));
	}

}
