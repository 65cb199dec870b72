package io.omnipaxos.sample.network;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * What one process connects to in place of another: a port of its own, behind which both
 * directions of each connection do as they are told. Thread-safe.
 */
public final class Link implements Closeable {

	private final ServerSocket server;

	private final int targetPort;

	private final Executor executor;

	private final Lane forth = new Lane();

	private final Lane back = new Lane();

	private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

	private volatile boolean refusing;

	/**
	 * Opens a link.
	 * @param targetPort port on this machine that connections lead to
	 * @param executor what runs the connections, a thread for each of their four ends
	 */
	public Link(int targetPort, Executor executor) {
		this.targetPort = targetPort;
		this.executor = executor;
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		executor.execute(this::acceptAll);
	}

	/** Returns the port to connect to. */
	public int port() {
		return this.server.getLocalPort();
	}

	/** Returns how many connections are open. */
	public int connections() {
		return this.connections.size();
	}

	/** Says how well bytes pass from whoever connects to the target. */
	public void forth(LinkCondition condition) {
		this.forth.set(condition);
	}

	/** Says how well bytes pass from the target to whoever connects. */
	public void back(LinkCondition condition) {
		this.back.set(condition);
	}

	/** Says whether new connections are broken at once. */
	public void refuse(boolean refuse) {
		this.refusing = refuse;
	}

	/** Breaks every connection; new ones are taken. */
	public void reset() {
		this.connections.forEach(Connection::close);
	}

	private void acceptAll() {
		while (!this.server.isClosed()) {
			try {
				accept(this.server.accept());
			}
			catch (SocketException ex) {
				// Closed, which ends this.
				continue;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	private void accept(Socket near) throws IOException {
		if (this.refusing) {
			near.setSoLinger(true, 0);
			near.close();
			return;
		}
		Connection connection = new Connection(near, this.targetPort, new Pump(this.forth), new Pump(this.back),
				this.connections::remove);
		this.connections.add(connection);
		connection.start(this.executor);
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		reset();
	}

}
