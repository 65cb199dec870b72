package io.omnipaxos.node.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

import io.omnipaxos.node.wire.FrameException.Reason;

/**
 * Gathers the bytes of frames, each after its length. Keeps no more of a frame than the
 * limit allows, but counts on.
 */
final class FrameBuffer extends ByteArrayOutputStream {

	/** What may stay allocated for later frames: an entry of the default limit fits. */
	static final int KEPT_BYTES = 2 << 20;

	private static final byte[] NO_LENGTH_YET = new byte[Integer.BYTES];

	private final int maxBytes;

	private int begin;

	private long length;

	FrameBuffer(int maxBytes) {
		super(512);
		this.maxBytes = maxBytes;
	}

	void beginFrame() {
		this.begin = this.count;
		super.write(NO_LENGTH_YET, 0, Integer.BYTES);
		this.length = 0;
	}

	@Override
	public void write(int b) {
		this.length++;
		if (this.length <= this.maxBytes) {
			super.write(b);
		}
	}

	@Override
	public void write(byte[] bytes, int offset, int count) {
		this.length += count;
		if (this.length <= this.maxBytes) {
			super.write(bytes, offset, count);
		}
	}

	/**
	 * Puts the length before the frame that ends here.
	 * @throws FrameException if it exceeds the limit; nothing of it is kept then
	 */
	void endFrame() throws FrameException {
		if (this.length > this.maxBytes) {
			this.count = this.begin;
			throw new FrameException(Reason.TOO_LARGE,
					"A frame of %d bytes exceeds the limit of %d".formatted(this.length, this.maxBytes));
		}
		ByteBuffer.wrap(this.buf).putInt(this.begin, (int) this.length);
	}

	@Override
	public void reset() {
		super.reset();
		if (this.buf.length > KEPT_BYTES) {
			this.buf = new byte[512];
		}
	}

}
