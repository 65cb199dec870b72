package io.omnipaxos.autoconfigure.http;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.omnipaxos.node.wire.FrameFormat;
import org.jspecify.annotations.Nullable;

/**
 * What two nodes say to each other, and prove, before a stream is open.
 * <ol>
 * <li>The sender asks: its opening, its time and a nonce.</li>
 * <li>The receiver answers with a nonce of its own, the challenge, and its storage.</li>
 * <li>The sender opens the stream, and names the challenge.</li>
 * </ol>
 * Each step has a proof over its own name and all that came before. So no proof serves
 * for another step, another pair of nodes, the other direction or another time: both
 * nonces would have to come again.
 *
 * @param opening what the stream opens with
 * @param time time of the sender, in milliseconds since 1970
 * @param nonce nonce of the sender
 */
record StreamHandshake(StreamOpening opening, long time, String nonce) {

	static final String TIME = "OmniPaxos-Time";

	static final String NONCE = "OmniPaxos-Nonce";

	/** Of the receiver: sent with the answer, and again with the stream. */
	static final String CHALLENGE = "OmniPaxos-Challenge";

	static final String PROOF = "OmniPaxos-Proof";

	private static final Pattern NONCE_FORM = Pattern.compile("[A-Za-z0-9_-]{16,64}");

	/** Begins a handshake. */
	static StreamHandshake begin(StreamOpening opening, long time) {
		return new StreamHandshake(opening, time, StreamSecret.nonce());
	}

	/**
	 * Reads what the sender says of it.
	 * @param headers value of the header with a name, or {@code null}
	 * @throws StreamRefusedException if it lacks what every proof covers
	 */
	static StreamHandshake read(StreamOpening opening, Function<String, @Nullable String> headers)
			throws StreamRefusedException {
		String time = headers.apply(TIME);
		String nonce = headers.apply(NONCE);
		if (time == null || nonce == null || !time.matches("[0-9]{1,18}") || !NONCE_FORM.matcher(nonce).matches()) {
			throw unproven("A stream needs a proof of the secret of the cluster here, and this one has none");
		}
		return new StreamHandshake(opening, Long.parseLong(time), nonce);
	}

	static StreamRefusedException unproven(String reason) {
		return new StreamRefusedException(401, reason,
				"Set 'omnipaxos.transport.secret' to the same secret on every node.");
	}

	void write(HttpRequest.Builder request, String proof) {
		request.setHeader(TIME, Long.toString(this.time)).setHeader(NONCE, this.nonce).setHeader(PROOF, proof);
	}

	/** Returns what the sender proves when it asks. */
	List<String> question() {
		return said("question");
	}

	/** Returns what the receiver proves when it answers. */
	List<String> answer(String challenge, String receiverStorageId) {
		return said("answer", challenge, receiverStorageId);
	}

	/** Returns what the sender proves when it opens the stream. */
	List<String> stream(String challenge, String receiverStorageId, FrameFormat format) {
		return said("stream", challenge, receiverStorageId, format.mediaType());
	}

	private List<String> said(String step, String... more) {
		List<String> said = new ArrayList<>();
		said.add("omnipaxos " + step);
		said.add(Integer.toString(StreamOpening.PROTOCOL_VERSION));
		said.add(this.opening.cluster());
		said.add(Long.toString(this.opening.from().value()));
		said.add(Long.toString(this.opening.to().value()));
		said.add(Integer.toString(this.opening.configurationId()));
		said.add(this.opening.members());
		said.add(this.opening.storageId());
		said.add(Long.toString(this.opening.number()));
		said.add(Long.toString(this.time));
		said.add(this.nonce);
		said.addAll(List.of(more));
		return said;
	}

}
