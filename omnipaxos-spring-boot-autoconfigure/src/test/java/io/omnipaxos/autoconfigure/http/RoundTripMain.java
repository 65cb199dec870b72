package io.omnipaxos.autoconfigure.http;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.TransportHandler;

/**
 * Measures how long a message takes there and back over two open streams on the loopback
 * interface: run its {@code main}.
 */
final class RoundTripMain {

	private static final int ROUNDS = 50_000;

	private RoundTripMain() {
	}

	public static void main(String[] args) throws InterruptedException {
		Map<NodeId, Integer> ports = TestNode.freePorts(1, 2, 3);
		CountDownLatch connected = new CountDownLatch(2);
		Thread caller = Thread.currentThread();
		try (TestNode one = new TestNode(1, TestNode.settings(), ports);
				TestNode two = new TestNode(2, TestNode.settings(), ports)) {
			Waker waker = new Waker(caller, connected);
			one.start(waker);
			two.start(new Echo(two, connected));
			connected.await();
			for (int run = 0; run < 5; run++) {
				long[] nanos = new long[ROUNDS];
				for (int i = 0; i < ROUNDS; i++) {
					long begin = System.nanoTime();
					waker.arrived = false;
					one.transport.send(TestNode.LOG, List.of(one.to(2, i + 1)));
					while (!waker.arrived) {
						LockSupport.park();
					}
					nanos[i] = System.nanoTime() - begin;
				}
				Arrays.sort(nanos);
				System.out.printf("median %.1f us, p99 %.1f us%n", nanos[ROUNDS / 2] / 1e3,
						nanos[ROUNDS * 99 / 100] / 1e3);
			}
		}
	}

	private static final class Waker implements TransportHandler {

		private final Thread thread;

		private final CountDownLatch connected;

		volatile boolean arrived;

		Waker(Thread thread, CountDownLatch connected) {
			this.thread = thread;
			this.connected = connected;
		}

		@Override
		public void received(String log, List<Envelope> messages) {
			this.arrived = true;
			LockSupport.unpark(this.thread);
		}

		@Override
		public void connected(NodeId peer) {
			this.connected.countDown();
		}

		@Override
		public void disconnected(NodeId peer) {
			// There is nothing to measure any more.
		}

	}

	private record Echo(TestNode node, CountDownLatch connected) implements TransportHandler {

		@Override
		public void received(String log, List<Envelope> messages) {
			this.node.transport.send(log, List.of(this.node.to(1, 1)));
		}

		@Override
		public void connected(NodeId peer) {
			this.connected.countDown();
		}

		@Override
		public void disconnected(NodeId peer) {
			// There is nothing to measure any more.
		}

	}

}
