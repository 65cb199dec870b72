package io.omnipaxos.autoconfigure.http;

import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.omnipaxos.node.wire.FrameFormat;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the streams of the peers come in. Whoever does not open the locks of this node is
 * told nothing of it. Thread-safe.
 */
final class StreamEntrance {

	private static final Logger logger = LoggerFactory.getLogger(StreamEntrance.class);

	/** Strangers must not fill the log. */
	private static final long LOG_PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);

	private final IncomingStreams streams;

	private final boolean onlyThisMachine;

	private final @Nullable SecretLock secret;

	private final @Nullable PeerCertificates certificates;

	private final AtomicLong loggedNanos = new AtomicLong(System.nanoTime() - LOG_PERIOD_NANOS);

	/**
	 * Creates an entrance.
	 * @param streams what it leads to
	 * @param onlyThisMachine whether nothing is taken but what comes from this machine
	 * @param secret lock that the secret of the cluster opens, or {@code null}
	 * @param certificates what binds peers to their certificates, or {@code null} if they
	 * need none
	 */
	StreamEntrance(IncomingStreams streams, boolean onlyThisMachine, @Nullable SecretLock secret,
			@Nullable PeerCertificates certificates) {
		this.streams = streams;
		this.onlyThisMachine = onlyThisMachine;
		this.secret = secret;
		this.certificates = certificates;
	}

	IncomingStreams streams() {
		return this.streams;
	}

	/**
	 * Says whether a stream would be taken.
	 * @throws StreamRefusedException if it would not
	 */
	void ask(HttpServletRequest request, HttpServletResponse response) throws StreamRefusedException {
		checkOrigin(request);
		StreamOpening opening = StreamOpening.read(request::getHeader);
		checkCertificate(opening, request);
		SecretLock.Question question = question(opening, request);
		this.streams.check(opening);
		SecretLock.Answer answer = (this.secret != null && question != null) ? this.secret.answer(question) : null;
		if (answer != null) {
			response.setHeader(StreamHandshake.CHALLENGE, answer.challenge());
			response.setHeader(StreamHandshake.PROOF, answer.proof());
		}
		response.setHeader(StreamOpening.STORAGE, this.streams.storageId());
	}

	/**
	 * Takes a stream, from which nothing was read yet.
	 * @throws StreamRefusedException if it is not taken
	 */
	IncomingStream enter(HttpServletRequest request, FrameFormat format) throws StreamRefusedException {
		checkOrigin(request);
		StreamOpening opening = StreamOpening.read(request::getHeader);
		checkCertificate(opening, request);
		if (this.secret != null) {
			try {
				this.secret.enter(opening, format, request::getHeader);
			}
			catch (StreamRefusedException ex) {
				throw logged(ex, request);
			}
		}
		return this.streams.begin(opening);
	}

	private void checkOrigin(HttpServletRequest request) throws StreamRefusedException {
		if (this.onlyThisMachine && !Loopback.carries(request)) {
			throw logged(
					new StreamRefusedException(403,
							"This node has no secret, and so takes streams from its own machine only",
							"Set 'omnipaxos.transport.secret' to the same secret on every node, or"
									+ " 'omnipaxos.transport.ssl.bundle' to a certificate of its own on each."),
					request);
		}
	}

	private SecretLock.@Nullable Question question(StreamOpening opening, HttpServletRequest request)
			throws StreamRefusedException {
		try {
			return (this.secret != null) ? this.secret.question(opening, request::getHeader) : null;
		}
		catch (StreamRefusedException ex) {
			throw logged(ex, request);
		}
	}

	private void checkCertificate(StreamOpening opening, HttpServletRequest request) throws StreamRefusedException {
		if (this.certificates != null) {
			try {
				this.certificates.check(opening.from(),
						(X509Certificate[]) request.getAttribute("jakarta.servlet.request.X509Certificate"));
			}
			catch (StreamRefusedException ex) {
				throw logged(ex, request);
			}
		}
	}

	private StreamRefusedException logged(StreamRefusedException refusal, HttpServletRequest request) {
		long now = System.nanoTime();
		long before = this.loggedNanos.get();
		if (now - before >= LOG_PERIOD_NANOS && this.loggedNanos.compareAndSet(before, now)) {
			logger.warn("Somebody at {} is kept out. {}. More of that is logged after a minute at the earliest",
					request.getRemoteAddr(), refusal.describe());
		}
		return refusal;
	}

}
