package io.omnipaxos.node;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatRequest;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.MemoryStorageFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The network in memory delivers in order, to whoever is meant, while the link is there.
 */
class LocalNetworkTests {

	private static final ClusterConfig CLUSTER = ClusterConfig.of(1, 1, 2, 3);

	private final LocalNetwork network = new LocalNetwork();

	private final List<String> heard = new ArrayList<>();

	private final Transport one = join(1);

	private final Transport two = join(2);

	@Test
	void messagesGoToWhomTheyAreMeantFor() {
		Transport three = join(3);
		this.heard.clear();
		this.one.send("kv", List.of(message(1, 2, 10), message(1, 3, 11), message(1, 2, 12)));
		three.send("kv", List.of(message(3, 1, 13)));
		assertThat(this.heard).containsExactly("2: 10", "2: 12", "3: 11", "1: 13");
	}

	@Test
	void bothSidesHearThatTheyAreConnected() {
		assertThat(this.heard).containsExactly("2: hears of 1", "1: hears of 2");
	}

	@Test
	void aLinkIsCutInOneDirection() {
		this.heard.clear();
		this.network.cut(new NodeId(1), new NodeId(2));
		this.one.send("kv", List.of(message(1, 2, 10)));
		this.two.send("kv", List.of(message(2, 1, 11)));
		assertThat(this.heard).containsExactly("1: 11");
		assertThat(this.one.connections().get(new NodeId(2)).dropped()).isEqualTo(1);
		this.network.healAll();
		assertThat(this.heard).endsWith("1: hears of 2", "2: hears of 1");
	}

	@Test
	void nothingReachesANodeThatHasLeftWhichTheOthersAreTold() {
		this.heard.clear();
		this.two.close();
		this.one.send("kv", List.of(message(1, 2, 10)));
		assertThat(this.heard).containsExactly("1: misses 2");
		join(2);
		assertThat(this.heard).containsExactly("1: misses 2", "2: hears of 1", "1: hears of 2");
	}

	@Test
	void whoeverJoinsHearsNothingOfLinksThatAreCut() {
		this.two.close();
		this.network.cut(new NodeId(1), new NodeId(2));
		this.heard.clear();
		join(2);
		assertThat(this.heard).containsExactly("2: hears of 1");
		this.network.healAll();
		assertThat(this.heard).containsExactly("2: hears of 1", "1: hears of 2", "2: hears of 1");
	}

	@Test
	void aPidIsInUseOnce() {
		assertThatIllegalStateException().isThrownBy(() -> join(2));
	}

	private static Envelope message(long from, long to, long round) {
		return new Envelope(new NodeId(from), new NodeId(to), 1, new HeartbeatRequest(1, round));
	}

	private Transport join(long pid) {
		Transport transport = this.network.transport();
		OmniPaxosConfig config = new OmniPaxosConfig(CLUSTER, ServerConfig.of(new NodeId(pid)));
		transport.start(new Transport.LocalNode("test", new NodeId(pid), 1, "data-" + pid,
				new MemoryStorageFactory("data-" + pid, 0), config), new TransportHandler() {

					@Override
					public void received(String log, List<Envelope> messages) {
						messages.forEach((envelope) -> LocalNetworkTests.this.heard
							.add(pid + ": " + ((HeartbeatRequest) envelope.message()).round()));
					}

					@Override
					public void connected(NodeId peer) {
						LocalNetworkTests.this.heard.add(pid + ": hears of " + peer.value());
					}

					@Override
					public void disconnected(NodeId peer) {
						LocalNetworkTests.this.heard.add(pid + ": misses " + peer.value());
					}

				});
		return transport;
	}

}
