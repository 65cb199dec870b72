package io.omnipaxos.autoconfigure.http;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.autoconfigure.http.SendLane.Queued;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.node.wire.Frame;
import io.omnipaxos.node.wire.FrameCodec;
import io.omnipaxos.node.wire.FrameException;
import io.omnipaxos.node.wire.FrameWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits for one stream, taken out in chunks: as much as waits, up to a size beyond
 * which larger writes gain nothing. A chunk that a long message takes beyond it leaves in
 * slices of that size. Any thread may offer; one at a time takes.
 */
final class Backlog {

	private static final Logger logger = LoggerFactory.getLogger(Backlog.class);

	private static final int CHUNK_BYTES = 256 << 10;

	/** Longer than this no frame makes an urgent message wait for others behind it. */
	private static final int URGENT_FRAME_BYTES = 16 << 10;

	private final SendQueue queue;

	private final FrameCodec codec;

	private final PeerTraffic traffic;

	private final FrameWriter writer;

	/** What is left of the chunk that was taken out last. */
	private volatile @Nullable Chunk rest;

	private volatile boolean ending;

	Backlog(SendQueue queue, FrameCodec codec, PeerTraffic traffic) {
		this.queue = queue;
		this.codec = codec;
		this.traffic = traffic;
		this.writer = new FrameWriter(codec);
	}

	/** Adds a message, unless it does not fit. */
	boolean offer(String log, Envelope envelope) {
		return this.queue.offer(log, envelope);
	}

	/** Whether everything has left that is to. */
	boolean isEmpty() {
		return this.rest == null && (this.ending || this.queue.isEmpty());
	}

	/** Gives out nothing more but the rest of what has left in part. */
	void endWithRest() {
		this.ending = true;
	}

	/** Forgets everything, with a chunk that has left in part. It counts as dropped. */
	void clear() {
		Chunk forgotten = this.rest;
		this.rest = null;
		this.traffic.dropped(this.queue.clear() + ((forgotten != null) ? forgotten.messages() : 0));
	}

	/** Returns the bytes that are to leave next, or {@code null} when none are. */
	@Nullable ByteBuffer nextSlice() {
		Chunk chunk = this.rest;
		if (chunk == null && !this.ending) {
			chunk = nextChunk();
		}
		if (chunk == null) {
			return null;
		}
		ByteBuffer slice = chunk.next(CHUNK_BYTES);
		this.traffic.sent(chunk.hasLeft() ? chunk.messages() : 0, slice.remaining());
		this.rest = chunk.hasLeft() ? null : chunk;
		return slice;
	}

	private @Nullable Chunk nextChunk() {
		int messages = 0;
		for (Queued first = this.queue.poll(); first != null; first = this.queue.poll()) {
			messages += write(frame(first));
			if (this.writer.size() >= CHUNK_BYTES) {
				break;
			}
		}
		return (this.writer.size() > 0) ? new Chunk(this.writer.take(), messages) : null;
	}

	/** Gathers messages of one log that follow each other. */
	private Frame frame(Queued first) {
		List<Envelope> messages = new ArrayList<>();
		boolean urgent = SendQueue.isUrgent(first.envelope().message());
		long room = Math.min(urgent ? URGENT_FRAME_BYTES : CHUNK_BYTES, this.codec.maxFrameBytes());
		for (Queued next = first; next != null; next = this.queue.poll(first.log(), room)) {
			messages.add(next.envelope());
			room -= next.size();
		}
		return new Frame(first.log(), messages);
	}

	private int write(Frame frame) {
		try {
			this.writer.write(frame);
			return frame.messages().size();
		}
		catch (FrameException ex) {
			logger.error("Log '{}' has a message that does not fit a frame, and cannot go on: {}", frame.log(),
					ex.getMessage());
			this.traffic.dropped(frame.messages().size());
			return 0;
		}
	}

}
