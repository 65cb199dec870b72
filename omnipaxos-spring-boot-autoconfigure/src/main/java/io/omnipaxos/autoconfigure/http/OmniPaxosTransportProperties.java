package io.omnipaxos.autoconfigure.http;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties for the HTTP peer streams of an OmniPaxos node.
 *
 * @param secret Secret that the nodes of the cluster share, at least 32 characters. Takes
 * streams only from nodes that know it.
 * @param secondSecret Another secret that is taken from peers, while the secret is
 * changed.
 * @param maxClockSkew How far the clock of a peer may be off when there is a secret.
 * @param ssl How connections to peers are made with TLS.
 * @param path Path of the peer streams, the same on every node.
 * @param maxFrameSize Longest frame that is sent to a peer or taken from one, the same on
 * every node.
 * @param maxQueued Messages that may wait for one peer. What does not fit is dropped, and
 * sent again by the protocol.
 * @param connectTimeout Time that a connection to a peer may take to come about.
 * @param answerTimeout Time that a peer may take to say whether it takes a stream, and to
 * answer its end.
 * @param silenceTimeout Time after which the stream to a peer is opened anew when nothing
 * was heard from it. At least four election timeouts.
 * @param reconnect When a broken stream is opened again.
 * @param closeTimeout Time that peers have to end their streams when this node stops.
 * @since 0.1.0
 */
@ConfigurationProperties("omnipaxos.transport")
public record OmniPaxosTransportProperties(@Nullable String secret, @Nullable String secondSecret,
		@DefaultValue("1m") Duration maxClockSkew, @DefaultValue Ssl ssl,
		@DefaultValue("/omnipaxos/stream") String path, @DefaultValue("32MB") DataSize maxFrameSize,
		@DefaultValue("64MB") DataSize maxQueued, @DefaultValue("2s") Duration connectTimeout,
		@DefaultValue("2s") Duration answerTimeout, @DefaultValue("5s") Duration silenceTimeout,
		@DefaultValue Reconnect reconnect, @DefaultValue("1s") Duration closeTimeout) {

	private static final String HIDDEN = "******";

	private static final DataSize LARGEST_FRAME = DataSize.ofGigabytes(1);

	private static final int SHORTEST_SECRET = 32;

	private static final Duration LONGEST_TIME = Duration.ofHours(24);

	public OmniPaxosTransportProperties {
		checkSecret("secret", secret);
		checkSecret("second-secret", secondSecret);
		check(secondSecret == null || secret != null, "second-secret", HIDDEN,
				"needs 'omnipaxos.transport.secret' beside it");
		checkPositive("max-clock-skew", maxClockSkew);
		check(path.startsWith("/") && !path.endsWith("/") && !path.contains("*"), "path", path,
				"must start with a slash, not end with one, and hold no asterisk");
		check(maxFrameSize.toBytes() > 0 && maxFrameSize.compareTo(LARGEST_FRAME) <= 0, "max-frame-size", maxFrameSize,
				"must be positive and not exceed 1GB");
		check(maxQueued.compareTo(maxFrameSize) >= 0, "max-queued", maxQueued,
				"must not be smaller than 'omnipaxos.transport.max-frame-size', " + maxFrameSize);
		checkPositive("connect-timeout", connectTimeout);
		checkPositive("answer-timeout", answerTimeout);
		checkPositive("silence-timeout", silenceTimeout);
		checkTime("close-timeout", closeTimeout, Duration.ZERO, "not be negative");
	}

	private static void checkSecret(String property, @Nullable String secret) {
		if (secret != null) {
			// Spring Boot binds a placeholder that nothing resolves as it is written.
			check(!secret.contains("${"), property, HIDDEN,
					"must not hold a placeholder that nothing resolves, as everybody could read the secret in the"
							+ " configuration: set the variable or property that it names");
			check(secret.length() >= SHORTEST_SECRET, property, HIDDEN,
					("must have at least %d characters, and has %d: a short one can be guessed from what travels."
							+ " Make one with 'openssl rand -base64 32', the same for every node")
						.formatted(SHORTEST_SECRET, secret.length()));
			check(secret.equals(secret.strip()), property, HIDDEN,
					"must not begin or end with white space: nodes that read it in different ways would not agree");
		}
	}

	/** Returns the secrets, first the one to prove. */
	List<String> secrets() {
		return Stream.of(this.secret, this.secondSecret).filter(Objects::nonNull).map(String::valueOf).toList();
	}

	/** Does not tell the secrets. */
	@Override
	public String toString() {
		return "OmniPaxosTransportProperties[path=%s, ssl=%s]".formatted(this.path, this.ssl);
	}

	private static void checkPositive(String property, Duration time) {
		checkTime(property, time, Duration.ofNanos(1), "be positive");
	}

	private static void checkTime(String property, Duration time, Duration shortest, String rule) {
		check(time.compareTo(shortest) >= 0 && time.compareTo(LONGEST_TIME) <= 0, property, time,
				"must %s and not exceed %dh".formatted(rule, LONGEST_TIME.toHours()));
	}

	private static void check(boolean holds, String property, Object value, String rule) {
		if (!holds) {
			throw new InvalidConfigurationPropertyValueException("omnipaxos.transport." + property, value, rule);
		}
	}

	/**
	 * When a broken stream is opened again.
	 *
	 * @param minBackoff Pause after the first failure. Doubles with every failure.
	 * @param maxBackoff Longest pause between two attempts.
	 */
	public record Reconnect(@DefaultValue("50ms") Duration minBackoff, @DefaultValue("1s") Duration maxBackoff) {

		public Reconnect {
			checkPositive("reconnect.min-backoff", minBackoff);
			checkTime("reconnect.max-backoff", maxBackoff, minBackoff,
					"not be shorter than 'omnipaxos.transport.reconnect.min-backoff', %s,".formatted(minBackoff));
		}

	}

	/**
	 * How connections to peers are made with TLS.
	 *
	 * @param bundle Name of the SSL bundle for connections to peers. If it has a key,
	 * this node takes streams only from peers that show a certificate.
	 * @param peerNames Names of which the certificate of a peer has to carry one, with
	 * {pid} in the place of its pid. By default, the host of the peer's address.
	 */
	public record Ssl(@Nullable String bundle, @DefaultValue List<String> peerNames) {

		public Ssl {
			peerNames = List.copyOf(peerNames);
			check(peerNames.isEmpty() || bundle != null, "ssl.peer-names", peerNames,
					"needs 'omnipaxos.transport.ssl.bundle' beside it: without, no certificates are asked for");
		}

	}

}
