package io.omnipaxos.node.wire;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes frames to a stream, each after its length: four bytes, the most significant one
 * first. For one thread.
 */
public final class FrameWriter {

	private final OutputStream out;

	private final FrameCodec codec;

	private final FrameBuffer buffer;

	private final byte[] header = new byte[Integer.BYTES];

	public FrameWriter(OutputStream out, FrameCodec codec) {
		this.out = out;
		this.codec = codec;
		this.buffer = new FrameBuffer(codec.maxFrameBytes());
	}

	/**
	 * Writes a frame, in one piece unless it is long. Does not flush.
	 * @param frame frame to write
	 * @throws FrameException if the frame exceeds the limit; nothing of it is written
	 * then
	 * @throws IOException if the stream fails
	 */
	public void write(Frame frame) throws IOException {
		this.buffer.reset();
		this.codec.encode(frame, this.buffer);
		int length = this.buffer.size();
		for (int i = 0; i < Integer.BYTES; i++) {
			this.header[i] = (byte) (length >>> (Byte.SIZE * (Integer.BYTES - 1 - i)));
		}
		this.out.write(this.header);
		this.buffer.copyTo(this.out);
	}

}
