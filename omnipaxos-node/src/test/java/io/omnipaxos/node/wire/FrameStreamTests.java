package io.omnipaxos.node.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.message.ProposalMessage.Propose;
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
 * A stream gives its frames one by one, and whatever is wrong with one of them ends it in
 * a way that says why.
 */
class FrameStreamTests {

	private final FrameCodec codec = new FrameCodec(FrameFormat.CBOR, 4 << 20);

	@ParameterizedTest
	@EnumSource
	void framesFollowEachOther(FrameFormat format) throws IOException {
		FrameCodec formatted = new FrameCodec(format, 4 << 20);
		List<Frame> frames = List.of(new Frame("a", List.of()), large(100_000), samples(), large(10), large(2_000_000));
		FrameWriter writer = new FrameWriter(formatted);
		for (Frame frame : frames) {
			writer.write(frame);
		}
		FrameReader reader = new FrameReader(new Trickle(writer.take()), formatted);
		for (Frame frame : frames) {
			assertThat(reader.read()).isEqualTo(frame);
		}
		assertThat(reader.read()).isNull();
	}

	@Test
	void aStreamThatEndsAnywhereWithinAFrameIsTruncated() throws IOException {
		byte[] bytes = bytesOf(samples());
		for (int length = 1; length < bytes.length; length++) {
			FrameReader reader = reader(Arrays.copyOf(bytes, length));
			assertThatExceptionOfType(FrameException.class).isThrownBy(reader::read)
				.returns(Reason.TRUNCATED, FrameException::reason);
		}
	}

	@Test
	void aLengthOverTheLimitIsRefusedBeforeTheFrameIsRead() {
		assertTooLarge(new byte[] { 0x7f, -1, -1, -1 });
		assertTooLarge(new byte[] { -1, -1, -1, -1 });
		assertTooLarge(new byte[] { 0, 0x40, 0, 1 });
	}

	@Test
	void anEmptyFrameIsMalformed() {
		FrameReader reader = reader(new byte[Integer.BYTES]);
		assertThatExceptionOfType(FrameException.class).isThrownBy(reader::read)
			.returns(Reason.MALFORMED, FrameException::reason);
	}

	@Test
	void aFrameOverTheLimitLeavesTheStreamAsItWas() throws IOException {
		FrameWriter writer = new FrameWriter(this.codec);
		writer.write(large(10));
		int size = writer.size();
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> writer.write(large(5 << 20)))
			.returns(Reason.TOO_LARGE, FrameException::reason);
		assertThat(writer.size()).isEqualTo(size);
		writer.write(samples());
		FrameReader reader = reader(writer.take());
		assertThat(reader.read()).isEqualTo(large(10));
		assertThat(reader.read()).isEqualTo(samples());
		assertThat(writer.size()).as("what was taken is gone").isZero();
	}

	private static Frame samples() {
		return new Frame("kv", MessageSamples.all().stream().map(MessageSamples::envelope).toList());
	}

	private static Frame large(int size) {
		Entry entry = new Entry.Command(new ProposalId(new NodeId(1), 1, 1), Payload.of(new byte[size]));
		return new Frame("large", List.of(new Envelope(new NodeId(1), new NodeId(2), 1, new Propose(List.of(entry)))));
	}

	private byte[] bytesOf(Frame frame) throws IOException {
		FrameWriter writer = new FrameWriter(this.codec);
		writer.write(frame);
		return writer.take();
	}

	private FrameReader reader(byte[] bytes) {
		return new FrameReader(new ByteArrayInputStream(bytes), this.codec);
	}

	private void assertTooLarge(byte[] header) {
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> reader(header).read())
			.returns(Reason.TOO_LARGE, FrameException::reason);
	}

	/** Gives at most seven bytes a read, as a slow network might. */
	private static final class Trickle extends InputStream {

		private final InputStream bytes;

		Trickle(byte[] bytes) {
			this.bytes = new ByteArrayInputStream(bytes);
		}

		@Override
		public int read() throws IOException {
			return this.bytes.read();
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			return this.bytes.read(buffer, offset, Math.min(7, length));
		}

	}

}
