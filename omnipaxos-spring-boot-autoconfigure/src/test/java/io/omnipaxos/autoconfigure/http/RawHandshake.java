package io.omnipaxos.autoconfigure.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import io.omnipaxos.node.wire.FrameFormat;

/** One step of a handshake as it goes over the wire, header by header. */
final class RawHandshake {

	private static final String[] ABSURD = { "", " ", "0", "-1", "1", "2", "3", "9", "9223372036854775807",
			"9223372036854775808", "99999999999999999999999999", "1e3", "0x1", "two", "null", "\u00e9\u00ff", "\t", ",",
			"a,b", "a;b", "%00", "../..", "'\"", "x".repeat(300), "9".repeat(4_000), "y".repeat(10_000) };

	private final String method;

	private final List<Header> headers;

	RawHandshake(String method, List<Header> headers) {
		this.method = method;
		this.headers = headers;
	}

	/** Returns the stream that this question asked for. */
	RawHandshake streamAfter(Answer answer, String secret) {
		List<Header> lines = new ArrayList<>(this.headers);
		lines.removeIf((header) -> header.name().equals("OmniPaxos-Proof"));
		lines.add(new Header("Content-Type", "application/cbor"));
		lines.add(new Header("OmniPaxos-Challenge", answer.challenge()));
		lines.add(new Header("OmniPaxos-Proof",
				HandMadeProof.stream(secret, values(), answer.challenge(), answer.storage(), "application/cbor")));
		return new RawHandshake("POST", lines);
	}

	/** Changes it a little, or a lot. */
	void mutate(SplittableRandom random) {
		int mutations = 1 + random.nextInt(3);
		for (int i = 0; i < mutations && !this.headers.isEmpty(); i++) {
			int at = random.nextInt(this.headers.size());
			Header header = this.headers.get(at);
			Header other = this.headers.get(random.nextInt(this.headers.size()));
			switch (random.nextInt(9)) {
				case 0 -> this.headers.remove(at);
				case 1 -> this.headers.set(at, new Header(header.name(), ABSURD[random.nextInt(ABSURD.length)]));
				case 2 -> this.headers.set(at, new Header(header.name(), changed(header.value(), random)));
				case 3 -> this.headers.set(at, new Header(changed(header.name(), random), header.value()));
				case 4 -> this.headers.set(at, new Header(header.name(), other.value()));
				case 5 -> this.headers.add(random.nextInt(this.headers.size()), header);
				case 6 -> this.headers.add(new Header(header.name(), ABSURD[random.nextInt(ABSURD.length)]));
				case 7 -> this.headers.add(0, new Header(header.name(), changed(header.value(), random)));
				default -> this.headers.set(at, new Header(header.name().toUpperCase(), " " + header.value() + " "));
			}
		}
	}

	private static String changed(String text, SplittableRandom random) {
		if (text.isEmpty()) {
			return "x";
		}
		int at = random.nextInt(text.length());
		return switch (random.nextInt(4)) {
			case 0 -> text.substring(0, at) + text.substring(at + 1);
			case 1 -> text.substring(0, at) + (char) (text.charAt(at) ^ 1) + text.substring(at + 1);
			case 2 -> text.substring(0, at) + (char) (33 + random.nextInt(90)) + text.substring(at);
			default -> text.substring(0, at);
		};
	}

	/** Whether whoever gets this has been given the proof of a question. */
	boolean isProvenQuestion(String secret) {
		Map<String, String> values = values();
		return HandMadeProof.question(secret, values).equals(values.get("OmniPaxos-Proof"));
	}

	/** Whether it is the proven stream that an answer allows. */
	boolean isProvenStream(Answer answer, String secret) {
		Map<String, String> values = values();
		String type = values.getOrDefault("Content-Type", "application/cbor").split(";")[0].strip();
		return answer.challenge().equals(values.get("OmniPaxos-Challenge"))
				&& HandMadeProof.stream(secret, values, answer.challenge(), answer.storage(), type)
					.equals(values.get("OmniPaxos-Proof"));
	}

	/** The first value of each header, as a server reads it. */
	private Map<String, String> values() {
		Map<String, String> values = new LinkedHashMap<>();
		for (String name : List.of("Protocol", "Cluster", "From", "To", "Configuration", "Members", "Storage", "Stream",
				"Time", "Nonce", "Challenge", "Proof")) {
			first("OmniPaxos-" + name, values);
		}
		first("Content-Type", values);
		return values;
	}

	private void first(String name, Map<String, String> values) {
		this.headers.stream()
			.filter((header) -> header.name().equalsIgnoreCase(name))
			.findFirst()
			.ifPresent((header) -> values.put(name, read(header.value().strip())));
	}

	/** A number is the same number with zeros before it. */
	private static String read(String value) {
		return value.matches("[+]?0*[1-9][0-9]{0,17}") ? Long.toString(Long.parseLong(value)) : value;
	}

	/** Sends it on a connection of its own, with a frame if it is a stream. */
	Answer send(URI uri) throws IOException {
		StringBuilder head = new StringBuilder(
				"%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n".formatted(this.method, uri.getPath()));
		this.headers.forEach((header) -> head.append("%s: %s\r\n".formatted(header.name(), header.value())));
		ByteArrayOutputStream request = new ByteArrayOutputStream();
		byte[] body = this.method.equals("POST") ? HandMadeStream.frame(FrameFormat.CBOR, TestNode.heartbeat(2, 1, 1))
				: new byte[0];
		head.append("Content-Length: %d\r\n\r\n".formatted(body.length));
		request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
		request.writeBytes(body);
		try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream().write(request.toByteArray());
			return Answer.read(new String(readAll(socket), StandardCharsets.ISO_8859_1));
		}
	}

	private static byte[] readAll(Socket socket) throws IOException {
		ByteArrayOutputStream answer = new ByteArrayOutputStream();
		try {
			socket.getInputStream().transferTo(answer);
		}
		catch (SocketException ex) {
			// Whatever had not been read when the server closed; the answer came before.
		}
		return answer.toByteArray();
	}

	/** One header, as it is written. */
	record Header(String name, String value) {
	}

	/** What the node says. */
	record Answer(int status, String challenge, String storage) {

		static Answer read(String text) {
			return new Answer(Integer.parseInt(text.split(" ", 3)[1]), header("OmniPaxos-Challenge", text),
					header("OmniPaxos-Storage", text));
		}

		private static String header(String name, String text) {
			return text.lines()
				.takeWhile((line) -> !line.isEmpty())
				.filter((line) -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
				.map((line) -> line.substring(name.length() + 2))
				.findFirst()
				.orElse("");
		}

	}

}
