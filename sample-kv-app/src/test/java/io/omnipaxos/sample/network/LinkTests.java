package io.omnipaxos.sample.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Faults that the tests with real processes rely on: if a link did not cut, a test that
 * cuts it would show nothing.
 */
class LinkTests {

	private static final int LONG_MILLIS = 10_000;

	private static final int SHORT_MILLIS = 200;

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private ServerSocket target;

	private Link link;

	@BeforeEach
	void open() throws IOException {
		this.target = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
		this.link = new Link(this.target.getLocalPort(), this.executor);
	}

	@AfterEach
	void close() throws IOException {
		this.link.close();
		this.target.close();
		this.executor.shutdownNow();
	}

	@Test
	void bytesPassBothWaysAndSoDoesTheEnd() throws IOException {
		try (Socket near = connect(); Socket far = accept()) {
			send(near, "question");
			assertThat(receive(far, 8)).isEqualTo("question");
			near.shutdownOutput();
			assertThat(far.getInputStream().read()).isEqualTo(-1);
			send(far, "answer");
			assertThat(receive(near, 6)).isEqualTo("answer");
		}
		await().until(() -> this.link.connections() == 0);
	}

	@Test
	void aCutDirectionHoldsBackWhatTheOtherStillCarries() throws IOException {
		try (Socket near = connect(); Socket far = accept()) {
			this.link.forth(LinkCondition.CUT);
			send(near, "late");
			send(far, "in time");
			assertThat(receive(near, 7)).isEqualTo("in time");
			assertThatNothingComes(far);

			this.link.forth(LinkCondition.GOOD);
			assertThat(receive(far, 4)).isEqualTo("late");
		}
	}

	@Test
	void nobodyHearsOfAConnectionThatIsOpenedAndGivenUpDuringACut() throws IOException {
		this.link.forth(LinkCondition.CUT);
		try (Socket near = connect()) {
			send(near, "hello?");
			await().until(() -> this.link.connections() == 1);
		}
		await().until(() -> this.link.connections() == 0);
		this.link.forth(LinkCondition.GOOD);
		this.target.setSoTimeout(SHORT_MILLIS);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(this.target::accept);
	}

	@Test
	void latencyDelaysEachByteAndHoldsNoneUp() throws IOException {
		this.link.forth(LinkCondition.slow(Duration.ofMillis(300), 0));
		try (Socket near = connect(); Socket far = accept()) {
			long start = System.nanoTime();
			for (int i = 0; i < 5; i++) {
				send(near, "x");
			}
			receive(far, 5);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(300),
					Duration.ofMillis(1400));
		}
	}

	@Test
	void aTrickleTakesItsTime() throws IOException {
		this.link.forth(LinkCondition.trickling(100));
		try (Socket near = connect(); Socket far = accept()) {
			long start = System.nanoTime();
			send(near, "x".repeat(60));
			receive(far, 60);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(450));
		}
	}

	@Test
	void aLostSegmentIsLateAndEverythingAfterItToo() throws IOException {
		this.link.forth(LinkCondition.slow(Duration.ofMillis(10), 1));
		try (Socket near = connect(); Socket far = accept()) {
			long start = System.nanoTime();
			send(near, "lost");
			receive(far, 4);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(200));
		}
	}

	@Test
	void aResetReachesBothSides() throws IOException {
		try (Socket near = connect(); Socket far = accept()) {
			send(near, "x");
			receive(far, 1);
			this.link.reset();
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> near.getInputStream().read());
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> far.getInputStream().read());
		}
		try (Socket again = connect(); Socket far = accept()) {
			send(again, "x");
			assertThat(receive(far, 1)).isEqualTo("x");
		}
	}

	@Test
	void aTargetThatIsGoneBreaksTheConnection() throws IOException {
		this.target.close();
		try (Socket near = connect()) {
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> near.getInputStream().read());
		}
	}

	private Socket connect() throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.link.port());
		socket.setSoTimeout(LONG_MILLIS);
		return socket;
	}

	private Socket accept() throws IOException {
		this.target.setSoTimeout(LONG_MILLIS);
		Socket socket = this.target.accept();
		socket.setSoTimeout(LONG_MILLIS);
		return socket;
	}

	private static void send(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
	}

	private static String receive(Socket socket, int bytes) throws IOException {
		return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
	}

	private static void assertThatNothingComes(Socket socket) throws IOException {
		socket.setSoTimeout(SHORT_MILLIS);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> socket.getInputStream().read());
		socket.setSoTimeout(LONG_MILLIS);
	}

}
