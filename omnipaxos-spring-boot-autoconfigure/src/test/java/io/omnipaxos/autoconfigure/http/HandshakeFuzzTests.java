package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import io.omnipaxos.core.model.NodeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Questions and streams whose headers were changed on their way: a node lets in who has
 * proven exactly what it was told, and nobody else's messages reach a log. Everything is
 * written to real sockets; the seed of a failure is in its message, and with
 * {@code -Domnipaxos.fuzz.seed} replays it. With {@code -Domnipaxos.fuzz.minutes} it goes
 * on with fresh seeds for that long.
 */
class HandshakeFuzzTests {

	private static final int ROUNDS = 400;

	/** Eight streams of each peer, and what is about to end. */
	private static final int MOST_READERS = 18;

	private static final String SECRET = "a secret that only the nodes know";

	private static final HttpTransportSecurity SECURITY = new HttpTransportSecurity(List.of(SECRET),
			Duration.ofSeconds(5), null, List.of());

	private final RecordingHandler handler = new RecordingHandler();

	private TestNode node;

	private int refused;

	private long number = System.currentTimeMillis();

	@BeforeEach
	void startNode() {
		this.node = new TestNode(1, TestNode.settings(), SECURITY, TestNode.freePorts(1, 2, 3), TestNode::tomcat)
			.start(this.handler);
	}

	@AfterEach
	void stopNode() {
		this.node.close();
	}

	@Test
	void onlyWhatIsProvenIsTaken() throws IOException {
		Long only = Long.getLong("omnipaxos.fuzz.seed");
		if (only != null) {
			round(only);
			return;
		}
		long begun = System.nanoTime();
		long length = TimeUnit.MINUTES.toNanos(Long.getLong("omnipaxos.fuzz.minutes", 0));
		long fresh = System.currentTimeMillis();
		int rounds = 0;
		while (rounds < ROUNDS || System.nanoTime() - begun < length) {
			round((rounds < ROUNDS) ? rounds : fresh + rounds);
			rounds++;
		}

		assertThat(this.refused).as("mutations that matter").isBetween(rounds / 2, rounds - 1);
		assertThat(this.node.peerStorageIds.peerStorageId(new NodeId(2))).hasValue("storage-of-2");
		assertThat(this.node.peerStorageIds.peerStorageId(new NodeId(3))).isEmpty();
		assertThat(readers()).as("threads that read streams").isLessThanOrEqualTo(MOST_READERS);
		RawHandshake whole = handshake(new SplittableRandom(1), "GET");
		assertThat(whole.send(this.node.uri()).status()).as("a question as it should be").isEqualTo(204);
	}

	private void round(long seed) {
		try {
			round(new SplittableRandom(seed));
		}
		catch (IOException | RuntimeException | AssertionError ex) {
			fail("Again with -Domnipaxos.fuzz.seed=" + seed, ex);
		}
	}

	private void round(SplittableRandom random) throws IOException {
		RawHandshake question = handshake(random, "GET");
		boolean stream = random.nextBoolean();
		if (!stream) {
			question.mutate(random);
		}
		RawHandshake.Answer answer = question.send(this.node.uri());
		if (!stream || answer.status() != 204) {
			check(answer, question.isProvenQuestion(SECRET));
			return;
		}
		RawHandshake opening = question.streamAfter(answer, SECRET);
		opening.mutate(random);
		int before = this.handler.received().size();
		RawHandshake.Answer last = opening.send(this.node.uri());
		boolean proven = opening.isProvenStream(answer, SECRET);
		check(last, proven);
		assertThat(this.handler.received()).hasSize((last.status() == 204) ? before + 1 : before);
	}

	private void check(RawHandshake.Answer answer, boolean proven) {
		assertThat(answer.status()).isIn(204, 400, 401, 403, 404, 405, 409, 413, 415, 421, 429, 431, 501);
		if (answer.status() == 204) {
			assertThat(proven).as("who is let in has proven what it says").isTrue();
		}
		else {
			this.refused++;
			assertThat(answer.challenge()).as("what a stranger is told").isEmpty();
		}
	}

	private static long readers() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("omnipaxos-from-peer"))
			.count();
	}

	private RawHandshake handshake(SplittableRandom random, String method) {
		Map<String, String> headers = HandMadeStream.headers(++this.number);
		headers.put("OmniPaxos-Time", Long.toString(System.currentTimeMillis()));
		headers.put("OmniPaxos-Nonce", "nonce-%016x-%d".formatted(random.nextLong(), this.number));
		headers.put("OmniPaxos-Proof", HandMadeProof.question(SECRET, headers));
		List<RawHandshake.Header> lines = new ArrayList<>();
		headers.forEach((name, value) -> lines.add(new RawHandshake.Header(name, value)));
		return new RawHandshake(method, lines);
	}

}
