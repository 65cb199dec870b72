package io.omnipaxos.autoconfigure.http;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.node.wire.Frame;
import io.omnipaxos.node.wire.FrameCodec;
import io.omnipaxos.node.wire.FrameFormat;
import io.omnipaxos.node.wire.FrameWriter;

/** A peer stream written to a socket by hand, as slowly or as wrongly as a test wants. */
final class HandMadeStream implements AutoCloseable {

	private final Socket socket;

	private final OutputStream out;

	private HandMadeStream(URI uri, Map<String, String> headers) throws IOException {
		this.socket = new Socket(uri.getHost(), uri.getPort());
		this.socket.setSoTimeout(20_000);
		this.out = this.socket.getOutputStream();
		StringBuilder head = new StringBuilder(
				"POST %s HTTP/1.1\r\nHost: %s\r\n".formatted(uri.getPath(), "localhost"));
		headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
		head.append("Transfer-Encoding: chunked\r\n\r\n");
		write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
	}

	static HandMadeStream open(URI uri, Map<String, String> headers) throws IOException {
		return new HandMadeStream(uri, headers);
	}

	/** Returns the headers with which node 2 opens a stream to node 1. */
	static Map<String, String> headers(long number) {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("OmniPaxos-Protocol", "1");
		headers.put("OmniPaxos-Cluster", TestNode.CLUSTER);
		headers.put("OmniPaxos-From", "2");
		headers.put("OmniPaxos-To", "1");
		headers.put("OmniPaxos-Configuration", "1");
		headers.put("OmniPaxos-Members", "1,2,3 2/2");
		headers.put("OmniPaxos-Storage", "storage-of-2");
		headers.put("OmniPaxos-Stream", Long.toString(number));
		return headers;
	}

	/** Returns a frame with its length. */
	static byte[] frame(FrameFormat format, Envelope... messages) throws IOException {
		FrameWriter frames = new FrameWriter(new FrameCodec(format, 32 << 20));
		frames.write(new Frame(TestNode.LOG, List.of(messages)));
		return frames.take();
	}

	/** Sends bytes as a chunk of the body. */
	HandMadeStream send(byte[] bytes) throws IOException {
		ByteArrayOutputStream chunk = new ByteArrayOutputStream();
		chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
		chunk.writeBytes(bytes);
		chunk.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
		write(chunk.toByteArray());
		return this;
	}

	/** Ends the body. */
	HandMadeStream end() throws IOException {
		write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
		return this;
	}

	private void write(byte[] bytes) throws IOException {
		this.out.write(bytes);
		this.out.flush();
	}

	/** Waits for the answer, and returns its status. */
	int status() throws IOException {
		BufferedReader in = new BufferedReader(
				new InputStreamReader(this.socket.getInputStream(), StandardCharsets.ISO_8859_1));
		String line = in.readLine();
		if (line == null) {
			throw new IOException("The connection was closed without an answer");
		}
		return Integer.parseInt(line.split(" ")[1]);
	}

	/** Waits until the other side has closed the connection. */
	void awaitEnd() throws IOException {
		try {
			this.socket.getInputStream().transferTo(OutputStream.nullOutputStream());
		}
		catch (SocketException ex) {
			// Closed before everything was read.
		}
	}

	/** Breaks the connection. */
	void reset() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
