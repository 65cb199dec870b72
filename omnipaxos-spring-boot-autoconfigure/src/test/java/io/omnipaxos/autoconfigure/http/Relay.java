package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A way to a port of this machine. Connections can be made to lead nowhere: they stay
 * open, and nothing comes through them any more.
 */
final class Relay implements AutoCloseable {

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));

	private final List<Connection> connections = new CopyOnWriteArrayList<>();

	private final int target;

	Relay(int target) throws IOException {
		this.target = target;
		start(this::acceptAll);
	}

	int port() {
		return this.server.getLocalPort();
	}

	/**
	 * Lets nothing more through the connections that there are, and tells neither end.
	 */
	void swallow() {
		this.connections.forEach((connection) -> connection.swallowing = true);
	}

	private void acceptAll() throws IOException {
		while (true) {
			Connection connection = new Connection(this.server.accept(),
					new Socket(InetAddress.getByName("127.0.0.1"), this.target));
			this.connections.add(connection);
			start(() -> connection.carry(connection.near, connection.far));
			start(() -> connection.carry(connection.far, connection.near));
		}
	}

	private static void start(Step step) {
		Thread thread = new Thread(() -> {
			try {
				step.run();
			}
			catch (IOException ex) {
				// Closed, by the test or by either end.
			}
		}, "relay");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Connection connection : this.connections) {
			connection.near.close();
			connection.far.close();
		}
	}

	private interface Step {

		void run() throws IOException;

	}

	private static final class Connection {

		private final Socket near;

		private final Socket far;

		private volatile boolean swallowing;

		private Connection(Socket near, Socket far) {
			this.near = near;
			this.far = far;
		}

		private void carry(Socket from, Socket to) throws IOException {
			byte[] bytes = new byte[64 << 10];
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
				if (!this.swallowing) {
					out.write(bytes, 0, count);
				}
			}
			if (!this.swallowing) {
				to.close();
			}
		}

	}

}
