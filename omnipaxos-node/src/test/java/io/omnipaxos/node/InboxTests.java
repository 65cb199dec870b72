package io.omnipaxos.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.omnipaxos.core.OmniPaxos;
import io.omnipaxos.core.message.ElectionMessage.HeartbeatRequest;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.ProposalMessage.Propose;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The inbox is bounded, merges ticks, and wakes the thread that sleeps on it.
 */
class InboxTests {

	private static final NodeId N1 = new NodeId(1);

	private static final NodeId N2 = new NodeId(2);

	private static final ReplicaStoppedException STOPPED = new ReplicaStoppedException("stopped");

	private final Inbox inbox = new Inbox(10_000);

	@Test
	void messagesBeyondTheBoundAreDropped() {
		assertThat(this.inbox.offer(messages(4000))).isTrue();
		assertThat(this.inbox.offer(messages(4000))).isTrue();
		assertThat(this.inbox.offer(messages(4000))).isFalse();
		assertThat(this.inbox.pollMessages()).isEqualTo(messages(4000));
		assertThat(this.inbox.offer(messages(4000))).isTrue();
	}

	/** Else the largest message that the limits allow could never arrive. */
	@Test
	void aMessageOfAnySizeFitsAnEmptyInbox() {
		assertThat(this.inbox.offer(messages(20_000))).isTrue();
		assertThat(this.inbox.offer(messages(1))).isFalse();
	}

	@Test
	void smallMessagesAreBoundedInNumber() {
		Inbox large = new Inbox(Long.MAX_VALUE / 2);
		List<Envelope> one = List.of(new Envelope(N2, N1, 1, new HeartbeatRequest(1, 1)));
		int taken = 0;
		while (large.offer(one)) {
			taken++;
		}
		assertThat(taken).isBetween(1000, 100_000);
	}

	@Test
	void requestsGetThroughWhenMessagesDoNot() {
		this.inbox.offer(messages(20_000));
		Probe request = new Probe();
		this.inbox.offer(request);
		assertThat(this.inbox.pollRequest()).isSameAs(request);
	}

	/** A stall of a hundred ticks must not look like a hundred ticks of silence. */
	@Test
	void ticksThatPileUpAreOneTick() {
		for (int i = 0; i < 100; i++) {
			this.inbox.tick();
		}
		assertThat(this.inbox.pollTick()).isTrue();
		assertThat(this.inbox.pollTick()).isFalse();
	}

	@Test
	void whatWaitsAtTheEndAndWhatComesLaterIsRefused() {
		Probe before = new Probe();
		Probe after = new Probe();
		this.inbox.offer(before);
		this.inbox.close(STOPPED);
		this.inbox.offer(after);
		assertThat(before.refused).isEqualTo(1);
		assertThat(after.refused).isEqualTo(1);
		assertThat(this.inbox.offer(messages(1))).isFalse();
	}

	/** Every round trip is a chance to lose a wake-up, which would hang this test. */
	@Test
	void theSleepingThreadIsWokenEveryTime() {
		int rounds = 20_000;
		AtomicInteger taken = new AtomicInteger();
		Thread consumer = new Thread(() -> {
			this.inbox.claim();
			while (!this.inbox.isStopRequested()) {
				if (this.inbox.pollRequest() == null) {
					this.inbox.await();
				}
				else {
					taken.incrementAndGet();
				}
			}
		});
		consumer.start();
		List<Thread> producers = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			Thread producer = new Thread(() -> {
				for (int round = 0; round < rounds; round++) {
					this.inbox.offer(new Probe());
				}
			});
			producers.add(producer);
			producer.start();
		}
		await().untilAsserted(() -> assertThat(taken).hasValue(2 * rounds));
		this.inbox.requestStop();
		await().until(() -> !consumer.isAlive());
		assertThat(producers).noneMatch(Thread::isAlive);
	}

	private static List<Envelope> messages(int bytes) {
		Entry entry = new Entry.Command(new ProposalId(N2, 1, 1), Payload.of(new byte[bytes]));
		return List.of(new Envelope(N2, N1, 1, new Propose(List.of(entry))));
	}

	private static final class Probe implements Request {

		private int refused;

		@Override
		public void applyTo(OmniPaxos core, Outstanding outstanding) {
			throw new IllegalStateException("There is no core here");
		}

		@Override
		public void refuse(ReplicaStoppedException reason) {
			this.refused++;
		}

	}

}
