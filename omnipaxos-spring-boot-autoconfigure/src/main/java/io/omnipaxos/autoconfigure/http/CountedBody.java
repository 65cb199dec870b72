package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * The body of a stream, whose bytes count as they are read: its peer is heard while a
 * long frame still comes in. For one thread.
 */
final class CountedBody extends InputStream {

	/** Fewer bytes are counted with those after them, as counting costs something. */
	private static final int STEP_BYTES = 4 << 10;

	private final InputStream in;

	private final PeerTraffic traffic;

	private int uncounted;

	CountedBody(InputStream in, PeerTraffic traffic) {
		this.in = in;
		this.traffic = traffic;
	}

	@Override
	public int read() throws IOException {
		int next = this.in.read();
		if (next >= 0) {
			wasRead(1);
		}
		return next;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		int count = this.in.read(bytes, offset, length);
		if (count > 0) {
			wasRead(count);
		}
		return count;
	}

	private void wasRead(int count) {
		this.uncounted += count;
		if (this.uncounted >= STEP_BYTES) {
			count();
		}
	}

	/** Counts what is not counted yet, because a frame ends here. */
	void count() {
		this.traffic.received(this.uncounted);
		this.uncounted = 0;
	}

}
