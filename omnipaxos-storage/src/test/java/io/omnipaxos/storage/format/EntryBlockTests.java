package io.omnipaxos.storage.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.storage.StorageException;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.test.storage.StorageSamples.bytes;
import static io.omnipaxos.test.storage.StorageSamples.command;
import static io.omnipaxos.test.storage.StorageSamples.commands;
import static io.omnipaxos.test.storage.StorageSamples.stopSign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EntryBlockTests {

	private static final List<Entry> ENTRIES = List.of(command(0), command(1, bytes(50, 1)), stopSign(2));

	@Test
	void anyDamagedBitIsNoticed() {
		byte[] stored = EntryBlock.of(7, ENTRIES, 10_000).get(0).bytes();
		for (int bit = 0; bit < 8 * stored.length; bit++) {
			byte[] damaged = stored.clone();
			damaged[bit / 8] ^= (byte) (1 << (bit % 8));
			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> EntryBlock.stored(7, damaged));
		}
	}

	@Test
	void aBlockThatIsCutShortIsNoticed() {
		byte[] stored = EntryBlock.of(7, ENTRIES, 10_000).get(0).bytes();
		for (int length = 0; length < stored.length; length++) {
			byte[] damaged = Arrays.copyOf(stored, length);
			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> EntryBlock.stored(7, damaged));
		}
	}

	@Test
	void aBlockInTheWrongPlaceIsNoticed() {
		byte[] stored = EntryBlock.of(7, ENTRIES, 10_000).get(0).bytes();

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> EntryBlock.stored(8, stored));
	}

	@Test
	void blocksFollowOneAnotherAndAreBounded() {
		List<EntryBlock> blocks = EntryBlock.of(100, commands(0, 1000), 4096);
		List<Entry> read = new ArrayList<>();
		long next = 100;
		for (EntryBlock block : blocks) {
			assertThat(block.first()).isEqualTo(next);
			assertThat(block.bytes()).hasSizeLessThan(4096);
			read.addAll(EntryBlock.stored(next, block.bytes()).before(Long.MAX_VALUE));
			next = block.end();
		}
		assertThat(blocks).hasSizeGreaterThan(10);
		assertThat(read).isEqualTo(commands(0, 1000));
	}

}
