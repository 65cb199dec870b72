package io.omnipaxos.node.wire;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import io.omnipaxos.core.message.Envelope;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Whatever a peer sends is either a frame or a {@link FrameException}. Mutates frames
 * that were fine; the seed of a failure is in its message, and with
 * {@code -Domnipaxos.fuzz.seed} replays it. With {@code -Domnipaxos.fuzz.minutes} it goes
 * on with fresh seeds for that long.
 */
class FrameFuzzTests {

	private static final int ROUNDS = 8_000;

	private static final List<Envelope> SAMPLES = MessageSamples.all().stream().map(MessageSamples::envelope).toList();

	@ParameterizedTest
	@EnumSource
	void mutatedFramesAreReadOrRefused(FrameFormat format) throws FrameException {
		FrameCodec codec = new FrameCodec(format, 1 << 16);
		Long only = Long.getLong("omnipaxos.fuzz.seed");
		if (only != null) {
			isRefused(codec, only);
			return;
		}
		long begun = System.nanoTime();
		long length = TimeUnit.MINUTES.toNanos(Long.getLong("omnipaxos.fuzz.minutes", 0));
		long fresh = System.currentTimeMillis();
		int refused = 0;
		int rounds = 0;
		while (rounds < ROUNDS || System.nanoTime() - begun < length) {
			refused += isRefused(codec, (rounds < ROUNDS) ? rounds : fresh + rounds) ? 1 : 0;
			rounds++;
		}
		assertThat(refused).as("mutations that matter").isBetween(rounds / 10, rounds - 1);
	}

	private static boolean isRefused(FrameCodec codec, long seed) throws FrameException {
		SplittableRandom random = new SplittableRandom(seed);
		int first = random.nextInt(SAMPLES.size());
		List<Envelope> some = SAMPLES.subList(first, random.nextInt(first, SAMPLES.size()) + 1);
		byte[] bytes = mutate(codec.encode(new Frame("kv", some)), random);
		try {
			codec.decode(bytes, 0, bytes.length);
			return false;
		}
		catch (FrameException ex) {
			return true;
		}
		catch (RuntimeException | StackOverflowError | OutOfMemoryError ex) {
			return fail("Again with -Domnipaxos.fuzz.seed=" + seed, ex);
		}
	}

	private static byte[] mutate(byte[] bytes, SplittableRandom random) {
		byte[] mutated = bytes;
		int mutations = 1 + random.nextInt(4);
		for (int i = 0; i < mutations && mutated.length > 0; i++) {
			int at = random.nextInt(mutated.length);
			switch (random.nextInt(4)) {
				case 0 -> mutated[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
				case 1 -> mutated[at] = (byte) random.nextInt();
				case 2 -> mutated = without(mutated, at, Math.min(mutated.length - at, 1 + random.nextInt(8)));
				default -> mutated[at] = mutated[random.nextInt(mutated.length)];
			}
		}
		return mutated;
	}

	private static byte[] without(byte[] bytes, int at, int count) {
		byte[] shorter = new byte[bytes.length - count];
		System.arraycopy(bytes, 0, shorter, 0, at);
		System.arraycopy(bytes, at + count, shorter, at, shorter.length - at);
		return shorter;
	}

}
