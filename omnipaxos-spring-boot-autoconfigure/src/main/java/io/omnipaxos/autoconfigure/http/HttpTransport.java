package io.omnipaxos.autoconfigure.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.Transport;
import io.omnipaxos.node.TransportHandler;
import io.omnipaxos.node.wire.FrameCodec;
import io.omnipaxos.node.wire.FrameFormat;
import jakarta.servlet.http.HttpServlet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ssl.SslBundle;

/**
 * Carries messages in peer streams: one long-lived HTTP request to each peer, and a
 * servlet that takes those of the peers.
 * <p>
 * The servlet is to be registered at {@link HttpTransportSettings#path()} with support
 * for asynchronous requests; before {@link #start} and after {@link #close} it answers
 * that the node does not run. Thread-safe.
 */
public final class HttpTransport implements Transport {

	private static final Logger logger = LoggerFactory.getLogger(HttpTransport.class);

	private final HttpTransportSettings settings;

	private final Map<NodeId, URI> peers;

	private HttpTransportSecurity security;

	private final HttpServlet servlet = new PeerStreamServlet(this);

	private volatile @Nullable Running running;

	/**
	 * Creates a transport that is not started.
	 * @param settings settings
	 * @param security how the nodes make sure of each other
	 * @param peers address of the web server of each peer, to which the path of the
	 * streams is added
	 */
	public HttpTransport(HttpTransportSettings settings, HttpTransportSecurity security, Map<NodeId, URI> peers) {
		this.settings = settings;
		this.peers = Map.copyOf(peers);
		this.security = security;
	}

	/**
	 * Opens all streams anew, with other keys. Streams that peers have open go on.
	 * @param ssl what connections to the peers are made with
	 */
	public synchronized void renew(SslBundle ssl) {
		this.security = this.security.with(ssl);
		Running now = this.running;
		if (now != null) {
			now.http().renew(ssl);
			now.links().values().forEach(PeerLink::renew);
		}
	}

	/** Returns the receiving end. */
	public HttpServlet servlet() {
		return this.servlet;
	}

	@Override
	public synchronized void start(LocalNode self, TransportHandler handler) {
		if (this.running != null) {
			throw new IllegalStateException("The transport runs already");
		}
		ScheduledExecutorService executor = new ScheduledThreadPoolExecutor(1,
				(task) -> daemon(task, "omnipaxos-streams"), new ThreadPoolExecutor.DiscardPolicy());
		PeerHttp http = new PeerHttp(this.settings.connectTimeout(), this.security,
				PeerCertificates.of(this.peers, this.security.peerNames()));
		PeerRecognition recognition = new PeerRecognition(self.peerStorageIds());
		Map<NodeId, PeerLink> links = new TreeMap<>();
		for (NodeId peer : self.config().cluster().peersOf(self.pid())) {
			StreamClient client = new StreamClient(http, self, peer, recognition, streamUri(peer),
					this.settings.answerTimeout());
			links.put(peer,
					new PeerLink(client, codec(FrameFormat.CBOR), this.settings, executor, new Contact(peer, handler)));
		}
		ExecutorService readers = Executors.newCachedThreadPool((task) -> daemon(task, "omnipaxos-from-peer"));
		IncomingStreams incoming = new IncomingStreams(self, recognition, handler, links, readers);
		this.running = new Running(http, links,
				http.entrance(incoming, this.security.takesOnlyFromThisMachine(this.peers.values())), executor,
				readers);
		links.values().forEach(PeerLink::open);
	}

	private URI streamUri(NodeId peer) {
		URI base = this.peers.get(peer);
		if (base == null) {
			throw new IllegalArgumentException("The address of %s is not known".formatted(peer));
		}
		String text = base.toString();
		return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + this.settings.path());
	}

	private static Thread daemon(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

	@Override
	public void send(String log, List<Envelope> messages) {
		Running now = this.running;
		if (now == null) {
			return;
		}
		for (Envelope envelope : messages) {
			PeerLink link = now.links().get(envelope.to());
			if (link != null) {
				link.send(log, envelope);
			}
		}
		now.links().values().forEach(PeerLink::flush);
	}

	@Override
	public Map<NodeId, PeerConnection> connections() {
		Map<NodeId, PeerConnection> connections = new TreeMap<>();
		Running now = this.running;
		if (now != null) {
			now.links().forEach((peer, link) -> connections.put(peer, link.connection()));
		}
		return connections;
	}

	/**
	 * Returns where the streams of the peers come in.
	 * @throws StreamRefusedException if the transport does not run
	 */
	StreamEntrance entrance() throws StreamRefusedException {
		Running now = this.running;
		if (now == null) {
			throw IncomingStreams.stopping();
		}
		return now.entrance();
	}

	FrameCodec codec(FrameFormat format) {
		return new FrameCodec(format, this.settings.maxFrameBytes());
	}

	@Override
	public synchronized void close() {
		Running now = this.running;
		if (now == null) {
			return;
		}
		try {
			endInOrder(now, this.settings.closeTimeout());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		IncomingStreams streams = now.entrance().streams();
		streams.refuseAll();
		StreamEnding.afterwards(streams::cutAll);
		now.links().values().forEach(PeerLink::cut);
		now.executor().shutdownNow();
		now.readers().shutdown();
		this.running = null;
	}

	/**
	 * Ends the streams to the peers, which makes the peers end theirs.
	 */
	private static void endInOrder(Running now, Duration timeout) throws InterruptedException {
		long deadline = System.nanoTime() + timeout.toNanos();
		now.entrance().streams().close();
		CompletableFuture<?>[] ends = now.links()
			.values()
			.stream()
			.map(PeerLink::close)
			.toArray(CompletableFuture[]::new);
		try {
			CompletableFuture.allOf(ends).get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.debug("Not every peer has answered the end of its stream", ex);
		}
		now.entrance().streams().awaitEnd(deadline);
	}

	/**
	 * What a transport consists of while it runs.
	 *
	 * @param http what connections are made with
	 * @param links streams to the peers
	 * @param entrance where streams from them come in
	 * @param executor what the links run on
	 * @param readers what the streams of the peers are read on
	 */
	private record Running(PeerHttp http, Map<NodeId, PeerLink> links, StreamEntrance entrance,
			ScheduledExecutorService executor, ExecutorService readers) {
	}

}
