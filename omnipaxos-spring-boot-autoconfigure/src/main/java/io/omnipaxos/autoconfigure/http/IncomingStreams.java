package io.omnipaxos.autoconfigure.http;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.TransportHandler;
import io.omnipaxos.node.Transport.LocalNode;

/**
 * The streams that peers have open to this node: at most one of each peer is taken from,
 * the newest. Thread-safe.
 */
final class IncomingStreams {

	/** A lost connection may be noticed late; its stream counts until then. */
	private static final int MAX_STREAMS_OF_A_PEER = 8;

	private final String storageId;

	private final StreamAdmission admission;

	private final PeerRecognition recognition;

	private final TransportHandler handler;

	private final Map<NodeId, PeerLink> links;

	private final Executor readers;

	private final Map<NodeId, IncomingStream> newest = new HashMap<>();

	private final Set<IncomingStream> all = new HashSet<>();

	private boolean closed;

	IncomingStreams(LocalNode self, PeerRecognition recognition, TransportHandler handler, Map<NodeId, PeerLink> links,
			Executor readers) {
		this.storageId = self.storageId();
		this.admission = new StreamAdmission(self);
		this.recognition = recognition;
		this.handler = handler;
		this.links = links;
		this.readers = readers;
	}

	/** Returns the identity of this node's data. */
	String storageId() {
		return this.storageId;
	}

	/**
	 * Checks whether a stream would be taken now.
	 * @throws StreamRefusedException if it would not
	 */
	synchronized void check(StreamOpening opening) throws StreamRefusedException {
		if (this.closed) {
			throw stopping();
		}
		this.admission.check(opening);
		this.recognition.check(opening.from(), opening.storageId());
		IncomingStream current = this.newest.get(opening.from());
		if (current != null && current.opening().number() > opening.number()) {
			current.rivals().turnedAway();
			throw superseded(current.opening().number());
		}
		if (this.all.stream().filter((stream) -> isOf(opening.from(), stream)).count() >= MAX_STREAMS_OF_A_PEER) {
			throw new StreamRefusedException(429, "%s has too many streams open".formatted(opening.from()),
					"Wait until the lost ones have timed out.");
		}
	}

	private static boolean isOf(NodeId peer, IncomingStream stream) {
		return stream.opening().from().equals(peer);
	}

	/**
	 * Takes a stream, and from older ones of the same peer nothing any more.
	 * @throws StreamRefusedException if it is not taken
	 */
	IncomingStream begin(StreamOpening opening) throws StreamRefusedException {
		check(opening);
		this.recognition.meet(opening.from(), opening.storageId());
		PeerLink link;
		IncomingStream stream;
		synchronized (this) {
			check(opening);
			link = link(opening);
			stream = new IncomingStream(opening, this.handler, link.traffic());
			IncomingStream older = this.newest.put(opening.from(), stream);
			if (older != null) {
				older.refuse(superseded(opening.number()));
			}
			this.all.add(stream);
		}
		link.peerOpened();
		return stream;
	}

	/** Reads a stream on a thread that is free for it. */
	void read(Runnable reading) {
		this.readers.execute(reading);
	}

	/**
	 * A stream is over.
	 * @param lost whether the connection was lost; else the peer ended the stream, or
	 * this node does, and the peer is told by the end of the stream in the other
	 * direction: its client hears no answer before it has ended its own
	 */
	void ended(IncomingStream stream, boolean lost) {
		boolean wasNewest;
		synchronized (this) {
			this.all.remove(stream);
			wasNewest = this.newest.remove(stream.opening().from(), stream);
			notifyAll();
		}
		if (wasNewest && !lost) {
			link(stream.opening()).renew();
		}
	}

	private PeerLink link(StreamOpening opening) {
		PeerLink link = this.links.get(opening.from());
		if (link == null) {
			throw new IllegalStateException("There is no link to " + opening.from());
		}
		return link;
	}

	/** Takes no new streams. */
	synchronized void close() {
		this.closed = true;
	}

	/**
	 * Waits until all streams are over.
	 * @param deadlineNanos when to give up waiting
	 */
	synchronized void awaitEnd(long deadlineNanos) throws InterruptedException {
		long left = deadlineNanos - System.nanoTime();
		while (!this.all.isEmpty() && left > 0) {
			TimeUnit.NANOSECONDS.timedWait(this, left);
			left = deadlineNanos - System.nanoTime();
		}
	}

	/** Takes from no stream any more. */
	synchronized void refuseAll() {
		this.all.forEach((stream) -> stream.refuse(stopping()));
	}

	/** Keeps no stream that its peer has not ended by now: it may never do. */
	synchronized void cutAll() {
		this.all.forEach(IncomingStream::cut);
	}

	static StreamRefusedException stopping() {
		return new StreamRefusedException(503, "This node does not run",
				"Try again later: it is about to start, or to stop.");
	}

	private static StreamRefusedException superseded(long number) {
		return new StreamRefusedException(409, "There is a newer stream, number %d".formatted(number),
				"Let one process speak for a node, and number its streams upwards.");
	}

}
