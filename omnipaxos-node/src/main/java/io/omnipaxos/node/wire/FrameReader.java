package io.omnipaxos.node.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import io.omnipaxos.node.wire.FrameException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames from a stream as {@link FrameWriter} writes them. For one thread.
 * <p>
 * Takes memory only for bytes that have arrived, whatever length a frame claims.
 */
public final class FrameReader {

	private static final int INITIAL_BYTES = 8 << 10;

	private final InputStream in;

	private final FrameCodec codec;

	private byte[] buffer = new byte[INITIAL_BYTES];

	public FrameReader(InputStream in, FrameCodec codec) {
		this.in = in;
		this.codec = codec;
	}

	/**
	 * Reads the next frame, and waits for it.
	 * @return frame, or {@code null} when the stream has ended after the last one
	 * @throws FrameException if the frame is malformed, truncated or too large
	 * @throws IOException if the stream fails
	 */
	public @Nullable Frame read() throws IOException {
		int header = fill(0, Integer.BYTES);
		if (header == 0) {
			return null;
		}
		checkComplete(header, Integer.BYTES);
		int length = 0;
		for (int i = 0; i < Integer.BYTES; i++) {
			length = (length << Byte.SIZE) | (this.buffer[i] & 0xff);
		}
		if (length < 0 || length > this.codec.maxFrameBytes()) {
			throw new FrameException(Reason.TOO_LARGE, "A frame of %d bytes exceeds the limit of %d"
				.formatted(Integer.toUnsignedLong(length), this.codec.maxFrameBytes()));
		}
		readBody(length);
		Frame frame = this.codec.decode(this.buffer, 0, length);
		if (this.buffer.length > FrameBuffer.KEPT_BYTES) {
			this.buffer = new byte[INITIAL_BYTES];
		}
		return frame;
	}

	private void readBody(int length) throws IOException {
		int read = 0;
		while (read < length) {
			if (read == this.buffer.length) {
				this.buffer = Arrays.copyOf(this.buffer, (int) Math.min(2L * read, length));
			}
			int end = Math.min(this.buffer.length, length);
			int count = fill(read, end);
			checkComplete(count, end - read);
			read = end;
		}
	}

	private int fill(int from, int to) throws IOException {
		return this.in.readNBytes(this.buffer, from, to - from);
	}

	private static void checkComplete(int read, int wanted) throws FrameException {
		if (read < wanted) {
			throw new FrameException(Reason.TRUNCATED, "The stream ended within a frame");
		}
	}

}
