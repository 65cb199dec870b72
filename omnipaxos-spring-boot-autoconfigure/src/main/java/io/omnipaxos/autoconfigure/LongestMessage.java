package io.omnipaxos.autoconfigure;

import java.util.Comparator;
import java.util.stream.Stream;

import io.omnipaxos.node.wire.FrameCodec;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * What one message may carry under some limits: two entries, all that is undecided, and a
 * piece.
 */
final class LongestMessage {

	private static final DataSize LONGEST_FRAME = DataSize.ofGigabytes(1);

	private static final String RULE = """
			must not exceed %dKB while the others of 'omnipaxos.limits.max-entry-size', 'max-undecided' and 'max-piece' \
			stay as they are: a message may carry two entries, all that is undecided and a piece, and must fit a frame \
			of %dGB""";

	private LongestMessage() {
	}

	/**
	 * Refuses limits whose messages no frame could carry, however long frames may be.
	 */
	static void check(OmniPaxosProperties.Limits limits) {
		long excess = FrameCodec.requiredFrameBytes(NodeConfigFactory.limits(limits)) - LONGEST_FRAME.toBytes();
		if (excess > 0) {
			Part largest = Stream.of(new Part("max-entry-size", limits.maxEntrySize(), 2),
					new Part("max-undecided", limits.maxUndecided(), 1), new Part("max-piece", limits.maxPiece(), 1))
				.max(Comparator.comparingLong(Part::bytes))
				.orElseThrow();
			throw new InvalidConfigurationPropertyValueException("omnipaxos.limits." + largest.property(),
					largest.size(), RULE.formatted(largest.without(excess).toKilobytes(), LONGEST_FRAME.toGigabytes()));
		}
	}

	private record Part(String property, DataSize size, int times) {

		long bytes() {
			return this.size.toBytes() * this.times;
		}

		DataSize without(long excess) {
			return DataSize.ofBytes(Math.max(0, bytes() - excess) / this.times);
		}

	}

}
