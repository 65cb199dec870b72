package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;

import org.springframework.boot.ssl.SslBundle;

/**
 * Speaks TLS with whoever comes, and counts who goes before saying anything, and who does
 * not.
 */
final class TlsStranger implements AutoCloseable {

	private final SSLServerSocket server;

	private final AtomicInteger left = new AtomicInteger();

	private final AtomicInteger spoken = new AtomicInteger();

	TlsStranger(int port, SslBundle keys) throws IOException {
		this.server = (SSLServerSocket) keys.createSslContext()
			.getServerSocketFactory()
			.createServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
		Thread thread = new Thread(this::acceptAll, "tls-stranger");
		thread.setDaemon(true);
		thread.start();
	}

	/** Returns how many have gone away before the connection was there. */
	int left() {
		return this.left.get();
	}

	/** Returns how many have said something. */
	int spoken() {
		return this.spoken.get();
	}

	private void acceptAll() {
		try {
			while (true) {
				listen(this.server.accept());
			}
		}
		catch (IOException ex) {
			// Closed by the test.
		}
	}

	private void listen(Socket socket) {
		try (socket) {
			AtomicInteger what = (socket.getInputStream().read() >= 0) ? this.spoken : this.left;
			what.incrementAndGet();
		}
		catch (IOException ex) {
			// Gone in the middle of the handshake.
			this.left.incrementAndGet();
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
