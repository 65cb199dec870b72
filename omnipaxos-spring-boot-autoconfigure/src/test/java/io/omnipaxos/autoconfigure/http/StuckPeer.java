package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A peer that takes every stream, unless it is to answer something else, and never reads
 * what it carries nor says anything.
 */
final class StuckPeer implements AutoCloseable {

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final AtomicInteger questions = new AtomicInteger();

	private final String answer;

	StuckPeer() throws IOException {
		this("HTTP/1.1 204 No Content\r\nOmniPaxos-Storage: storage-of-2\r\n\r\n");
	}

	StuckPeer(String answer) throws IOException {
		this.answer = answer;
		Thread thread = new Thread(this::acceptAll, "stuck-peer");
		thread.setDaemon(true);
		thread.start();
	}

	int port() {
		return this.server.getLocalPort();
	}

	/** Returns how often somebody has asked whether a stream would be taken. */
	int questions() {
		return this.questions.get();
	}

	/** Reads on what has come on the first connection, until it is closed. */
	void awaitEndOfFirstConnection() throws IOException {
		Socket socket = this.sockets.get(0);
		socket.setSoTimeout(20_000);
		try {
			socket.getInputStream().transferTo(OutputStream.nullOutputStream());
		}
		catch (SocketException ex) {
			// Cut off, which is an end too.
		}
	}

	private void acceptAll() {
		try {
			while (true) {
				Socket socket = this.server.accept();
				this.sockets.add(socket);
				readHead(socket);
				this.questions.incrementAndGet();
				socket.getOutputStream().write(this.answer.getBytes(StandardCharsets.ISO_8859_1));
			}
		}
		catch (IOException ex) {
			// Closed by the test.
		}
	}

	private static void readHead(Socket socket) throws IOException {
		int matched = 0;
		while (matched < 4) {
			int next = socket.getInputStream().read();
			if (next < 0) {
				throw new IOException("The client has gone");
			}
			matched = (next == "\r\n\r\n".charAt(matched)) ? matched + 1 : (next == '\r') ? 1 : 0;
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

}
