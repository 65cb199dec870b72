package io.omnipaxos.node.wire;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.function.Consumer;

import io.omnipaxos.node.wire.FrameException.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How deep, long and large the parts of a frame may be, those included that a later
 * version may add and this one skips.
 */
class FrameLimitsTests {

	@ParameterizedTest
	@EnumSource
	void whatIsSkippedMayBeNestedSomewhat(FrameFormat format) throws FrameException {
		assertThat(decode(format, (out) -> nest(out, 10)).log()).isEqualTo("kv");
	}

	@ParameterizedTest
	@EnumSource
	void nothingIsNestedWithoutEnd(FrameFormat format) {
		assertRefused(format, (out) -> nest(out, 17));
	}

	@ParameterizedTest
	@EnumSource
	void noNameIsLong(FrameFormat format) {
		assertRefused(format, (out) -> out.writeNumberProperty("n".repeat(1_000), 1));
	}

	@ParameterizedTest
	@EnumSource
	void noNumberIsLong(FrameFormat format) {
		String nines = "9".repeat(1_000);
		assertRefused(format, (out) -> {
			out.writeArrayPropertyStart("messages");
			out.writeStartObject();
			out.writeName("from");
			out.writeNumber(new BigInteger(nines));
			out.writeEndObject();
			out.writeEndArray();
		});
	}

	/** An empty object takes a byte or two on the wire, and far more in memory. */
	@ParameterizedTest
	@EnumSource
	void aSmallFrameDoesNotBecomeManyMessages(FrameFormat format) {
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> decode(format, (out) -> {
			out.writeArrayPropertyStart("messages");
			for (int i = 0; i < 1_000; i++) {
				out.writeStartObject();
				out.writeEndObject();
			}
			out.writeEndArray();
		})).extracting(FrameException::reason).isEqualTo(Reason.TOO_LARGE);
	}

	private static void nest(JsonGenerator out, int levels) {
		out.writeName("later");
		for (int i = 0; i < levels; i++) {
			out.writeStartArray();
		}
		for (int i = 0; i < levels; i++) {
			out.writeEndArray();
		}
	}

	private static void assertRefused(FrameFormat format, Consumer<JsonGenerator> content) {
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> decode(format, content))
			.extracting(FrameException::reason)
			.isEqualTo(Reason.MALFORMED);
	}

	private static Frame decode(FrameFormat format, Consumer<JsonGenerator> content) throws FrameException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (JsonGenerator out = format.factory().createGenerator(ObjectWriteContext.empty(), bytes)) {
			out.writeStartObject();
			out.writeStringProperty("log", "kv");
			content.accept(out);
			out.writeEndObject();
		}
		return new FrameCodec(format, 1 << 16).decode(bytes.toByteArray(), 0, bytes.size());
	}

}
