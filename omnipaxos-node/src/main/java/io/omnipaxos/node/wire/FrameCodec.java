package io.omnipaxos.node.wire;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.omnipaxos.core.Limits;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.Message;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.node.wire.FrameException.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;

/**
 * Turns frames into bytes and back. Thread-safe.
 * <p>
 * In JSON a frame is <pre>
 * {"log": "kv", "messages": [
 *   {"from": 1, "to": 2, "configuration": 1, "AcceptDecide":
 *     {"ballot": [1, 4, 0, 1], "from": 7, "entries": [[1, 2, 17, "YQ==", "Yg=="]], "decidedIndex": 6}}]}
 * </pre> A ballot is {@code [configuration, n, priority, pid]}, and entries are runs of
 * consecutive proposals, {@code [pid, session, seq of the first, content...]}. Unknown
 * fields are ignored and messages of unknown types are skipped, so that nodes of
 * neighbouring versions understand each other.
 */
public final class FrameCodec {

	/** What a frame may need beside the entries and snapshot bytes in it. */
	private static final int ROOM_FOR_THE_REST = 64 << 10;

	private final FrameFormat format;

	private final int maxFrameBytes;

	/**
	 * Creates a codec.
	 * @param format how frames are written
	 * @param maxFrameBytes longest frame to write or to read, in bytes; for a node, at
	 * least {@link #requiredFrameBytes(Limits)}
	 */
	public FrameCodec(FrameFormat format, int maxFrameBytes) {
		this.format = format;
		this.maxFrameBytes = maxFrameBytes;
	}

	/**
	 * Returns the frame limit that a node with these limits needs at least, in bytes. It
	 * may be more than an array can hold: such a node can't talk to others.
	 */
	public static long requiredFrameBytes(Limits limits) {
		return Math.addExact(limits.maxMessageBytes(), ROOM_FOR_THE_REST);
	}

	/**
	 * Returns what a message is taken to cost in a frame, in bytes. Never less than what
	 * it takes in CBOR; messages whose sum stays below the frame limit fit a frame.
	 */
	public static long sizeOf(Message message) {
		return FrameSize.of(message);
	}

	/** Returns how frames are written. */
	public FrameFormat format() {
		return this.format;
	}

	/** Returns the longest frame to write or to read, in bytes. */
	public int maxFrameBytes() {
		return this.maxFrameBytes;
	}

	/**
	 * Encodes a frame, without its length.
	 * @param frame frame to encode
	 * @return its bytes, in a new array
	 * @throws FrameException if the frame exceeds the limit
	 */
	public byte[] encode(Frame frame) throws FrameException {
		FrameBuffer buffer = new FrameBuffer(this.maxFrameBytes);
		encode(frame, buffer);
		return Arrays.copyOfRange(buffer.toByteArray(), Integer.BYTES, buffer.size());
	}

	void encode(Frame frame, FrameBuffer buffer) throws FrameException {
		buffer.beginFrame();
		write(frame, buffer);
		buffer.endFrame();
	}

	private void write(Frame frame, OutputStream out) {
		try (JsonGenerator generator = this.format.factory().createGenerator(ObjectWriteContext.empty(), out)) {
			FieldWriter fields = new FieldWriter(generator);
			generator.writeStartObject();
			generator.writeStringProperty("log", frame.log());
			generator.writeArrayPropertyStart("messages");
			for (Envelope envelope : frame.messages()) {
				write(envelope, generator, fields);
			}
			generator.writeEndArray();
			generator.writeEndObject();
		}
	}

	private static void write(Envelope envelope, JsonGenerator generator, FieldWriter fields) {
		generator.writeStartObject();
		fields.number("from", envelope.from().value());
		fields.number("to", envelope.to().value());
		fields.number("configuration", envelope.configurationId());
		MessageType.write(envelope.message(), generator, fields);
		generator.writeEndObject();
	}

	/**
	 * Decodes a frame, given without its length.
	 * @param bytes array that holds the frame
	 * @param offset where the frame begins
	 * @param length how long it is
	 * @return frame
	 * @throws FrameException if it is malformed or too large
	 */
	public Frame decode(byte[] bytes, int offset, int length) throws FrameException {
		if (length > this.maxFrameBytes) {
			throw new FrameException(Reason.TOO_LARGE,
					"A frame of %d bytes exceeds the limit of %d".formatted(length, this.maxFrameBytes));
		}
		try (JsonParser parser = this.format.factory().createParser(ObjectReadContext.empty(), bytes, offset, length)) {
			return readFrame(new ValueReader(parser, this.maxFrameBytes));
		}
		catch (JacksonException | IllegalArgumentException | ArithmeticException ex) {
			throw new FrameException(Reason.MALFORMED, "Not a frame: " + ex.getMessage(), ex);
		}
	}

	private static Frame readFrame(ValueReader in) throws FrameException {
		String log = null;
		List<Envelope> messages = new ArrayList<>();
		in.next();
		in.expectObject();
		for (String field = in.nextField(); field != null; field = in.nextField()) {
			switch (field) {
				case "log" -> log = in.text(Frame.MAX_LOG_NAME);
				case "messages" -> readMessages(in, messages);
				default -> in.skip();
			}
		}
		if (log == null) {
			throw FrameException.malformed("A frame must name its log");
		}
		in.expectEnd();
		return new Frame(log, messages);
	}

	private static void readMessages(ValueReader in, List<Envelope> messages) throws FrameException {
		in.expectArray();
		while (in.nextElement()) {
			in.charge(FrameSize.MESSAGE);
			Envelope envelope = readEnvelope(in);
			if (envelope != null) {
				messages.add(envelope);
			}
		}
	}

	private static @Nullable Envelope readEnvelope(ValueReader in) throws FrameException {
		long from = 0;
		long to = 0;
		int configuration = 0;
		Message message = null;
		in.expectObject();
		for (String field = in.nextField(); field != null; field = in.nextField()) {
			switch (field) {
				case "from" -> from = in.number();
				case "to" -> to = in.number();
				case "configuration" -> configuration = in.smallNumber();
				default -> {
					MessageType<?> type = MessageType.named(field);
					if (type != null) {
						message = type.read(in);
					}
					else {
						in.skip();
					}
				}
			}
		}
		return (message != null) ? new Envelope(new NodeId(from), new NodeId(to), configuration, message) : null;
	}

}
