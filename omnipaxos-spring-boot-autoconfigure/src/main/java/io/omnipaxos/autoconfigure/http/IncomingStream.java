package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.io.InputStream;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.node.TransportHandler;
import io.omnipaxos.node.wire.Frame;
import io.omnipaxos.node.wire.FrameCodec;
import io.omnipaxos.node.wire.FrameException;
import io.omnipaxos.node.wire.FrameReader;
import org.jspecify.annotations.Nullable;

/**
 * One stream from a peer: hands on what its frames carry until the body ends, the peer
 * opens a newer stream, or something is wrong with it.
 */
final class IncomingStream {

	private final StreamOpening opening;

	private final TransportHandler handler;

	private final PeerTraffic traffic;

	private final RivalWatch rivals;

	private @Nullable StreamRefusedException refusal;

	private boolean cut;

	private Runnable connectionCut = () -> {
	};

	IncomingStream(StreamOpening opening, TransportHandler handler, PeerTraffic traffic) {
		this.opening = opening;
		this.handler = handler;
		this.traffic = traffic;
		this.rivals = new RivalWatch(opening, System::nanoTime);
	}

	StreamOpening opening() {
		return this.opening;
	}

	RivalWatch rivals() {
		return this.rivals;
	}

	/**
	 * Takes everything from a body, in the calling thread.
	 * @throws StreamRefusedException if the stream is not taken any longer
	 * @throws IOException if the connection is lost
	 */
	void takeAll(InputStream body, FrameCodec codec) throws IOException, StreamRefusedException {
		CountedBody counted = new CountedBody(body, this.traffic);
		FrameReader frames = new FrameReader(counted, codec);
		try {
			for (Frame frame = frames.read(); frame != null; frame = frames.read()) {
				counted.count();
				take(frame);
			}
		}
		catch (FrameException ex) {
			throw new StreamRefusedException((ex.reason() == FrameException.Reason.TOO_LARGE) ? 413 : 400,
					String.valueOf(ex.getMessage()),
					"Run the same version of the library with the same 'omnipaxos.limits' and"
							+ " 'omnipaxos.transport.max-frame-size' on every node.");
		}
	}

	private void take(Frame frame) throws StreamRefusedException {
		for (Envelope envelope : frame.messages()) {
			if (!envelope.from().equals(this.opening.from()) || !envelope.to().equals(this.opening.to())) {
				throw new StreamRefusedException(403,
						"The stream of %s carries a message from %s to %s".formatted(this.opening.from(),
								envelope.from(), envelope.to()),
						"A stream carries what its sender says to its receiver, and nothing else.");
			}
		}
		deliver(frame);
	}

	/** Either a frame is delivered before {@link #refuse} returns, or it never is. */
	private synchronized void deliver(Frame frame) throws StreamRefusedException {
		if (this.refusal != null) {
			throw this.refusal;
		}
		this.handler.received(frame.log(), frame.messages());
		this.rivals.delivered();
	}

	/** Takes note of how to cut the connection that this stream comes through. */
	synchronized void comesThrough(Runnable cutting) {
		this.connectionCut = cutting;
		if (this.cut) {
			cutting.run();
		}
	}

	/** Waits for nothing any more, not even for a frame to tell the peer of a refusal. */
	synchronized void cut() {
		this.cut = true;
		this.connectionCut.run();
	}

	/** Whether this node takes nothing more of what may still come. */
	synchronized boolean isOver() {
		return this.refusal != null;
	}

	/** Takes nothing any more, which the peer is told when it sends the next frame. */
	synchronized void refuse(StreamRefusedException reason) {
		if (this.refusal == null) {
			this.refusal = reason;
		}
	}

}
