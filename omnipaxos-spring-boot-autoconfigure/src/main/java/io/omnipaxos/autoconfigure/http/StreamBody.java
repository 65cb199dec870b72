package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of a stream, whose reader waits for the next bytes at the connection itself,
 * where the web server lets it. Otherwise a thread of the web server waits there for all
 * connections, and wakes the reader: that is two threads to be woken for each frame
 * instead of one, and twice as long a way.
 * <p>
 * The bytes themselves are read from the web server in any case. For one thread, but for
 * {@link #cut}.
 */
final class StreamBody extends InputStream {

	private static final Logger logger = LoggerFactory.getLogger(StreamBody.class);

	/**
	 * How long to wait at the connection. A busy stream is never silent for that long;
	 * with one that is, or was closed on this side, the web server knows what to do.
	 */
	private static final long WAIT_MILLIS = 250;

	private final InputStream in;

	private final @Nullable Arrival arrival;

	private final @Nullable Selector selector;

	private StreamBody(InputStream in, @Nullable Arrival arrival) throws IOException {
		this.in = in;
		this.arrival = arrival;
		this.selector = (arrival != null) ? select(arrival.channel()) : null;
	}

	/**
	 * Returns the body of a request.
	 * @throws IOException if its connection is lost
	 */
	static StreamBody of(ServletRequest request) throws IOException {
		InputStream in = request.getInputStream();
		return new StreamBody(in, StreamConnection.of(request).arrival(in));
	}

	private static Selector select(SocketChannel channel) throws IOException {
		Selector selector = Selector.open();
		try {
			channel.register(selector, SelectionKey.OP_READ);
			return selector;
		}
		catch (IOException ex) {
			selector.close();
			throw ex;
		}
	}

	@Override
	public int read() throws IOException {
		await();
		return this.in.read();
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		if (length > 0) {
			await();
		}
		return this.in.read(bytes, offset, length);
	}

	private void await() throws IOException {
		if (this.arrival != null && this.selector != null && this.in.available() == 0 && !this.arrival.hasArrived()) {
			this.selector.select(WAIT_MILLIS);
			this.selector.selectedKeys().clear();
		}
	}

	/**
	 * Lets whoever reads find the connection at its end, where the web server gives it
	 * away. In any thread.
	 */
	void cut() {
		try {
			if (this.arrival != null) {
				this.arrival.channel().shutdownInput();
			}
		}
		catch (IOException ex) {
			logger.debug("The connection of a stream was closed already", ex);
		}
	}

	/** Lets go of the connection, which stays open. */
	@Override
	public void close() throws IOException {
		if (this.selector != null) {
			this.selector.close();
		}
	}

}
