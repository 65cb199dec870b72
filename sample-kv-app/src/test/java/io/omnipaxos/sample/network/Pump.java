package io.omnipaxos.sample.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Moves the bytes of one direction of a connection: one thread takes them in, another
 * lets them out when they are due. What is on its way is bounded, as the buffers of a
 * real connection are.
 */
final class Pump {

	private static final int SEGMENT_BYTES = 16 << 10;

	private static final int MOST_SEGMENTS = 64;

	private static final Segment END = new Segment(new byte[0], 0);

	private final Lane lane;

	private final BlockingQueue<Segment> underWay = new ArrayBlockingQueue<>(MOST_SEGMENTS);

	Pump(Lane lane) {
		this.lane = lane;
	}

	/** Takes bytes in until there are no more. */
	void takeIn(InputStream source) throws IOException, InterruptedException {
		byte[] buffer = new byte[SEGMENT_BYTES];
		for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
			this.underWay.put(new Segment(Arrays.copyOf(buffer, count), this.lane.arrivalNanos()));
		}
		this.underWay.put(END);
	}

	/** Waits until bytes could pass. */
	void awaitPassage() throws InterruptedException {
		this.lane.awaitPassage(System.nanoTime());
	}

	boolean isOpen() {
		return this.lane.isOpen();
	}

	/** Lets bytes out until there are no more. */
	void letOut(OutputStream target) throws IOException, InterruptedException {
		long clear = System.nanoTime();
		for (Segment next = this.underWay.take(); next != END; next = this.underWay.take()) {
			int written = 0;
			while (written < next.bytes().length) {
				int room = this.lane.awaitPassage(Math.max(clear, next.dueNanos()));
				int slice = Math.min(room, next.bytes().length - written);
				target.write(next.bytes(), written, slice);
				target.flush();
				written += slice;
				clear = this.lane.clearNanos(slice);
			}
		}
		awaitPassage();
	}

	private record Segment(byte[] bytes, long dueNanos) {
	}

}
