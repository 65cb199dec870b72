package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Connections of somebody who wants nothing but to keep a node's web server busy. */
final class Strangers implements AutoCloseable {

	private final Map<SocketChannel, StringBuilder> connections = new LinkedHashMap<>();

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
			this.connections.put(connection, new StringBuilder());
		}
		return this;
	}

	/** Returns how many connections the server has not closed yet. */
	long stillOpen() {
		return this.connections.keySet().stream().filter(this::isOpen).count();
	}

	/** Returns what has been answered on each connection. */
	List<String> answers() {
		return this.connections.values().stream().map(StringBuilder::toString).toList();
	}

	private boolean isOpen(SocketChannel connection) {
		try {
			ByteBuffer buffer = ByteBuffer.allocate(1024);
			int read = connection.read(buffer);
			while (read > 0) {
				this.connections.get(connection).append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
				buffer.clear();
				read = connection.read(buffer);
			}
			return read == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public void close() throws IOException {
		for (SocketChannel connection : this.connections.keySet()) {
			connection.close();
		}
	}

}
