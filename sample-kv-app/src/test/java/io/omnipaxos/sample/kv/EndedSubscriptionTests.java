package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.omnipaxos.node.EntryCodec;
import io.omnipaxos.node.EntryType;
import io.omnipaxos.node.JacksonEntryCodec;
import io.omnipaxos.node.SubscriptionEndedException;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A node that no longer applies what is decided says so, and why. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "omnipaxos.cluster.nodes=1", "omnipaxos.server.pid=1",
				"spring.datasource.url=jdbc:h2:file:./target/application-tests/${random.uuid};DB_CLOSE_ON_EXIT=FALSE" })
class EndedSubscriptionTests {

	private final KvClient client;

	EndedSubscriptionTests(@LocalServerPort int port) {
		this.client = new KvClient(port);
	}

	@Test
	void anEntryOfANewerVersionThatCannotBeAppliedTakesTheNodeOutOfService() throws IOException {
		await().untilAsserted(() -> assertThat(this.client.get("actuator/health").status()).isEqualTo(200));
		this.client.put("a", "before").ok();

		this.client.put(NewerVersion.KEY, "whatever").ok();

		await().untilAsserted(() -> assertThat(this.client.get("actuator/health").status()).isEqualTo(503));
		KvClient.Answer health = this.client.get("actuator/health");
		assertThat(health.body().at("/components/keyValue/status").stringValue()).isEqualTo("DOWN");
		assertThat(health.body().at("/components/keyValue/details/error").stringValue())
			.contains("A value must be a JSON string or number");
		assertThat(health.body().at("/components/omniPaxos/status").stringValue()).isEqualTo("UP");
		KvClient.Answer read = this.client.get("kv/a");
		assertThat(read.status()).isEqualTo(503);
		assertThat(read.text("reason")).isEqualTo("not-applying");
		assertThat(read.retryAfter()).isPresent();
		assertThat(this.client.get("kv/a?consistency=local").value()).isEqualTo("before");
	}

	@Test
	void aSubscriptionThatWasClosedIsThatOfANodeThatStops() {
		SubscriptionEndedException closed = new SubscriptionEndedException("The subscription is closed", null);
		assertThat(new ProblemAdvice().notApplying(closed, HttpMethod.GET).getBody().getProperties())
			.containsEntry("reason", "stopped");
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Configuration {

		@Bean
		EntryType<KeyValue> keyValueEntryType() {
			return EntryType.of(KeyValue.class).codec(new NewerVersion());
		}

	}

	/** Writes under one key what this version can't read. */
	private static final class NewerVersion implements EntryCodec<KeyValue> {

		static final String KEY = "newer";

		private final EntryCodec<KeyValue> known = JacksonEntryCodec.of(KeyValue.class);

		@Override
		public byte[] encode(KeyValue entry) {
			return entry.key().equals(KEY) ? "{\"key\":\"newer\",\"value\":true}".getBytes(StandardCharsets.UTF_8)
					: this.known.encode(entry);
		}

		@Override
		public KeyValue decode(byte[] bytes) {
			return this.known.decode(bytes);
		}

	}

}
