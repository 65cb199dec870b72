package io.omnipaxos.benchmarks.system;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.aeron.Publication;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.logbuffer.Header;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The client that Aeron Cluster is used through, on a thread of its own. It speaks with
 * the leader in its own process over shared memory. Answers come in the order of the
 * entries.
 */
final class AeronClusterClient implements EgressListener, AutoCloseable {

	private static final long KEEP_ALIVE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

	/** As many entries are offered before answers are looked at again. */
	private static final int OFFERS = 64;

	private final String aeronDirectory;

	private final IdleStrategy idle;

	private final Queue<Request> requests = new ConcurrentLinkedQueue<>();

	private final Queue<Completion> outstanding = new ArrayDeque<>();

	private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);

	private final Thread thread = new Thread(this::run, "aeron-cluster-client");

	private final AtomicBoolean started = new AtomicBoolean();

	private volatile boolean closed;

	AeronClusterClient(String aeronDirectory, IdleStrategy idle) {
		this.aeronDirectory = aeronDirectory;
		this.idle = idle;
		this.thread.setDaemon(true);
	}

	/** Queues an entry; the first one makes the client connect. */
	void append(byte[] entry, Completion completion) {
		this.requests.add(new Request(entry, completion));
		if (!this.started.get() && !this.started.getAndSet(true)) {
			this.thread.start();
		}
	}

	private void run() {
		AeronCluster.Context context = new AeronCluster.Context().aeronDirectoryName(this.aeronDirectory)
			.egressListener(this)
			.egressChannel("aeron:ipc")
			.ingressChannel("aeron:ipc");
		try (AeronCluster cluster = AeronCluster.connect(context)) {
			long keepAliveAt = System.nanoTime() + KEEP_ALIVE_NANOS;
			while (!this.closed) {
				this.idle.idle(offer(cluster) + cluster.pollEgress());
				if (System.nanoTime() - keepAliveAt > 0) {
					cluster.sendKeepAlive();
					keepAliveAt = System.nanoTime() + KEEP_ALIVE_NANOS;
				}
			}
		}
	}

	private int offer(AeronCluster cluster) {
		int offered = 0;
		for (Request next = this.requests.peek(); next != null && offered < OFFERS; next = this.requests.peek()) {
			this.buffer.wrap(next.entry());
			long position = cluster.offer(this.buffer, 0, next.entry().length);
			if (position < 0) {
				if (position == Publication.CLOSED || position == Publication.MAX_POSITION_EXCEEDED) {
					throw new IllegalStateException("The leader is gone: " + Publication.errorString(position));
				}
				break;
			}
			this.requests.remove();
			this.outstanding.add(next.completion());
			offered++;
		}
		return offered;
	}

	@Override
	public void onMessage(long clusterSessionId, long timestamp, DirectBuffer answer, int offset, int length,
			Header header) {
		this.outstanding.remove().completed(null);
	}

	@Override
	public void close() {
		this.closed = true;
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private record Request(byte[] entry, Completion completion) {
	}

}
