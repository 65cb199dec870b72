package io.omnipaxos.autoconfigure.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.omnipaxos.node.TransportHandler;
import io.omnipaxos.node.wire.Frame;
import io.omnipaxos.node.wire.FrameCodec;
import io.omnipaxos.node.wire.FrameFormat;
import io.omnipaxos.node.wire.FrameReader;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;

/**
 * A peer that takes every stream, and reads what it carries in steps with a pause after
 * each. Little of it waits in its machine to be read.
 */
final class SlowPeer implements AutoCloseable {

	private static final int STEP_BYTES = 128 << 10;

	private final Semaphore steps = new Semaphore(0);

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

	private final TransportHandler handler;

	private final WebServer server;

	SlowPeer(Duration pause, TransportHandler handler) throws IOException {
		this.handler = handler;
		TomcatServletWebServerFactory factory = TestNode.tomcat(0);
		factory.setAddress(InetAddress.getByName("127.0.0.1"));
		factory.addConnectorCustomizers(
				(connector) -> connector.setProperty("socket.rxBufSize", Integer.toString(STEP_BYTES)));
		this.server = factory
			.getWebServer(new ServletRegistrationBean<>(new StreamServlet(), TestNode.PATH)::onStartup);
		this.server.start();
		this.clock.scheduleWithFixedDelay(this.steps::release, 0, pause.toNanos(), TimeUnit.NANOSECONDS);
	}

	int port() {
		return this.server.getPort();
	}

	@Override
	public void close() {
		this.clock.shutdownNow();
		this.server.stop();
		this.server.destroy();
	}

	private final class StreamServlet extends HttpServlet {

		private static final long serialVersionUID = 1L;

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) {
			response.setHeader("OmniPaxos-Storage", "storage-of-2");
			response.setStatus(HttpServletResponse.SC_NO_CONTENT);
		}

		@Override
		protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
			FrameReader frames = new FrameReader(new Stepwise(request.getInputStream()),
					new FrameCodec(FrameFormat.CBOR, 32 << 20));
			for (Frame frame = frames.read(); frame != null; frame = frames.read()) {
				SlowPeer.this.handler.received(frame.log(), frame.messages());
			}
			response.setStatus(HttpServletResponse.SC_NO_CONTENT);
		}

	}

	/** A body of which each step gives a part. */
	private final class Stepwise extends FilterInputStream {

		private int left;

		private Stepwise(InputStream in) {
			super(in);
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			if (this.left == 0) {
				awaitStep();
				this.left = STEP_BYTES;
			}
			int count = super.read(bytes, offset, Math.min(length, this.left));
			this.left -= Math.max(0, count);
			return count;
		}

		private void awaitStep() throws InterruptedIOException {
			try {
				SlowPeer.this.steps.acquire();
			}
			catch (InterruptedException ex) {
				throw new InterruptedIOException("The test is over");
			}
		}

	}

}
