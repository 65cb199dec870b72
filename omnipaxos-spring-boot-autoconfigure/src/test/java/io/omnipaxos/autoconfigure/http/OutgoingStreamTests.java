package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.node.wire.Frame;
import io.omnipaxos.node.wire.FrameCodec;
import io.omnipaxos.node.wire.FrameFormat;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A stream that ends, in whichever way, in the middle of a long message. */
class OutgoingStreamTests {

	private final PeerTraffic traffic = new PeerTraffic();

	private final Backlog backlog = new Backlog(new SendQueue(100, 64 << 20),
			new FrameCodec(FrameFormat.CBOR, 32 << 20), this.traffic);

	private final OutgoingStream stream = new OutgoingStream(this.backlog, (open) -> {
	});

	private final Client client = new Client();

	@Test
	void anOrderlyEndSendsTheRestFirst() throws IOException {
		beginLongMessage();

		this.stream.finish();

		assertThat(this.client.completed).isFalse();
		this.client.take(3);
		assertThat(this.client.completed).isFalse();
		this.client.take(1);
		assertThat(this.client.completed).isTrue();
		assertThat(this.client.failure).isNull();
		assertThat(BacklogTests.frames(this.client.taken).get(0).messages())
			.containsExactly(BacklogTests.proposal(1, 1 << 20));
	}

	@Test
	void aStreamThatAnotherFollowsEndsWithTheMessageThatIsLeaving() throws IOException {
		beginLongMessage();
		offer(BacklogTests.proposal(2, 1 << 20));
		offer(TestNode.heartbeat(1, 2, 1));

		this.stream.leave();

		assertThat(this.client.completed).isFalse();
		this.client.take(4);
		assertThat(this.client.completed).isTrue();
		assertThat(BacklogTests.frames(this.client.taken)).flatExtracting(Frame::messages)
			.containsExactly(BacklogTests.proposal(1, 1 << 20));
		assertThat(this.traffic.messagesDropped()).isEqualTo(2);
	}

	@Test
	void aBreakSendsNothingMore() {
		beginLongMessage();

		this.stream.abort("it is stuck");

		this.client.take(10);
		assertThat(this.client.failure).hasMessage("it is stuck");
		assertThat(this.client.completed).isFalse();
		assertThat(this.client.taken).hasSize(1);
		this.stream.clear();
		assertThat(this.traffic.messagesDropped()).as("messages that did not leave").isOne();
	}

	/** Two who take from it would take the same message, or count it twice. */
	@Test
	void whoeverWritesForgetsWhatWaits() {
		this.stream.subscribe(this.client);
		this.client.take(1);
		this.client.whenTaking = () -> {
			offer(BacklogTests.proposal(2, 100));
			CompletableFuture.runAsync(this.stream::clear).join();
			assertThat(this.traffic.messagesDropped()).isZero();
		};

		offer(BacklogTests.proposal(1, 100));

		assertThat(this.client.taken).hasSize(1);
		assertThat(this.traffic.messagesSent()).isOne();
		assertThat(this.traffic.messagesDropped()).isOne();
	}

	@Test
	void aPeerThatTakesNothingOfTheRestIsStuck() {
		beginLongMessage();
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(this.stream.stuckNanos()).isPositive());

		this.client.take(10);

		assertThat(this.stream.stuckNanos()).isZero();
	}

	@Test
	void aStreamThatAnErrorHitsIsBroken() {
		this.stream.subscribe(this.client);
		this.client.take(1);
		Error error = new OutOfMemoryError("Java heap space");
		this.client.whenTaking = () -> {
			throw error;
		};
		assertThat(this.stream.offer(TestNode.LOG, TestNode.heartbeat(1, 2, 1))).isTrue();

		assertThatThrownBy(this.stream::flush).isSameAs(error);

		assertThat(this.client.failure).hasMessage("The stream could not be written").hasCause(error);
		assertThat(this.stream.offer(TestNode.LOG, TestNode.heartbeat(1, 2, 2))).isFalse();
	}

	private void beginLongMessage() {
		this.stream.subscribe(this.client);
		this.client.take(1);
		offer(BacklogTests.proposal(1, 1 << 20));
		assertThat(this.client.taken).hasSize(1);
	}

	private void offer(Envelope envelope) {
		assertThat(this.stream.offer(TestNode.LOG, envelope)).isTrue();
		this.stream.flush();
	}

	/** Takes as many slices as it is told to. */
	private static final class Client implements Subscriber<ByteBuffer> {

		private final List<ByteBuffer> taken = new ArrayList<>();

		private boolean completed;

		private @Nullable Throwable failure;

		private Runnable whenTaking = () -> {
		};

		private @Nullable Subscription subscription;

		private void take(int slices) {
			assertThat(this.subscription).isNotNull();
			this.subscription.request(slices);
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.subscription = subscription;
		}

		@Override
		public void onNext(ByteBuffer item) {
			this.whenTaking.run();
			this.taken.add(item);
		}

		@Override
		public void onError(Throwable throwable) {
			this.failure = throwable;
		}

		@Override
		public void onComplete() {
			this.completed = true;
		}

	}

}
