package io.omnipaxos.autoconfigure.actuate;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.omnipaxos.autoconfigure.OmniPaxosAutoConfiguration;
import io.omnipaxos.autoconfigure.log.OmniPaxosLogAutoConfiguration;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.node.Appended;
import io.omnipaxos.node.EntryType;
import io.omnipaxos.node.LocalNetwork;
import io.omnipaxos.node.OmniPaxosNode;
import io.omnipaxos.node.ReplicatedLog;
import io.omnipaxos.node.Transport;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class ActuatorAutoConfigurationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OmniPaxosAutoConfiguration.class, OmniPaxosLogAutoConfiguration.class,
				OmniPaxosEndpointAutoConfiguration.class, OmniPaxosHealthContributorAutoConfiguration.class,
				OmniPaxosMetricsAutoConfiguration.class))
		.withUserConfiguration(Words.class);

	private final ApplicationContextRunner alone = this.contextRunner.withPropertyValues("omnipaxos.server.pid=1",
			"omnipaxos.cluster.nodes=1", "omnipaxos.election-timeout=50ms",
			"management.endpoints.web.exposure.include=omnipaxos");

	private final ApplicationContextRunner deserted = this.alone.withPropertyValues("omnipaxos.cluster.nodes=1,2,3")
		.withBean(Transport.class, () -> new LocalNetwork().transport());

	@Test
	void thereIsNothingToShowWithoutANode() {
		this.contextRunner.withBean(SimpleMeterRegistry.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(OmniPaxosEndpoint.class)
				.doesNotHaveBean(OmniPaxosHealthIndicator.class)
				.doesNotHaveBean(OmniPaxosMetrics.class));
	}

	@Test
	void worksWithoutMicrometer() {
		this.alone.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(OmniPaxosNode.class));
	}

	@Test
	void theEndpointIsThereWhenItIsExposed() {
		this.alone.run((context) -> assertThat(context).hasSingleBean(OmniPaxosEndpoint.class));
		this.alone.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(OmniPaxosEndpoint.class));
	}

	@Test
	void theHealthIndicatorCanBeSwitchedOff() {
		this.alone.run((context) -> assertThat(context).hasBean("omniPaxosHealthContributor"));
		this.alone.withPropertyValues("management.health.omnipaxos.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(OmniPaxosHealthIndicator.class));
	}

	@Test
	void theEndpointDescribesTheNodeAndItsLogs() {
		this.alone.run((context) -> {
			assertThat(context.getBean(Words.class).log.append("a")).succeedsWithin(PATIENCE);
			OmniPaxosEndpoint endpoint = context.getBean(OmniPaxosEndpoint.class);

			assertThat(endpoint.omniPaxos()).returns("omnipaxos", OmniPaxosEndpoint.NodeDescriptor::cluster)
				.returns(1L, OmniPaxosEndpoint.NodeDescriptor::pid)
				.returns(List.of(1L), OmniPaxosEndpoint.NodeDescriptor::nodes);
			assertThat(endpoint.log("absent")).isNull();
			Awaitility.await()
				.untilAsserted(
						() -> assertThat(endpoint.log("words")).isEqualTo(endpoint.omniPaxos().logs().get("words"))
							.returns("leader", LogDescriptor::role)
							.returns("accept", LogDescriptor::phase)
							.returns(1L, LogDescriptor::leader)
							.returns(1L, LogDescriptor::decidedIndex)
							.returns(true, LogDescriptor::quorumConnected)
							.returns(null, LogDescriptor::failure));
		});
	}

	@Test
	void aNodeThatDecidesIsUp() {
		this.alone.run((context) -> {
			assertThat(context.getBean(Words.class).log.append("a")).succeedsWithin(PATIENCE);
			Awaitility.await()
				.untilAsserted(() -> assertThat(health(context.getBean(OmniPaxosHealthIndicator.class)))
					.returns(Status.UP, Health::getStatus)
					.satisfies((health) -> assertThat(health.getDetails().get("logs")).asString()
						.contains("words", "role=leader", "decidedIndex=1")));
		});
	}

	@Test
	void aNodeThatHasHadNoQuorumIsDownFromTheStart() {
		this.deserted.run((context) -> {
			OmniPaxosHealthIndicator indicator = context.getBean(OmniPaxosHealthIndicator.class);
			long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
			do {
				assertThat(health(indicator)).returns(Status.DOWN, Health::getStatus)
					.satisfies((health) -> assertThat(health.getDetails().get("logs")).asString()
						.contains("no quorum has been heard for", "ms, since the start"));
			}
			while (System.nanoTime() < end);
		});
	}

	/** As a web server that answers before the node is started. */
	@Test
	void aNodeThatIsNotStartedIsDown() {
		this.alone.run((context) -> {
			OmniPaxosNode node = context.getBean(OmniPaxosNode.class);
			ProgressWatch notStarted = new ProgressWatch(node, context.getBean(ScheduledExecutorService.class),
					Duration.ofSeconds(1), Duration.ofSeconds(6));
			assertThat(health(new OmniPaxosHealthIndicator(node, notStarted))).returns(Status.DOWN, Health::getStatus)
				.satisfies((health) -> assertThat(health.getDetails().get("logs")).asString()
					.contains("this node has not been started"));
		});
	}

	@Test
	void aNodeWhoseStorageFailsIsDownAndSaysWhy() {
		BrokenStorageFactory storage = new BrokenStorageFactory();
		this.alone.withBean(StorageFactory.class, () -> storage).run((context) -> {
			ReplicatedLog<String> log = context.getBean(Words.class).log;
			assertThat(log.append("a")).succeedsWithin(PATIENCE);

			storage.breakDown();
			assertThat(log.append("b")).failsWithin(PATIENCE);

			assertThat(health(context.getBean(OmniPaxosHealthIndicator.class))).returns(Status.DOWN, Health::getStatus)
				.satisfies((health) -> assertThat(health.getDetails().get("logs")).asString()
					.contains("the storage has failed: no space left"));
			assertThat(context.getBean(OmniPaxosEndpoint.class).log("words")).extracting(LogDescriptor::failure)
				.asString()
				.contains("no space left");
		});
	}

	/** Nothing fails, and nothing is told: what it shows is from before. */
	@Test
	void aNodeWhoseStorageDoesNotAnswerIsDownUntilItDoes() {
		BrokenStorageFactory storage = new BrokenStorageFactory();
		this.alone.withBean(StorageFactory.class, () -> storage).run((context) -> {
			ReplicatedLog<String> log = context.getBean(Words.class).log;
			OmniPaxosEndpoint endpoint = context.getBean(OmniPaxosEndpoint.class);
			assertThat(log.append("a")).succeedsWithin(PATIENCE);
			NodeHealth.awaitUp(context, PATIENCE);

			storage.hang();
			try {
				CompletableFuture<Appended> waiting = log.append("b");
				Awaitility.await()
					.atMost(PATIENCE)
					.untilAsserted(() -> assertThat(NodeHealth.of(context)).returns(Status.DOWN, Health::getStatus)
						.satisfies((health) -> assertThat(health.getDetails().get("logs")).asString()
							.containsPattern("a write to the storage has been under way for \\d+ ms")));
				assertThat(endpoint.log("words")).extracting(LogDescriptor::writingMillis)
					.asInstanceOf(InstanceOfAssertFactories.LONG)
					.isGreaterThan(300);
				assertThat(waiting).isNotDone();
			}
			finally {
				storage.answer();
			}

			NodeHealth.awaitUp(context, PATIENCE);
			assertThat(endpoint.log("words")).returns(null, LogDescriptor::writingMillis)
				.returns(2L, LogDescriptor::decidedIndex);
		});
	}

	/** A callback that waits for its own log would wait for ever. */
	@Test
	void aNodeWhoseLogIsHeldUpByACallbackIsDownAndClaimsNothing() {
		BrokenStorageFactory storage = new BrokenStorageFactory();
		CountDownLatch goOn = new CountDownLatch(1);
		this.alone.withBean(StorageFactory.class, () -> storage).withBean(SimpleMeterRegistry.class).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBean(OmniPaxosMetrics.class).bindTo(registry);
			NodeHealth.awaitUp(context, PATIENCE);
			storage.hang();
			context.getBean(Words.class).log.append("a").thenRun(() -> await(goOn));
			storage.answer();
			try {
				Awaitility.await()
					.atMost(PATIENCE)
					.untilAsserted(() -> assertThat(NodeHealth.of(context)).returns(Status.DOWN, Health::getStatus)
						.satisfies((health) -> assertThat(health.getDetails().get("logs")).asString()
							.contains("role=follower")
							.containsPattern("the thread of this log has been held up for \\d+ ms")));
				assertThat(registry.get("omnipaxos.leader").gauge().value()).isZero();
				assertThat(registry.get("omnipaxos.quorum").gauge().value()).isZero();
				assertThat(context.getBean(OmniPaxosEndpoint.class).log("words"))
					.returns(false, LogDescriptor::quorumConnected)
					.extracting(LogDescriptor::heldUpMillis)
					.isNotNull();
			}
			finally {
				goOn.countDown();
			}

			NodeHealth.awaitUp(context, PATIENCE);
			assertThat(registry.get("omnipaxos.quorum").gauge().value()).isOne();
			assertThat(context.getBean(OmniPaxosEndpoint.class).log("words")).returns(null,
					LogDescriptor::heldUpMillis);
		});
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void aNodeWithoutRoomForMoreIsDownUntilItsLogIsTrimmed() {
		this.alone.withPropertyValues("omnipaxos.storage.memory.max-size=1KB").run((context) -> {
			ReplicatedLog<String> log = context.getBean(Words.class).log;
			assertThat(log.append("x".repeat(1000))).succeedsWithin(PATIENCE);
			CompletableFuture<Appended> waiting = log.append("more");
			OmniPaxosHealthIndicator indicator = context.getBean(OmniPaxosHealthIndicator.class);
			Awaitility.await()
				.atMost(PATIENCE)
				.untilAsserted(() -> assertThat(health(indicator)).returns(Status.DOWN, Health::getStatus)
					.satisfies((health) -> assertThat(health.getDetails().get("logs")).asString()
						.contains("the storage has had no room for more entries for")));
			assertThat(context.getBean(OmniPaxosEndpoint.class).log("words")).returns(true, LogDescriptor::full);

			Awaitility.await().untilAsserted(() -> assertThat(log.trim(1)).succeedsWithin(PATIENCE));

			assertThat(waiting).succeedsWithin(PATIENCE);
			Awaitility.await().until(() -> health(indicator).getStatus().equals(Status.UP));
		});
	}

	@Test
	void metersCountWhatTheLogsDo() {
		this.alone.withBean(SimpleMeterRegistry.class).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBean(OmniPaxosMetrics.class).bindTo(registry);
			assertThat(context.getBean(Words.class).log.append("a")).succeedsWithin(PATIENCE);

			Awaitility.await().untilAsserted(() -> {
				assertThat(registry.get("omnipaxos.appended").tag("log", "words").functionCounter().count()).isOne();
				assertThat(registry.get("omnipaxos.decided").tag("log", "words").functionCounter().count()).isOne();
				assertThat(registry.get("omnipaxos.index.decided").tag("log", "words").gauge().value()).isOne();
				assertThat(registry.get("omnipaxos.leader").tag("log", "words").gauge().value()).isOne();
				assertThat(registry.get("omnipaxos.storage.writes").functionTimer().count()).isPositive();
			});
		});
	}

	@Test
	void thereAreMetersForEachPeer() {
		this.deserted.withBean(SimpleMeterRegistry.class).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBean(OmniPaxosMetrics.class).bindTo(registry);
			for (NodeId peer : List.of(new NodeId(2), new NodeId(3))) {
				String tag = Long.toString(peer.value());
				assertThat(registry.get("omnipaxos.peer.lag").tags("log", "words", "peer", tag).gauge().value())
					.isZero();
				assertThat(registry.get("omnipaxos.peer.bytes").tags("peer", tag).functionCounters()).hasSize(2);
				assertThat(registry.get("omnipaxos.peer.connected").tags("peer", tag).gauge().value()).isZero();
			}
		});
	}

	private static Health health(OmniPaxosHealthIndicator indicator) {
		Health health = indicator.health(true);
		assertThat(health).isNotNull();
		return health;
	}

	@Configuration(proxyBeanMethods = false)
	static class Words {

		final ReplicatedLog<String> log;

		Words(ObjectProvider<ReplicatedLog<String>> log) {
			this.log = log.getIfAvailable();
		}

		@Bean
		static EntryType<String> words() {
			return EntryType.of(String.class).named("words");
		}

	}

}
