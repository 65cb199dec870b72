package io.omnipaxos.autoconfigure.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A peer that takes every stream, unless it is to answer something else, and never reads
 * what it carries nor says anything.
 */
final class StuckPeer implements AutoCloseable {

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final List<Socket> answered = new CopyOnWriteArrayList<>();

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

	/** Returns how many connections were answered on: a question is one of its own. */
	int questions() {
		return this.answered.size();
	}

	/** Reads on what has come on the first of those connections, until it is closed. */
	void awaitEndOfFirstConnection() throws IOException {
		Socket socket = this.answered.get(0);
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
				answer(socket);
			}
		}
		catch (IOException ex) {
			// Closed by the test.
		}
	}

	private void answer(Socket socket) {
		try {
			readHead(socket);
			socket.getOutputStream().write(this.answer.getBytes(StandardCharsets.ISO_8859_1));
			this.answered.add(socket);
		}
		catch (IOException ex) {
			// On a busy machine a client may have lost its patience before it could ask.
		}
	}

	private static void readHead(Socket socket) throws IOException {
		int matched = 0;
		while (matched < 4) {
			int next = socket.getInputStream().read();
			if (next < 0) {
				throw new EOFException("The client has gone");
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
