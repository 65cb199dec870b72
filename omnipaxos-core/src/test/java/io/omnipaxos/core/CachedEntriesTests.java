package io.omnipaxos.core;

import java.util.stream.LongStream;

import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.storage.MemoryStorage;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.core.Entries.entries;
import static io.omnipaxos.core.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What a log keeps in memory of the entries that are decided. */
class CachedEntriesTests {

	private final MemoryStorage storage = new MemoryStorage();

	private final ReplicaLog log = new ReplicaLog(new OnDisk(this.storage), this.storage.load(),
			new Outbox(SingleReplica.SELF, ClusterConfig.of(1, 1, 2, 3)));

	/** Entries 0 and 1 are on the disk only, 2 and 3 in memory too, 4 and 5 undecided. */
	@Test
	void tellsWithoutTheDiskThatSomebodyLacksMoreThanWhatIsDecidedInMemory() {
		append(1, 2, 3, 4, 5, 6);
		this.log.decide(4);
		write();
		long two = 2L * entry(1).size();
		this.log.evict(4, two);

		assertThat(this.log.lacksMoreThan(two - 1, 1)).isTrue();
		assertThat(this.log.lacksMoreThan(two, 1)).isFalse();
		assertThat(this.log.lacksMoreThan(0, 2)).isFalse();
	}

	@Test
	void keepsDecidedEntriesInMemoryUpToTheLimitAndReadsTheOthersBack() {
		append(1, 2, 3, 4, 5, 6);
		this.log.decide(4);
		write();

		this.log.evict(4, 2L * entry(1).size());

		assertThatIllegalStateException().isThrownBy(() -> this.log.recent(1));
		assertThat(this.log.recent(2)).isEqualTo(entry(3));
		assertThat(this.log.entries(0, 6, 10_000)).isEqualTo(entries(1, 2));
		assertThat(this.log.entries(2, 6, 10_000)).isEqualTo(entries(3, 4, 5, 6));
	}

	@Test
	void keepsNoMoreThanSoManyDecidedEntriesInMemoryHoweverSmall() {
		long[] seqs = LongStream.rangeClosed(1, Limits.MOST_CACHED_ENTRIES + 5).toArray();
		append(seqs);
		this.log.decide(seqs.length - 2);
		write();

		this.log.evict(seqs.length - 2, Long.MAX_VALUE / 2);

		assertThat(this.log.recent(3)).isEqualTo(entry(4));
		assertThatIllegalStateException().isThrownBy(() -> this.log.recent(2));
		assertThat(this.log.entries(0, seqs.length, 10_000)).isEqualTo(entries(1, 2, 3));
	}

	@Test
	void keepsWhatIsNotDeliveredAndTheLastEntryInMemory() {
		append(1, 2, 3);
		this.log.decide(3);
		write();

		this.log.evict(1, 0);
		assertThat(this.log.recent(1)).isEqualTo(entry(2));
		this.log.evict(3, 0);
		assertThat(this.log.recent(2)).isEqualTo(entry(3));
		assertThatIllegalStateException().isThrownBy(() -> this.log.recent(1));
	}

	private void append(long... numbers) {
		entries(numbers).forEach(this.log::append);
	}

	private void write() {
		this.storage.write(this.log.takeWrites());
		this.log.written();
	}

}
