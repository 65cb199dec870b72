package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.omnipaxos.autoconfigure.OmniPaxosAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that Spring Security locks altogether: peers come in with the secret of
 * the cluster, and nobody comes in anywhere else.
 */
class LockedDownApplicationTests {

	private static final String PATH = "/omnipaxos/stream";

	private static final String SECRET = "omnipaxos.transport.secret=what every node of this cluster knows";

	private final HttpClient client = HttpClient.newHttpClient();

	@Test
	void thePathOfThePeersIsGuardedByTheSecretOfTheCluster() throws Exception {
		try (ConfigurableApplicationContext application = run("http://kv-2:8080", SECRET)) {
			HttpResponse<String> answer = ask(application, PATH, "OmniPaxos-Protocol", "1", "OmniPaxos-Cluster",
					"omnipaxos", "OmniPaxos-From", "2", "OmniPaxos-To", "1", "OmniPaxos-Configuration", "1",
					"OmniPaxos-Members", "1,2 2/2", "OmniPaxos-Storage", "some", "OmniPaxos-Stream", "1");

			assertThat(answer.statusCode()).isEqualTo(401);
			assertThat(answer.body()).contains("omnipaxos.transport.secret");
		}
	}

	@Test
	void nothingElseIsOpened() throws Exception {
		try (ConfigurableApplicationContext application = run("http://kv-2:8080", SECRET)) {
			assertThatSecurityKeepsOut(ask(application, PATH + "/"));
			assertThatSecurityKeepsOut(ask(application, PATH + "/more"));
			assertThatSecurityKeepsOut(ask(application, "/omnipaxos"));
			assertThatSecurityKeepsOut(ask(application, "/"));
		}
	}

	@Test
	void withoutASecretThePathOfThePeersIsLockedLikeEveryOther() throws Exception {
		try (ConfigurableApplicationContext application = run("http://kv-2:8080")) {
			assertThatSecurityKeepsOut(ask(application, PATH));
		}
	}

	@Test
	void aClusterOnOneMachineNeedsNoSecret() throws Exception {
		try (ConfigurableApplicationContext application = run("http://127.0.0.1:1")) {
			HttpResponse<String> answer = ask(application, PATH);

			assertThat(answer.statusCode()).isEqualTo(400);
			assertThat(answer.body()).contains("OmniPaxos-Protocol");
		}
	}

	@Test
	void anApplicationThatSetsSpringSecurityUpWithoutSpringBootLetsPeersPassToo() {
		new WebApplicationContextRunner(AnnotationConfigServletWebServerApplicationContext::new)
			.withConfiguration(AutoConfigurations.of(TomcatServletWebServerAutoConfiguration.class,
					OmniPaxosAutoConfiguration.class, OmniPaxosHttpTransportAutoConfiguration.class,
					OmniPaxosHttpSecurityAutoConfiguration.class))
			.withUserConfiguration(OwnSecurity.class)
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.security"))
			.withPropertyValues("server.address=127.0.0.1", "server.port=0",
					"server.servlet.register-default-servlet=true", "omnipaxos.cluster.nodes=1,2",
					"omnipaxos.server.pid=1", "omnipaxos.shutdown.hand-over-timeout=0ms",
					"omnipaxos.peers.2=http://kv-2:8080", SECRET)
			.run((context) -> {
				ConfigurableApplicationContext application = context.getSourceApplicationContext();
				assertThat(ask(application, PATH).statusCode()).isEqualTo(400);
				assertThatSecurityKeepsOut(ask(application, "/omnipaxos"));
			});
	}

	private static void assertThatSecurityKeepsOut(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isEqualTo(401);
		assertThat(answer.headers().firstValue("WWW-Authenticate"))
			.hasValueSatisfying((scheme) -> assertThat(scheme).startsWith("Basic"));
	}

	private HttpResponse<String> ask(ConfigurableApplicationContext application, String path, String... headers)
			throws IOException, InterruptedException {
		int port = ((ServletWebServerApplicationContext) application).getWebServer().getPort();
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
		for (int i = 0; i < headers.length; i += 2) {
			request.header(headers[i], headers[i + 1]);
		}
		return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static ConfigurableApplicationContext run(String peer, String... more) {
		return new SpringApplicationBuilder(Application.class)
			.properties("spring.autoconfigure.exclude=" + JettyServletWebServerAutoConfiguration.class.getName(),
					"server.address=127.0.0.1", //
					"server.port=0", //
					"spring.datasource.generate-unique-name=true", //
					"omnipaxos.storage.type=memory", //
					"omnipaxos.cluster.nodes=1,2", //
					"omnipaxos.server.pid=1", //
					"omnipaxos.shutdown.hand-over-timeout=0ms", //
					"omnipaxos.peers.2=" + peer)
			.properties(more)
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class OwnSecurity {

		@Bean
		SecurityFilterChain nobodyComesIn(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.httpBasic(Customizer.withDefaults())
				.build();
		}

	}

	@EnableAutoConfiguration
	static class Application {

	}

}
