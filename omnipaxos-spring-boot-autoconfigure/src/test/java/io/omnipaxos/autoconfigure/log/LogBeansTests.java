package io.omnipaxos.autoconfigure.log;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.omnipaxos.autoconfigure.OmniPaxosAutoConfiguration;
import io.omnipaxos.autoconfigure.ReplicatedEntry;
import io.omnipaxos.node.EntryCodec;
import io.omnipaxos.node.EntryType;
import io.omnipaxos.node.JacksonEntryCodec;
import io.omnipaxos.node.OmniPaxosNode;
import io.omnipaxos.node.ReplicatedLog;
import io.omnipaxos.node.Snapshotter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class LogBeansTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(OmniPaxosAutoConfiguration.class, OmniPaxosLogAutoConfiguration.class))
		.withPropertyValues("omnipaxos.server.pid=1", "omnipaxos.cluster.nodes=1");

	private final ApplicationContextRunner application = this.contextRunner.withUserConfiguration(Application.class);

	@Test
	void thereIsALogForEachAnnotatedType() {
		this.application.run((context) -> {
			Application beans = context.getBean(Application.class);
			assertThat(beans.orders.name()).isEqualTo("orderPlaced");
			assertThat(beans.events.name()).isEqualTo("events");
			assertThat(context.getBean(OmniPaxosNode.class).logs()).extracting(ReplicatedLog::name)
				.containsExactlyInAnyOrder("orderPlaced", "events");
		});
	}

	@Test
	void thereIsNoneWhenTheApplicationDoesNotNameItself() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(OmniPaxosLogAutoConfiguration.class))
			.withUserConfiguration(Packages.class)
			.run((context) -> assertThat(context).doesNotHaveBean(EntryType.class));
	}

	@Test
	void thereIsALogForEachEntryTypeOfTheApplication() {
		this.contextRunner.withUserConfiguration(OwnTypes.class)
			.run((context) -> assertThat(context.getBean(OwnTypes.Logs.class))
				.returns("words", (logs) -> logs.words.name())
				.returns("raw", (logs) -> logs.raw.name()));
	}

	@Test
	void logsOfOneTypeAreToldApartByTheirNames() {
		this.contextRunner.withUserConfiguration(TwoOfOneType.class)
			.withBean(Both.class)
			.run((context) -> assertThat(context.getBean(Both.class)).returns("words", (logs) -> logs.wordsLog.name())
				.returns("audit", (logs) -> logs.qualified.name()));
	}

	@Test
	void whoeverAsksForOneOfSeveralLogsOfATypeIsToldSo() {
		this.contextRunner.withUserConfiguration(TwoOfOneType.class)
			.withBean(Single.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(NoUniqueBeanDefinitionException.class)
				.hasMessageContainingAll("wordsLog", "auditLog"));
	}

	@Test
	void aLogOfTheApplicationTakesThePlaceOfOurs() {
		this.contextRunner.withUserConfiguration(TwoOfOneType.class, OwnLog.class)
			.withBean(Single.class)
			.run((context) -> assertThat(context.getBean(Single.class).log.name()).isEqualTo("audit"));
	}

	@Test
	void anEntryTypeOfTheApplicationTakesThePlaceOfTheAnnotation() {
		this.application.withUserConfiguration(OwnOrders.class)
			.run((context) -> assertThat(context.getBean(Application.class).orders.name()).isEqualTo("renamed"));
	}

	@Test
	void aSnapshotterIsABeanOrMadeLikeOne() {
		this.application.run((context) -> assertThat(snapshotterOfOrders(context.getBean("orderPlacedEntryType")))
			.isInstanceOf(OrderCounter.class));
		OrderCounter own = new OrderCounter();
		this.application.withBean(OrderCounter.class, () -> own)
			.run((context) -> assertThat(snapshotterOfOrders(context.getBean("orderPlacedEntryType"))).isSameAs(own));
	}

	private static Object snapshotterOfOrders(Object bean) {
		EntryType<?> type = (EntryType<?>) bean;
		assertThat(type.snapshots()).isNotNull();
		return type.snapshots().snapshotter();
	}

	@Test
	void snapshotsAreReadAsTheTypeThatTheSnapshotterNames() {
		this.application.run((context) -> {
			EntryType<?> type = context.getBean("orderPlacedEntryType", EntryType.class);
			assertThat(type.snapshots().codec().decode("{\"tea\": 3}".getBytes())).isEqualTo(Map.of("tea", 3L));
		});
	}

	/** They are read for years, and by nodes that have other settings by then. */
	@Test
	void theMapperOfTheApplicationHasNoSayInHowEntriesAreWritten() {
		this.application.withBean(JsonMapper.class, LogBeansTests::ownMapper).run((context) -> {
			assertThat(writtenEntry(context)).isEqualTo("{\"itemName\":\"tea\"}");
			assertThat(writtenSnapshot(context)).isEqualTo("{\"tea\":3}");
		});
	}

	@Test
	void aMapperThatIsNamedForThemWritesEntriesAndSnapshots() {
		this.application.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
			.withUserConfiguration(OwnMapper.class)
			.run((context) -> {
				assertThat(writtenEntry(context)).isEqualTo("{\"item_name\":\"tea\"}");
				assertThat(writtenSnapshot(context)).isEqualTo("{\"tea\":\"3\"}");
				assertThat(context.getBean(JsonMapper.class)).isNotSameAs(context.getBean("omniPaxosJsonMapper"));
			});
	}

	/** Logs that were written with the mapper of Spring Boot are read as they were. */
	@Test
	void entriesAreWrittenAsTheMapperOfSpringBootWritesThemByDefault() {
		List<Object> values = List.of(Instant.EPOCH, Duration.ofSeconds(90), LocalDate.EPOCH,
				ZonedDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC), Optional.of("a"), Optional.empty(),
				new UUID(1, 2), new byte[] { 1, 2 }, new BigDecimal("1.50"), TimeUnit.DAYS);
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
			.run((context) -> {
				JsonMapper boots = context.getBean(JsonMapper.class);
				for (Object value : values) {
					Holder holder = new Holder(value, null);
					assertThat(JacksonEntryCodec.of(Holder.class).encode(holder))
						.isEqualTo(boots.writeValueAsBytes(holder));
				}
			});
	}

	private static JsonMapper ownMapper() {
		return JsonMapper.builder()
			.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
			.enable(JsonWriteFeature.WRITE_NUMBERS_AS_STRINGS)
			.build();
	}

	@SuppressWarnings("unchecked")
	private static String writtenEntry(ApplicationContext context) {
		EntryType<OrderPlaced> type = context.getBean("orderPlacedEntryType", EntryType.class);
		return new String(type.codec().encode(new OrderPlaced("tea")), StandardCharsets.UTF_8);
	}

	@SuppressWarnings("unchecked")
	private static String writtenSnapshot(ApplicationContext context) {
		EntryType<OrderPlaced> type = context.getBean("orderPlacedEntryType", EntryType.class);
		EntryCodec<Map<String, Long>> codec = (EntryCodec<Map<String, Long>>) type.snapshots().codec();
		return new String(codec.encode(Map.of("tea", 3L)), StandardCharsets.UTF_8);
	}

	@ReplicatedEntry(snapshotter = OrderCounter.class)
	record OrderPlaced(String itemName) {

	}

	@ReplicatedEntry(name = "events")
	sealed interface Event {

		record Opened(String by) implements Event {

		}

	}

	static class OrderCounter implements Snapshotter<OrderPlaced, Map<String, Long>> {

		@Override
		public Map<String, Long> create(List<OrderPlaced> entries) {
			return Map.of("orders", (long) entries.size());
		}

		@Override
		public Map<String, Long> merge(Map<String, Long> base, Map<String, Long> delta) {
			return Map.of("orders", base.getOrDefault("orders", 0L) + delta.getOrDefault("orders", 0L));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage
	static class Packages {

	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage
	static class Application {

		final ReplicatedLog<OrderPlaced> orders;

		final ReplicatedLog<Event> events;

		Application(ReplicatedLog<OrderPlaced> orders, ReplicatedLog<Event> events) {
			this.orders = orders;
			this.events = events;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnOrders {

		@Bean
		EntryType<OrderPlaced> orders() {
			return EntryType.of(OrderPlaced.class).named("renamed");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnTypes {

		@Bean
		EntryType<String> words() {
			return EntryType.of(String.class).named("words");
		}

		@Bean
		EntryType<byte[]> raw() {
			return EntryType.ofBytes("raw");
		}

		@Bean
		Logs logs(ReplicatedLog<String> words, ReplicatedLog<byte[]> raw) {
			return new Logs(words, raw);
		}

		record Logs(ReplicatedLog<String> words, ReplicatedLog<byte[]> raw) {

		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoOfOneType {

		@Bean
		EntryType<String> words() {
			return EntryType.of(String.class).named("words");
		}

		@Bean
		EntryType<String> auditEntryType() {
			return EntryType.of(String.class).named("audit");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnLog {

		@Bean
		ReplicatedLog<String> own(OmniPaxosNode node, @Qualifier("auditEntryType") EntryType<String> audit) {
			return node.log(audit);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnMapper {

		@Bean(defaultCandidate = false)
		JsonMapper omniPaxosJsonMapper() {
			return ownMapper();
		}

	}

	record Both(ReplicatedLog<String> wordsLog, @Qualifier("auditLog") ReplicatedLog<String> qualified) {

	}

	record Holder(Object value, @Nullable String nothing) {

	}

	record Single(ReplicatedLog<String> log) {

	}

}
