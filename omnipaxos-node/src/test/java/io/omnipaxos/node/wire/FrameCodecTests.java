package io.omnipaxos.node.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.omnipaxos.core.Limits;
import io.omnipaxos.core.message.AcceptMessage.AcceptDecide;
import io.omnipaxos.core.message.AcceptMessage.CatchUp;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.Message;
import io.omnipaxos.core.message.ProposalMessage.Propose;
import io.omnipaxos.core.message.ReadMessage.ReadAck;
import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.node.wire.FrameException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Frames say in both formats what they said before, and later versions may say more.
 */
class FrameCodecTests {

	private static final int LIMIT = 1 << 20;

	private static final String ACK = "{\"ballot\":[1,2,3,4],\"round\":5}";

	@Test
	void thereIsASampleOfEveryMessage() {
		Set<Class<?>> sampled = MessageSamples.all().stream().map(Object::getClass).collect(Collectors.toSet());
		assertThat(sampled).containsExactlyInAnyOrderElementsOf(permitted(Message.class).toList());
	}

	private static Stream<Class<?>> permitted(Class<?> type) {
		return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(FrameCodecTests::permitted)
				: Stream.of(type);
	}

	@ParameterizedTest
	@EnumSource
	void everyMessageComesBackAsItWas(FrameFormat format) throws FrameException {
		FrameCodec codec = new FrameCodec(format, LIMIT);
		Frame frame = new Frame("kv", MessageSamples.all().stream().map(MessageSamples::envelope).toList());
		byte[] bytes = codec.encode(frame);
		assertThat(codec.decode(bytes, 0, bytes.length)).isEqualTo(frame);
	}

	@Test
	void noMessageTakesMoreThanItIsCountedFor() throws FrameException {
		FrameCodec codec = new FrameCodec(FrameFormat.CBOR, LIMIT);
		int empty = codec.encode(new Frame("kv", List.of())).length;
		for (Message message : MessageSamples.all()) {
			Envelope envelope = new Envelope(new NodeId(Long.MAX_VALUE), new NodeId(Long.MAX_VALUE), Integer.MAX_VALUE,
					message);
			int size = codec.encode(new Frame("kv", List.of(envelope))).length - empty;
			assertThat((long) size).as(message.toString()).isLessThanOrEqualTo(FrameCodec.sizeOf(message));
		}
	}

	@Test
	void theLargestMessageOfANodeFitsTheFrameThatItRequires() {
		Limits limits = Limits.DEFAULT;
		assertThat(FrameCodec.requiredFrameBytes(limits)).isGreaterThan(Math.toIntExact(limits.maxMessageBytes()));
	}

	@Test
	void whatANodeRequiresMayBeMoreThanThereIs() {
		Limits limits = new Limits(Integer.MAX_VALUE, 1, 1, 1, 1, 0);
		assertThat(FrameCodec.requiredFrameBytes(limits)).isGreaterThan(2L * Integer.MAX_VALUE);
	}

	/** The names are the wire format: this fails when a record or a field is renamed. */
	@Test
	void aFrameInJsonIsReadable() throws FrameException {
		Message message = new AcceptDecide(new Ballot(1, 4, 0, new NodeId(1)), 7,
				MessageSamples.entries().subList(0, 3), 6);
		Frame frame = new Frame("kv", List.of(new Envelope(new NodeId(1), new NodeId(2), 1, message)));
		assertThat(new String(new FrameCodec(FrameFormat.JSON, LIMIT).encode(frame), StandardCharsets.UTF_8))
			.isEqualTo("""
					{"log":"kv","messages":[{"from":1,"to":2,"configuration":1,"AcceptDecide":\
					{"ballot":[1,4,0,1],"from":7,"entries":[[1,4,17,"c2V2ZW50ZWVu",""],[1,4,20,"dHdlbnR5"]],\
					"decidedIndex":6}}]}""");
	}

	@Test
	void fieldsMayComeInAnyOrderAndUnknownOnesAreIgnored() throws FrameException {
		Frame frame = decode("""
				{"messages":[{"since":{"v":[2]},"ReadAck":{"round":5,"hint":"x","ballot":[1,2,3,4,99]},"to":2,"from":1,
				"configuration":1}],"log":"kv","more":null}""");
		assertThat(frame).isEqualTo(new Frame("kv", List
			.of(new Envelope(new NodeId(1), new NodeId(2), 1, new ReadAck(new Ballot(1, 2, 3, new NodeId(4)), 5)))));
	}

	@Test
	void anOrderToCatchUpMayNameNobody() throws FrameException {
		Frame frame = decode("{\"log\":\"kv\",\"messages\":[{\"from\":1,\"to\":2,\"configuration\":1,"
				+ "\"CatchUp\":{\"ballot\":[1,2,3,1],\"decidedIndex\":5}}]}");
		assertThat(frame.messages()).extracting(Envelope::message)
			.containsExactly(new CatchUp(new Ballot(1, 2, 3, new NodeId(1)), 5, NodeId.NONE));
	}

	@Test
	void messagesOfUnknownTypesAreSkipped() throws FrameException {
		Frame frame = decode("""
				{"log":"kv","messages":[{"from":1,"to":2,"configuration":1,"Gossip":{"rumour":[1,{}]}},
				{"from":1,"to":2,"configuration":1,"ReadAck":%s},{}]}""".formatted(ACK));
		assertThat(frame.messages()).hasSize(1);
	}

	@Test
	void whatIsNoFrameIsMalformed() {
		assertMalformed("");
		assertMalformed("null");
		assertMalformed("[]");
		assertMalformed("{\"messages\":[]}");
		assertMalformed("{\"log\":\"\",\"messages\":[]}");
		assertMalformed("{\"log\":\"" + "x".repeat(65) + "\",\"messages\":[]}");
		assertMalformed("{\"log\":\"kv\",\"messages\":{}}");
		assertMalformed("{\"log\":\"kv\",\"messages\":[7]}");
		assertMalformed("{\"log\":\"kv\",\"messages\":[");
		assertMalformed("{\"log\":\"kv\",\"messages\":[]} {}");
		assertMalformed("{\"log\":\"kv\",\"more\":" + "[".repeat(17) + "]".repeat(17) + "}");
	}

	@Test
	void aMessageThatItsRecordRefusesIsMalformed() {
		assertMalformed(message("{\"ballot\":[1,2,3,4]}"));
		assertMalformed(message("{\"round\":5,\"ballot\":[1,-2,3,4]}"));
		assertMalformed(message("{\"round\":5,\"ballot\":[1,2,3]}"));
		assertMalformed(message("{\"round\":5,\"ballot\":[3000000000,2,3,4]}"));
		assertMalformed(message("{\"round\":5.5,\"ballot\":[1,2,3,4]}"));
		assertMalformed(message("{\"round\":\"5\",\"ballot\":[1,2,3,4]}"));
		assertMalformed(message("{\"round\":99999999999999999999,\"ballot\":[1,2,3,4]}"));
	}

	@Test
	void aFrameOverTheLimitIsNeitherWrittenNorRead() throws FrameException {
		Frame frame = new Frame("kv", MessageSamples.all().stream().map(MessageSamples::envelope).toList());
		byte[] bytes = new FrameCodec(FrameFormat.CBOR, LIMIT).encode(frame);
		FrameCodec narrow = new FrameCodec(FrameFormat.CBOR, bytes.length - 1);
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> narrow.encode(frame))
			.returns(Reason.TOO_LARGE, FrameException::reason);
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> narrow.decode(bytes, 0, bytes.length))
			.returns(Reason.TOO_LARGE, FrameException::reason);
	}

	/** Three bytes of JSON an entry, and an object of a hundred bytes in the heap. */
	@Test
	void aSmallFrameCannotBecomeALargeHeap() {
		String entries = "\"\",".repeat(LIMIT / 10) + "\"\"";
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> decode("{\"log\":\"kv\",\"messages\":[{\"from\":1,\"to\":2,\"configuration\":1,"
					+ "\"Propose\":{\"entries\":[[1,1,1," + entries + "]]}}]}"))
			.returns(Reason.TOO_LARGE, FrameException::reason);
	}

	/** Two bytes a node, and an object of its own in the heap. */
	@Test
	void theNodesThatAStopSignNamesCount() throws FrameException {
		ClusterConfig next = ClusterConfig.of(2, LongStream.rangeClosed(1, 1000).toArray());
		Entry stopSign = new Entry.StopSign(new ProposalId(new NodeId(1), 1, 1), next, Payload.EMPTY);
		Frame frame = new Frame("kv", List.of(MessageSamples.envelope(new Propose(List.of(stopSign)))));
		byte[] bytes = new FrameCodec(FrameFormat.CBOR, LIMIT).encode(frame);

		assertThat(bytes).hasSizeLessThan(4000);
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> new FrameCodec(FrameFormat.CBOR, 4000).decode(bytes, 0, bytes.length))
			.returns(Reason.TOO_LARGE, FrameException::reason);
	}

	private static String message(String ack) {
		return "{\"log\":\"kv\",\"messages\":[{\"from\":1,\"to\":2,\"configuration\":1,\"ReadAck\":" + ack + "}]}";
	}

	private static Frame decode(String json) throws FrameException {
		byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
		return new FrameCodec(FrameFormat.JSON, LIMIT).decode(bytes, 0, bytes.length);
	}

	private static void assertMalformed(String json) {
		assertThatExceptionOfType(FrameException.class).as(json)
			.isThrownBy(() -> decode(json))
			.returns(Reason.MALFORMED, FrameException::reason);
	}

}
