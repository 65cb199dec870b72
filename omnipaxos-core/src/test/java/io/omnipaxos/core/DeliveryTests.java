package io.omnipaxos.core;

import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.storage.MemoryStorage;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.core.Entries.entries;
import static io.omnipaxos.core.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What is told of a log that has decided two entries, and what is kept of it. */
class DeliveryTests {

	private static final ClusterConfig CLUSTER = ClusterConfig.of(1, 1, 2, 3);

	private final MemoryStorage storage = new MemoryStorage();

	private final Outbox outbox = new Outbox(SingleReplica.SELF, CLUSTER);

	private final ReplicaLog log = new ReplicaLog(this.storage, this.storage.load(), this.outbox);

	private final Delivery delivery = Users
		.of(new Local(CLUSTER, SingleReplica.settings().withLimits(new Limits(1000, 1000, 1000, 1000, 1000, 0)),
				this.log, this.outbox), 1)
		.delivery();

	@Test
	void tellsNothingBeforeItIsOnTheDisk() {
		decide();
		this.delivery.deliver();
		assertThat(this.delivery.delivered()).isZero();

		write();
		this.delivery.deliver();

		assertThat(this.delivery.delivered()).isEqualTo(2);
		assertThat(this.outbox.take(this.log.takeWrites()).notices())
			.containsExactly(new Notice.Decided(0, entries(1, 2)));
	}

	/** The last one stays: it may be a stop-sign. */
	@Test
	void whatIsToldIsKeptInMemoryNoLongerThanTheLimitSays() {
		decide();
		write();
		assertThat(this.log.recent(0)).isEqualTo(entry(1));

		this.delivery.deliver();

		assertThatIllegalStateException().isThrownBy(() -> this.log.recent(0));
		assertThat(this.log.recent(1)).isEqualTo(entry(2));
	}

	private void decide() {
		entries(1, 2).forEach(this.log::append);
		this.log.decide(2);
	}

	private void write() {
		this.storage.write(this.log.takeWrites());
		this.log.written();
	}

}
