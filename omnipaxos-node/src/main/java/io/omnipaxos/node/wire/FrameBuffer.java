package io.omnipaxos.node.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

import io.omnipaxos.node.wire.FrameException.Reason;

/**
 * Gathers the bytes of one frame. Keeps no more of them than the limit allows, but counts
 * on.
 */
final class FrameBuffer extends ByteArrayOutputStream {

	/** What may stay allocated between two frames: an entry of the default limit fits. */
	static final int KEPT_BYTES = 2 << 20;

	private final int maxBytes;

	private long length;

	FrameBuffer(int maxBytes) {
		super(512);
		this.maxBytes = maxBytes;
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

	void checkLimit() throws FrameException {
		if (this.length > this.maxBytes) {
			throw new FrameException(Reason.TOO_LARGE,
					"A frame of %d bytes exceeds the limit of %d".formatted(this.length, this.maxBytes));
		}
	}

	void copyTo(OutputStream out) throws IOException {
		out.write(this.buf, 0, this.count);
	}

	@Override
	public void reset() {
		super.reset();
		this.length = 0;
		if (this.buf.length > KEPT_BYTES) {
			this.buf = new byte[512];
		}
	}

}
