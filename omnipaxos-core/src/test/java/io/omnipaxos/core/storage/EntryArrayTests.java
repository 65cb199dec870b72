package io.omnipaxos.core.storage;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Versions of a log, each made from the one before: none changes any more. */
class EntryArrayTests {

	private long sequence;

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void noVersionChangesWhenALaterOneIsMade(long seed) {
		Random random = new Random(seed);
		List<Version> versions = new ArrayList<>();
		long start = random.nextInt(5000);
		Version last = new Version(EntryArray.emptyAt(start), start, List.of());
		for (int i = 0; i < 60; i++) {
			last = change(last, random);
			versions.add(last);
			assertThat(last.array.bytes()).as("seed %d, round %d", seed, i)
				.isEqualTo(last.entries.stream().mapToLong(Entry::size).sum());
		}
		assertThat(versions).as("seed %d", seed)
			.allSatisfy((version) -> assertThat(version.array.slice(version.start, Long.MAX_VALUE, Long.MAX_VALUE))
				.isEqualTo(version.entries));
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4 })
	void readsAnyPartOfALogThatSpansChunks(long seed) {
		Random random = new Random(seed);
		Version log = appended(new Version(EntryArray.emptyAt(700), 700, List.of()), 700, 4000);
		for (int i = 0; i < 50; i++) {
			int from = random.nextInt(4000);
			int to = from + random.nextInt(4001 - from);
			assertThat(log.array.slice(700 + from, 700 + to, Long.MAX_VALUE)).as("seed %d, round %d", seed, i)
				.isEqualTo(log.entries.subList(from, to));
		}
	}

	/** Long entries must not stay for the sake of the others of their chunk. */
	@Test
	@Timeout(30)
	void whatIsDroppedIsHeldNoLonger() {
		Version log = appended(new Version(EntryArray.emptyAt(0), 0, List.of()), 0, 3);
		WeakReference<Entry> first = new WeakReference<>(log.array.slice(0, 1, Long.MAX_VALUE).get(0));
		EntryArray rest = log.array.dropBefore(2);
		log = new Version(EntryArray.emptyAt(0), 0, List.of());

		while (!first.refersTo(null)) {
			System.gc();
		}
		assertThat(rest.slice(2, 3, Long.MAX_VALUE)).hasSize(1);
	}

	private Version change(Version version, Random random) {
		if (random.nextInt(3) == 0) {
			long index = version.start + random.nextInt(version.entries.size() + 10);
			int dropped = (int) Math.min(index - version.start, version.entries.size());
			return new Version(version.array.dropBefore(index), index,
					version.entries.subList(dropped, version.entries.size()));
		}
		int replaced = (random.nextInt(3) == 0) ? random.nextInt(version.entries.size() + 1) : 0;
		return appended(version, version.start + version.entries.size() - replaced, random.nextInt(3000));
	}

	private Version appended(Version version, long from, int count) {
		List<Entry> added = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			added.add(new Entry.Command(new ProposalId(new NodeId(1), 1, ++this.sequence),
					Payload.ofText("x".repeat((int) (this.sequence % 7)))));
		}
		List<Entry> all = new ArrayList<>(version.entries.subList(0, (int) (from - version.start)));
		all.addAll(added);
		return new Version(version.array.append(from, added), version.start, all);
	}

	private record Version(EntryArray array, long start, List<Entry> entries) {
	}

}
