package io.omnipaxos.autoconfigure.http;

import java.time.Duration;
import java.util.Map;

import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.FlexibleQuorum;
import io.omnipaxos.core.model.NodeId;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Nodes that do not agree on who they are, and how many decide, do not talk. */
class MembersTests {

	private static final NodeId ONE = new NodeId(1);

	private static final NodeId TWO = new NodeId(2);

	private static final ClusterConfig THREE = ClusterConfig.of(1, 1, 2, 3);

	private final RecordingHandler one = new RecordingHandler();

	private final RecordingHandler two = new RecordingHandler();

	private final Map<NodeId, Integer> ports = TestNode.freePorts(1, 2, 3);

	@Test
	void membersAreWrittenInOneWay() {
		assertThat(Members.of(THREE)).isEqualTo("1,2,3 2/2");
		assertThat(Members.of(ClusterConfig.of(1, 10, 9, 2))).isEqualTo("2,9,10 2/2");
		assertThat(Members.of(ClusterConfig.of(7, 4))).isEqualTo("4 1/1");
		assertThat(Members.of(quorums(3, 2))).isEqualTo("1,2,3 3/2");
	}

	@Test
	void theOrderOfTheNodesAndMajoritiesThatAreWrittenOutMakeNoDifference() {
		try (TestNode first = node(1); TestNode second = node(2)) {
			first.start(ClusterConfig.of(1, 3, 2, 1), "a", this.one);
			second.start(quorums(2, 2), "b", this.two);

			patiently().untilAsserted(() -> assertThat(this.one.connected()).contains(TWO));
			patiently().untilAsserted(() -> assertThat(this.two.connected()).contains(ONE));
		}
	}

	@Test
	void nodesOfOtherQuorumsRefuseEachOther() {
		try (TestNode first = node(1); TestNode second = node(2)) {
			first.start(THREE, "a", this.one);
			second.start(quorums(3, 2), "b", this.two);

			patiently().untilAsserted(() -> assertThat(detail(second, ONE)).startsWith("refused the stream: status 409,"
					+ " This node has the members and quorums 1,2,3 2/2, and the sender 1,2,3 3/2"));
			patiently().untilAsserted(() -> assertThat(detail(first, TWO)).startsWith("refused the stream: status 409,"
					+ " This node has the members and quorums 1,2,3 3/2, and the sender 1,2,3 2/2"));
			assertThat(this.one.connected()).isEmpty();
			assertThat(this.two.connected()).isEmpty();
		}
	}

	private TestNode node(long pid) {
		return new TestNode(pid, TestNode.settings(), this.ports);
	}

	private static String detail(TestNode of, NodeId peer) {
		return of.transport.connections().get(peer).detail();
	}

	private static ClusterConfig quorums(int read, int write) {
		return new ClusterConfig(1, THREE.nodes(), new FlexibleQuorum(read, write));
	}

	private static ConditionFactory patiently() {
		return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10));
	}

}
