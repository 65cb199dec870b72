package io.omnipaxos.autoconfigure.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

import io.omnipaxos.autoconfigure.OmniPaxosAutoConfiguration;
import io.omnipaxos.autoconfigure.actuate.ActuatorAutoConfigurationTests.Words;
import io.omnipaxos.autoconfigure.log.OmniPaxosLogAutoConfiguration;
import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.message.ElectionMessage;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.MemoryStorageFactory;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.node.LocalNetwork;
import io.omnipaxos.node.OmniPaxosConfig;
import io.omnipaxos.node.OmniPaxosNode;
import io.omnipaxos.node.ReplicatedLog;
import io.omnipaxos.node.Transport;
import io.omnipaxos.node.TransportHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node that was away, in an application, and two that went on without it: it is not up
 * until it has what they have.
 */
@ExtendWith(OutputCaptureExtension.class)
class CatchingUpTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final LocalNetwork network = new LocalNetwork();

	private final StorageFactory storage = new MemoryStorageFactory("node-1", 0);

	/** Whether the node hears no more than heartbeats. */
	private final AtomicBoolean starved = new AtomicBoolean();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OmniPaxosAutoConfiguration.class, OmniPaxosLogAutoConfiguration.class,
				OmniPaxosHealthContributorAutoConfiguration.class, OmniPaxosEndpointAutoConfiguration.class))
		.withUserConfiguration(Words.class)
		.withBean(StorageFactory.class, () -> this.storage)
		.withBean(Transport.class, () -> new Starving(this.network.transport(), this.starved))
		.withPropertyValues("omnipaxos.server.pid=1", "omnipaxos.cluster.nodes=1,2,3",
				"omnipaxos.election-timeout=50ms", "omnipaxos.resend-timeout=100ms",
				"omnipaxos.shutdown.hand-over-timeout=0s", "management.endpoints.web.exposure.include=omnipaxos");

	private List<OmniPaxosNode> others;

	@BeforeEach
	void startTheOthers() {
		this.others = LongStream.of(2, 3).mapToObj(this::node).toList();
		this.others.forEach(OmniPaxosNode::start);
	}

	private OmniPaxosNode node(long pid) {
		ServerConfig server = ServerConfig.of(new NodeId(pid)).withLeaderPriority(1).withElectionTickTimeout(5);
		return OmniPaxosNode.builder(new OmniPaxosConfig(ClusterConfig.of(1, 1, 2, 3), server))
			.storage(new MemoryStorageFactory("node-" + pid, 0))
			.transport(this.network.transport())
			.log(Words.words())
			.build();
	}

	@AfterEach
	void stopTheOthers() {
		this.others.forEach((other) -> other.stop(Duration.ZERO));
	}

	@Test
	void aNodeThatComesBackIsUpOnceItHasWhatTheOthersHave() {
		this.contextRunner.run((context) -> {
			append("before");
			NodeHealth.awaitUp(context, PATIENCE);
		});
		for (int entry = 0; entry < 5; entry++) {
			append("meanwhile");
		}

		this.starved.set(true);
		this.contextRunner.run((context) -> {
			OmniPaxosEndpoint endpoint = context.getBean(OmniPaxosEndpoint.class);
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(endpoint.log("words")).returns(true, LogDescriptor::quorumConnected));
			assertThat(endpoint.log("words")).returns("follower", LogDescriptor::role)
				.returns("accept", LogDescriptor::phase)
				.returns(1L, LogDescriptor::decidedIndex);
			assertThat(NodeHealth.of(context)).returns(Status.DOWN, Health::getStatus)
				.satisfies((health) -> assertThat(health.getDetails().get("logs")).asString()
					.contains("this node has been catching up for ", "ms, since the start; it is 5 entries behind"));

			this.starved.set(false);
			NodeHealth.awaitUp(context, PATIENCE);
			assertThat(endpoint.log("words")).returns(6L, LogDescriptor::decidedIndex);
		});
	}

	/** Nobody could send it what it lacks if it came back now. */
	@Test
	void aTrimOfLogsInMemoryIsWarnedOf(CapturedOutput output) {
		append("trimmed");
		this.contextRunner.run((context) -> {
			NodeHealth.awaitUp(context, PATIENCE);
			Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
				this.others.forEach((other) -> other.log(Words.words()).trim());
				assertThat(output).contains("Log words: it is kept in memory, and was trimmed up to 1");
			});
		});
	}

	private void append(String word) {
		ReplicatedLog<String> log = this.others.get(0).log(Words.words());
		assertThat(log.append(word)).succeedsWithin(PATIENCE);
	}

	/** Keeps everything but heartbeats from its node, as long as it is told to. */
	private record Starving(Transport real, AtomicBoolean starved) implements Transport {

		@Override
		public void start(LocalNode self, TransportHandler handler) {
			this.real.start(self, new TransportHandler() {

				@Override
				public void received(String log, List<Envelope> messages) {
					handler.received(log, messages.stream().filter(Starving.this::passes).toList());
				}

				@Override
				public void connected(NodeId peer) {
					handler.connected(peer);
				}

				@Override
				public void disconnected(NodeId peer) {
					handler.disconnected(peer);
				}

			});
		}

		private boolean passes(Envelope message) {
			return !this.starved.get() || message.message() instanceof ElectionMessage;
		}

		@Override
		public void send(String log, List<Envelope> messages) {
			this.real.send(log, messages);
		}

		@Override
		public Map<NodeId, PeerConnection> connections() {
			return this.real.connections();
		}

		@Override
		public void close() {
			this.real.close();
		}

	}

}
