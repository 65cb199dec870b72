package io.omnipaxos.autoconfigure.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import javax.net.SocketFactory;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.coyote.http11.Http11Nio2Protocol;
import org.jspecify.annotations.Nullable;
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
 * The bytes of a body are waited for at its connection, and never while some are there
 * already: nothing might move on the connection any more.
 */
class StreamConnectionTests {

	/** Two of them are received in one go, encrypted or not. */
	private static final int PART_BYTES = 8330;

	private final TomcatServletWebServerFactory tomcat = new TomcatServletWebServerFactory(0);

	private final CountDownLatch sent = new CountDownLatch(1);

	private final CountDownLatch taken = new CountDownLatch(1);

	private UnaryOperator<InputStream> body = UnaryOperator.identity();

	private boolean canBeWaitedAt;

	private int read;

	@Test
	void aPlainConnectionCanBeWaitedAt() throws Exception {
		assertThat(canBeWaitedAt(customized())).isTrue();
	}

	@Test
	void aBodyThatSomebodyReadsAheadCanNot() throws Exception {
		this.body = BufferedInputStream::new;

		assertThat(canBeWaitedAt(customized())).isFalse();
	}

	@Test
	void anEncryptedConnectionCanBeWaitedAt(@TempDir Path directory) throws Exception {
		TestAuthority authority = new TestAuthority(directory, "authority");
		Ssl ssl = new Ssl();
		ssl.setKeyStore(authority.issue("kv-1").toUri().toString());
		ssl.setKeyStorePassword(TestAuthority.PASSWORD);
		this.tomcat.setSsl(ssl);

		assertThat(canBeWaitedAt(customized(), authority.bundleWithoutKey().createSslContext().getSocketFactory()))
			.isTrue();
	}

	@Test
	void anotherConnectorOfTomcatIsKeptAndCanNot() throws Exception {
		this.tomcat.setProtocol(Http11Nio2Protocol.class.getName());

		assertThat(canBeWaitedAt(customized())).isFalse();
		assertThat(this.tomcat.getProtocol()).isEqualTo(Http11Nio2Protocol.class.getName());
	}

	@Test
	void anotherServerCanNot() throws Exception {
		assertThat(canBeWaitedAt(new JettyServletWebServerFactory(0))).isFalse();
	}

	private TomcatServletWebServerFactory customized() {
		new TomcatCustomizer().customize(this.tomcat);
		return this.tomcat;
	}

	private boolean canBeWaitedAt(ConfigurableServletWebServerFactory factory) throws Exception {
		return canBeWaitedAt(factory, SocketFactory.getDefault());
	}

	private boolean canBeWaitedAt(ConfigurableServletWebServerFactory factory, SocketFactory sockets) throws Exception {
		factory.setAddress(InetAddress.getByName("127.0.0.1"));
		WebServer server = factory.getWebServer(new ServletRegistrationBean<>(new Probe(), "/probe")::onStartup);
		server.start();
		try (Socket socket = sockets.createSocket("127.0.0.1", server.getPort())) {
			socket.setSoTimeout(20_000);
			send(socket,
					"POST /probe HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n".formatted(2 * PART_BYTES)
						.getBytes(StandardCharsets.US_ASCII));
			assertThat(this.taken.await(20, TimeUnit.SECONDS)).isTrue();
			send(socket, new byte[PART_BYTES]);
			send(socket, new byte[PART_BYTES]);
			this.sent.countDown();
			assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
				.isEqualTo("HTTP/1.1 200");
		}
		finally {
			server.stop();
			server.destroy();
		}
		assertThat(this.read).isEqualTo(2 * PART_BYTES);
		return this.canBeWaitedAt;
	}

	private static void send(Socket socket, byte[] bytes) throws IOException {
		socket.getOutputStream().write(bytes);
		socket.getOutputStream().flush();
	}

	/** Reads a body when all of it has been sent. */
	private final class Probe extends HttpServlet {

		@Override
		protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
			StreamConnectionTests test = StreamConnectionTests.this;
			InputStream in = test.body.apply(request.getInputStream());
			Arrival arrival = StreamConnection.of(request).arrival(in);
			test.canBeWaitedAt = arrival != null;
			test.taken.countDown();
			try (Selector selector = Selector.open()) {
				assertThat(test.sent.await(20, TimeUnit.SECONDS)).isTrue();
				if (arrival != null) {
					arrival.channel().register(selector, SelectionKey.OP_READ);
				}
				readAll(in, arrival, selector);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		private void readAll(InputStream in, @Nullable Arrival arrival, Selector selector) throws IOException {
			StreamConnectionTests test = StreamConnectionTests.this;
			byte[] buffer = new byte[1000];
			while (test.read < 2 * PART_BYTES) {
				if (arrival != null && in.available() == 0 && !arrival.hasArrived()) {
					assertThat(selector.select(10_000)).isOne();
					selector.selectedKeys().clear();
				}
				test.read += in.read(buffer);
			}
		}

	}

}
