package io.omnipaxos.autoconfigure.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.coyote.http11.Http11Nio2Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.boot.web.servlet.ServletRegistrationBean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The bytes of a body are waited for at its connection only where they come out as they
 * arrive: elsewhere some may be there already while nothing moves on the connection.
 */
class StreamConnectionTests {

	private final TomcatServletWebServerFactory tomcat = new TomcatServletWebServerFactory(0);

	private UnaryOperator<InputStream> body = UnaryOperator.identity();

	private boolean seen;

	private boolean canBeWaitedAt;

	@Test
	void aPlainConnectionCanBeWaitedAt() throws Exception {
		assertThat(canBeWaitedAt("http", customized())).isTrue();
	}

	@Test
	void aBodyThatSomebodyReadsAheadCanNot() throws Exception {
		this.body = BufferedInputStream::new;

		assertThat(canBeWaitedAt("http", customized())).isFalse();
	}

	@Test
	void anEncryptedConnectionCanNot(@TempDir Path directory) throws Exception {
		TestAuthority authority = new TestAuthority(directory, "authority");
		Ssl ssl = new Ssl();
		ssl.setKeyStore(authority.issue("kv-1").toUri().toString());
		ssl.setKeyStorePassword(TestAuthority.PASSWORD);
		this.tomcat.setSsl(ssl);
		HttpClient client = HttpClient.newBuilder().sslContext(authority.bundleWithoutKey().createSslContext()).build();

		assertThat(canBeWaitedAt("https", customized(), client)).isFalse();
	}

	@Test
	void anotherConnectorOfTomcatIsKeptAndCanNot() throws Exception {
		this.tomcat.setProtocol(Http11Nio2Protocol.class.getName());

		assertThat(canBeWaitedAt("http", customized())).isFalse();
		assertThat(this.tomcat.getProtocol()).isEqualTo(Http11Nio2Protocol.class.getName());
	}

	@Test
	void anotherServerCanNot() throws Exception {
		assertThat(canBeWaitedAt("http", new JettyServletWebServerFactory(0))).isFalse();
	}

	private TomcatServletWebServerFactory customized() {
		new TomcatCustomizer().customize(this.tomcat);
		return this.tomcat;
	}

	private boolean canBeWaitedAt(String scheme, ConfigurableServletWebServerFactory factory) throws Exception {
		return canBeWaitedAt(scheme, factory, HttpClient.newHttpClient());
	}

	private boolean canBeWaitedAt(String scheme, ConfigurableServletWebServerFactory factory, HttpClient client)
			throws Exception {
		factory.setAddress(InetAddress.getByName("127.0.0.1"));
		WebServer server = factory.getWebServer(new ServletRegistrationBean<>(new Probe(), "/probe")::onStartup);
		server.start();
		try {
			URI uri = URI.create("%s://127.0.0.1:%d/probe".formatted(scheme, server.getPort()));
			HttpRequest request = HttpRequest.newBuilder(uri)
				.version(HttpClient.Version.HTTP_1_1)
				.POST(HttpRequest.BodyPublishers.ofString("hello"))
				.build();
			client.send(request, HttpResponse.BodyHandlers.discarding());
		}
		finally {
			server.stop();
			server.destroy();
		}
		assertThat(this.seen).isTrue();
		return this.canBeWaitedAt;
	}

	private final class Probe extends HttpServlet {

		@Override
		protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
			InputStream in = StreamConnectionTests.this.body.apply(request.getInputStream());
			StreamConnectionTests.this.canBeWaitedAt = StreamConnection.of(request).channel(in) != null;
			StreamConnectionTests.this.seen = true;
		}

	}

}
