package io.omnipaxos.autoconfigure.http;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.wire.FrameFormat;
import org.jspecify.annotations.Nullable;

/**
 * The receiver's part of the handshake: takes a stream only from a sender that proves
 * that it knows the secret, and proves in turn that this node does. Thread-safe.
 * <p>
 * What was asked lately is kept, so that nothing is taken twice: at most
 * {@value #MAX_ASKED} questions of a peer, and only of those who know the secret.
 */
final class SecretLock {

	private static final int MAX_ASKED = 1_000;

	private final List<StreamSecret> secrets;

	private final String storageId;

	private final long maxSkewMillis;

	private final InstantSource clock;

	private final Map<NodeId, Map<String, Asked>> asked = new HashMap<>();

	/**
	 * Creates a lock.
	 * @param secrets secrets, each of which opens it
	 * @param storageId identity of this node's data
	 * @param maxSkew how far the sender's clock may be off
	 * @param clock clock of this node
	 */
	SecretLock(List<StreamSecret> secrets, String storageId, Duration maxSkew, InstantSource clock) {
		this.secrets = List.copyOf(secrets);
		this.storageId = storageId;
		this.maxSkewMillis = maxSkew.toMillis();
		this.clock = clock;
	}

	/**
	 * Checks the proof of a question, and that it is asked now. To be called before the
	 * sender is told anything, and anything is done about what it says.
	 * @param headers value of the header with a name, or {@code null}
	 * @throws StreamRefusedException if the secret is not proven, or the question is from
	 * another time, or was asked before
	 */
	Question question(StreamOpening opening, Function<String, @Nullable String> headers) throws StreamRefusedException {
		StreamHandshake handshake = StreamHandshake.read(opening, headers);
		String proof = proof(headers);
		for (StreamSecret secret : this.secrets) {
			if (secret.isProven(handshake.question(), proof)) {
				checkNew(handshake);
				return new Question(handshake, secret);
			}
		}
		throw StreamHandshake.unproven("The sender does not know the secret of this node");
	}

	/**
	 * Answers a question of a peer, which is remembered then.
	 * @throws StreamRefusedException if it was answered before, or too many were
	 */
	synchronized Answer answer(Question question) throws StreamRefusedException {
		StreamHandshake handshake = question.handshake();
		checkNew(handshake);
		Map<String, Asked> ofPeer = this.asked.computeIfAbsent(handshake.opening().from(), (peer) -> new HashMap<>());
		long oldest = this.clock.millis() - this.maxSkewMillis;
		ofPeer.values().removeIf((known) -> known.time() < oldest);
		if (ofPeer.size() >= MAX_ASKED) {
			throw new StreamRefusedException(429, "%s asks too often".formatted(handshake.opening().from()),
					"Find out why its streams do not last, or raise 'omnipaxos.transport.reconnect.min-backoff'.");
		}
		String challenge = StreamSecret.nonce();
		ofPeer.put(handshake.nonce(), new Asked(handshake.time(), question.secret(), challenge));
		return new Answer(challenge, question.secret().prove(handshake.answer(challenge, this.storageId)));
	}

	private synchronized void checkNew(StreamHandshake handshake) throws StreamRefusedException {
		checkTime(handshake);
		NodeId peer = handshake.opening().from();
		if (this.asked.getOrDefault(peer, Map.of()).containsKey(handshake.nonce())) {
			throw new StreamRefusedException(409, "This question was asked before",
					"Find out who repeats what %s has said.".formatted(peer));
		}
	}

	private void checkTime(StreamHandshake handshake) throws StreamRefusedException {
		long skew = Math.abs(this.clock.millis() - handshake.time());
		if (skew > this.maxSkewMillis) {
			throw new StreamRefusedException(403,
					"The clocks of %s and %s differ by %s or so, and at most %s are allowed".formatted(
							handshake.opening().from(), handshake.opening().to(), Duration.ofMillis(rounded(skew)),
							Duration.ofMillis(this.maxSkewMillis)),
					"Set the clocks of both machines, by NTP best, or raise 'omnipaxos.transport.max-clock-skew' on"
							+ " every node.");
		}
	}

	/** The sender logs each reason once: it must be the same at the next attempt. */
	private long rounded(long skewMillis) {
		long step = Math.max(1, this.maxSkewMillis / 2);
		return (skewMillis + step / 2) / step * step;
	}

	/**
	 * Checks the proof of a stream, whose challenge is used up then.
	 * @throws StreamRefusedException if the secret is not proven, or the challenge is not
	 * open
	 */
	synchronized void enter(StreamOpening opening, FrameFormat format, Function<String, @Nullable String> headers)
			throws StreamRefusedException {
		StreamHandshake handshake = StreamHandshake.read(opening, headers);
		Map<String, Asked> ofPeer = this.asked.getOrDefault(opening.from(), Map.of());
		Asked open = ofPeer.get(handshake.nonce());
		if (open == null || open.challenge() == null
				|| !open.challenge().equals(headers.apply(StreamHandshake.CHALLENGE)) || !open.secret()
					.isProven(handshake.stream(open.challenge(), this.storageId, format), proof(headers))) {
			throw StreamHandshake.unproven("The stream does not answer an open challenge of this node");
		}
		ofPeer.put(handshake.nonce(), open.used());
	}

	private static String proof(Function<String, @Nullable String> headers) {
		return Objects.requireNonNullElse(headers.apply(StreamHandshake.PROOF), "");
	}

	/**
	 * A question of somebody who knows a secret.
	 *
	 * @param handshake what was said
	 * @param secret secret that was proven
	 */
	record Question(StreamHandshake handshake, StreamSecret secret) {
	}

	/**
	 * What is answered to a question.
	 *
	 * @param challenge nonce of this node
	 * @param proof proof that this node knows the secret too
	 */
	record Answer(String challenge, String proof) {
	}

	/**
	 * A question that was answered.
	 *
	 * @param time when it was asked, by the sender's clock
	 * @param secret secret that was proven
	 * @param challenge what was answered, or {@code null} once a stream has used it
	 */
	private record Asked(long time, StreamSecret secret, @Nullable String challenge) {

		Asked used() {
			return new Asked(this.time, this.secret, null);
		}

	}

}
