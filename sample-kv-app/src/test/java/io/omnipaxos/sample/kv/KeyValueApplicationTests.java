package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The HTTP interface, at a cluster of one. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "omnipaxos.cluster.nodes=1", "omnipaxos.server.pid=1", "omnipaxos.limits.max-entry-size=32KB",
				"spring.datasource.url=jdbc:h2:file:./target/application-tests/${random.uuid};DB_CLOSE_ON_EXIT=FALSE" })
class KeyValueApplicationTests {

	private final KvClient client;

	KeyValueApplicationTests(@LocalServerPort int port) {
		this.client = new KvClient(port);
	}

	@ParameterizedTest
	@ValueSource(strings = { "42", "-1.5", "\"forty-two\"", "\"\"", "12345678901234567890" })
	void whatIsPutCanBeRead(String json) throws IOException {
		KvClient.Answer written = this.client.putBody("read", json.getBytes(StandardCharsets.UTF_8)).ok();
		assertThat(written.text("key")).isEqualTo("read");
		assertThat(this.client.get("kv/read").body().get("value")).hasToString(json);
	}

	@Test
	void writesAnswerWithIndexesThatGrow() throws IOException {
		long first = this.client.put("a", 1).index();
		long second = this.client.delete("a").index();
		assertThat(second).isGreaterThan(first);
		assertThat(this.client.get("log?limit=1&from=" + second).body().get(0).get("index").longValue())
			.isEqualTo(second);
	}

	@Test
	void aDeletedKeyIsNotFound() throws IOException {
		this.client.put("deleted", 1).ok();
		this.client.delete("deleted").ok();
		assertThat(this.client.get("kv/deleted").status()).isEqualTo(404);
		assertThat(this.client.get("kv/deleted").text("detail")).contains("'deleted'");
	}

	@Test
	void readsMayBeLocalOrWaitForAnIndex() throws IOException {
		long index = this.client.put("fresh", 1).index();
		assertThat(this.client.get("kv/fresh?consistency=local").value()).isEqualTo(1);
		assertThat(this.client.get("kv/fresh?min-index=" + index).value()).isEqualTo(1);
	}

	/** In its own time, and not in that of the web server, which would not say why. */
	@Test
	void aReadOfAnIndexThatIsNotThereGivesUpInTime() throws IOException {
		KvClient.Answer answer = this.client.get("kv/fresh?min-index=1000000");
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.text("reason")).isEqualTo("timeout");
		assertThat(answer.retryAfter()).isPresent();
		assertThat(answer.body().has("outcome")).as("says what happened to a write, which this is not").isFalse();
	}

	@Test
	void pagesCoverEverything() throws IOException {
		for (String key : new String[] { "page-c", "page-a", "page-b" }) {
			this.client.put(key, key).ok();
		}
		KvClient.Answer first = this.client.get("kv?limit=2&after=page-").ok();
		assertThat(first.body().get("entries")).extracting((entry) -> entry.get("key").stringValue())
			.containsExactly("page-a", "page-b");
		KvClient.Answer second = this.client.get("kv?limit=1&after=" + first.text("next")).ok();
		assertThat(second.body().get("entries").get(0).get("key").stringValue()).isEqualTo("page-c");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "true", "null", "{}", "[1]", "{\"unfinished\":", "1 2", "1e999", "forty-two" })
	void refusesWhatIsNoStringOrNumber(String body) throws IOException {
		KvClient.Answer answer = this.client.putBody("refused", body.getBytes(StandardCharsets.UTF_8));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.text("detail")).containsAnyOf("JSON", "string or number");
	}

	@Test
	void refusesAValueThatIsTooLarge() throws IOException {
		assertThat(this.client.put("large", "x".repeat(65_537)).status()).isEqualTo(413);
	}

	@Test
	void aValueThatTheLogRefusesIsNotWritten() throws IOException {
		KvClient.Answer answer = this.client.put("too-large", "x".repeat(40_000));
		assertThat(answer.status()).isEqualTo(413);
		assertThat(answer.text("outcome")).isEqualTo("not-written");
		assertThat(answer.text("detail")).contains("the limit is 32768");
		assertThat(this.client.get("kv/too-large").status()).isEqualTo(404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "kv/a?consistency=maybe", "kv/a?min-index=-1", "kv/a?min-index=x", "kv?limit=0",
			"kv?limit=1001", "log?from=-1", "log?limit=0" })
	void refusesParametersThatMakeNoSense(String path) throws IOException {
		assertThat(this.client.get(path).status()).isEqualTo(400);
	}

	@Test
	void isHealthy() throws IOException {
		await().untilAsserted(() -> assertThat(this.client.get("actuator/health").text("status")).isEqualTo("UP"));
		assertThat(this.client.get("actuator/omnipaxos").status()).isEqualTo(200);
	}

	/** Lets no asynchronous request wait, unless told otherwise. */
	@TestConfiguration(proxyBeanMethods = false)
	static class ImpatientWebServer {

		@Bean
		WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> impatience() {
			return (tomcat) -> tomcat.addConnectorCustomizers((connector) -> connector.setAsyncTimeout(1));
		}

	}

}
