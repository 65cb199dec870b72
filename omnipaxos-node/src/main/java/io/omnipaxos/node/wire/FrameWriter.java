package io.omnipaxos.node.wire;

/**
 * Gathers frames that are sent together, each after its length: four bytes, the most
 * significant one first. For one thread.
 */
public final class FrameWriter {

	private final FrameCodec codec;

	private final FrameBuffer buffer;

	public FrameWriter(FrameCodec codec) {
		this.codec = codec;
		this.buffer = new FrameBuffer(codec.maxFrameBytes());
	}

	/**
	 * Adds a frame.
	 * @param frame frame to write
	 * @throws FrameException if the frame exceeds the limit; nothing of it is written
	 * then
	 */
	public void write(Frame frame) throws FrameException {
		this.codec.encode(frame, this.buffer);
	}

	/** Returns how many bytes there are, lengths included. */
	public int size() {
		return this.buffer.size();
	}

	/** Returns what was written, in a new array, and begins anew. */
	public byte[] take() {
		byte[] bytes = this.buffer.toByteArray();
		this.buffer.reset();
		return bytes;
	}

}
