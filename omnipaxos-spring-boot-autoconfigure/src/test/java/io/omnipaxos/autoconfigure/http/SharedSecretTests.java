package io.omnipaxos.autoconfigure.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.omnipaxos.core.model.NodeId;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Nodes that share a secret find each other, and nobody else. */
class SharedSecretTests {

	private static final NodeId ONE = new NodeId(1);

	private static final NodeId TWO = new NodeId(2);

	private static final String OLD = "what every node of it knows by now";

	private static final String NEW = "what every node of it is to know..";

	private final RecordingHandler one = new RecordingHandler();

	private final RecordingHandler two = new RecordingHandler();

	private final Map<NodeId, Integer> ports = TestNode.freePorts(1, 2, 3);

	@Test
	void nodesWithTheSameSecretAreConnected() {
		assertThatTheyMeet(List.of(OLD), List.of(OLD));
	}

	/** At no step of the change are there two nodes that do not know each other. */
	@Test
	void theSecretIsChangedOneNodeAfterTheOther() {
		assertThatTheyMeet(List.of(OLD, NEW), List.of(OLD));
		assertThatTheyMeet(List.of(NEW, OLD), List.of(OLD, NEW));
		assertThatTheyMeet(List.of(NEW), List.of(NEW, OLD));
	}

	@Test
	void nodesWithDifferentSecretsSayWhyTheyAreNotConnected() {
		try (TestNode first = node(1, List.of(OLD), this.one); TestNode second = node(2, List.of(NEW), this.two)) {
			patiently().untilAsserted(() -> assertThat(detail(first, TWO))
				.isEqualTo("refused the stream: status 401, The sender does not know the secret of this node."
						+ " Set 'omnipaxos.transport.secret' to the same secret on every node"));
			patiently()
				.untilAsserted(() -> assertThat(detail(second, ONE)).startsWith("refused the stream: status 401"));
		}
		assertThat(this.one.connected()).isEmpty();
		assertThat(this.two.connected()).isEmpty();
	}

	/**
	 * The node without a secret would take anybody; the other speaks to nobody unproven.
	 */
	@Test
	void aNodeWithASecretDoesNotSpeakToOneWithout() {
		try (TestNode first = node(1, List.of(OLD), this.one); TestNode second = node(2, List.of(), this.two)) {
			patiently().untilAsserted(() -> assertThat(detail(first, TWO))
				.startsWith("is not spoken to: It does not prove that it knows the secret of this node"));
			patiently().untilAsserted(() -> assertThat(detail(second, ONE))
				.startsWith("refused the stream: status 401, A stream needs a proof"));
		}
		assertThat(this.one.connected()).isEmpty();
		assertThat(this.two.connected()).isEmpty();
	}

	private void assertThatTheyMeet(List<String> secretsOfOne, List<String> secretsOfTwo) {
		int before = this.one.connected().size();
		try (TestNode first = node(1, secretsOfOne, this.one); TestNode second = node(2, secretsOfTwo, this.two)) {
			patiently().untilAsserted(() -> assertThat(this.one.connected()).hasSize(before + 1));
			patiently().untilAsserted(() -> assertThat(this.two.connected()).hasSize(before + 1));
			first.transport.send(TestNode.LOG, List.of(first.to(2, before + 1)));
			second.transport.send(TestNode.LOG, List.of(second.to(1, before + 1)));
			patiently().untilAsserted(() -> assertThat(this.one.received()).contains(second.to(1, before + 1)));
			patiently().untilAsserted(() -> assertThat(this.two.received()).contains(first.to(2, before + 1)));
		}
	}

	private TestNode node(long pid, List<String> secrets, RecordingHandler handler) {
		HttpTransportSecurity security = new HttpTransportSecurity(secrets, Duration.ofMinutes(1), null, List.of());
		return new TestNode(pid, TestNode.settings(), security, this.ports, TestNode::tomcat).start(handler);
	}

	private static String detail(TestNode of, NodeId peer) {
		return of.transport.connections().get(peer).detail();
	}

	private static ConditionFactory patiently() {
		return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10));
	}

}
