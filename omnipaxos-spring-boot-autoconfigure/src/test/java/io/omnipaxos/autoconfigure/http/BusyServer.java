package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.coyote.AbstractProtocol;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;

/** A web server with few request threads, which an application can occupy. */
final class BusyServer implements AutoCloseable {

	private final int threads;

	private final CountDownLatch occupied;

	private final CountDownLatch released = new CountDownLatch(1);

	private final WebServer server;

	BusyServer(TestNode node, int threads) throws IOException {
		this.threads = threads;
		this.occupied = new CountDownLatch(threads);
		TomcatServletWebServerFactory factory = TestNode.tomcat(0);
		factory.setAddress(InetAddress.getByName("127.0.0.1"));
		factory.addProtocolHandlerCustomizers((protocol) -> {
			((AbstractProtocol<?>) protocol).setMinSpareThreads(threads);
			((AbstractProtocol<?>) protocol).setMaxThreads(threads);
		});
		this.server = factory.getWebServer(
				new ServletRegistrationBean<>(node.transport.servlet(), TestNode.PATH)::onStartup,
				new ServletRegistrationBean<>(new BlockingServlet(), "/busy")::onStartup);
		this.server.start();
	}

	URI streamUri() {
		return URI.create("http://127.0.0.1:%d%s".formatted(this.server.getPort(), TestNode.PATH));
	}

	void occupyAllThreads() throws InterruptedException {
		HttpClient http = HttpClient.newHttpClient();
		for (int i = 0; i < this.threads; i++) {
			URI uri = URI.create("http://127.0.0.1:%d/busy".formatted(this.server.getPort()));
			http.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
		}
		if (!this.occupied.await(20, TimeUnit.SECONDS)) {
			throw new IllegalStateException("Some request threads are still free");
		}
	}

	@Override
	public void close() {
		this.released.countDown();
		this.server.stop();
		this.server.destroy();
	}

	private final class BlockingServlet extends HttpServlet {

		private static final long serialVersionUID = 1L;

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) {
			BusyServer.this.occupied.countDown();
			try {
				BusyServer.this.released.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
