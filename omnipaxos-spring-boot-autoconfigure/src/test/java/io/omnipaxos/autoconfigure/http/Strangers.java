package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Connections of somebody who wants nothing but to keep a node's web server busy. */
final class Strangers implements AutoCloseable {

	private final List<SocketChannel> connections = new ArrayList<>();

	private final URI uri;

	Strangers(URI uri) {
		this.uri = uri;
	}

	/** Opens connections, and says the same on each, or nothing. */
	Strangers open(int count, String said) throws IOException {
		for (int i = 0; i < count; i++) {
			SocketChannel connection = SocketChannel
				.open(new InetSocketAddress(this.uri.getHost(), this.uri.getPort()));
			connection.write(ByteBuffer.wrap(said.getBytes(StandardCharsets.ISO_8859_1)));
			connection.configureBlocking(false);
			this.connections.add(connection);
		}
		return this;
	}

	/** Returns how many connections the server has not closed yet. */
	long stillOpen() {
		return this.connections.stream().filter(Strangers::isOpen).count();
	}

	private static boolean isOpen(SocketChannel connection) {
		try {
			ByteBuffer answer = ByteBuffer.allocate(1024);
			int read = connection.read(answer);
			while (read > 0) {
				answer.clear();
				read = connection.read(answer);
			}
			return read == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public void close() throws IOException {
		for (SocketChannel connection : this.connections) {
			connection.close();
		}
	}

}
