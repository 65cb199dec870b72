package io.omnipaxos.node;

import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

import com.sun.management.ThreadMXBean;
import io.omnipaxos.core.LogSealedException;
import io.omnipaxos.core.Notice;
import io.omnipaxos.core.OmniPaxos;
import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.storage.MemoryStorage;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three entries that are appended together, and what becomes of them in parts.
 */
class AppendAllRequestTests {

	private static final NodeId SELF = new NodeId(1);

	private static final List<Payload> PAYLOADS = List.of(Payload.ofText("a"), Payload.ofText("b"),
			Payload.ofText("c"));

	private static final long SIZE = 3L * (Entry.OVERHEAD + 1);

	private final AppendBudget budget = new AppendBudget(SIZE);

	private final Outstanding outstanding = new Outstanding(new PendingAppends(SELF, this.budget),
			new ReplicaCounters());

	private final AppendAllRequest request = new AppendAllRequest(PAYLOADS, SIZE, this.budget, new ReplicaCounters());

	private final OmniPaxos core = new OmniPaxos(ClusterConfig.of(1, 1, 2, 3), ServerConfig.of(SELF),
			new MemoryStorage(), null);

	@BeforeEach
	void propose() {
		this.core.drain();
		this.core.written();
		this.budget.reserve(SIZE);
		this.request.applyTo(this.core, this.outstanding);
	}

	@Test
	void isCountedAsRefusedWhenTheReplicaHasStopped() {
		ReplicaCounters counters = new ReplicaCounters();
		AppendAllRequest late = new AppendAllRequest(PAYLOADS, SIZE, this.budget, counters);
		late.refuse(new ReplicaStoppedException("stopped"));
		assertThat(late).isCompletedExceptionally();
		assertThat(counters.snapshot().refused()).isEqualTo(3);
	}

	@Test
	void isAnsweredWhenTheLastIsDecided() {
		decided(5, 1);
		decided(7, 2);
		assertThat(this.request).isNotDone();

		decided(8, 3);

		assertThat(this.request).isCompletedWithValue(List.of(new Appended(5), new Appended(7), new Appended(8)));
		assertThat(this.budget.isUnused()).isTrue();
	}

	/** "Certainly not appended" would be a lie about the first. */
	@Test
	void tellsWhichWereDecidedBeforeAStopSign() {
		decided(5, 1);
		refused(2);
		refused(3);

		assertThat(failure(this.request)).asInstanceOf(InstanceOfAssertFactories.type(PartlyAppendedException.class))
			.satisfies((partly) -> assertThat(partly).hasMessageContaining("1 of the 3"))
			.extracting(PartlyAppendedException::appended)
			.isEqualTo(List.of(new Appended(5)));
		assertThat(this.budget.isUnused()).isTrue();
	}

	@Test
	void isRefusedWhenNothingWasDecided() {
		refused(1);
		refused(2);
		refused(3);

		assertThat(failure(this.request)).isInstanceOf(LogSealedException.class);
		assertThat(this.budget.isUnused()).isTrue();
	}

	@Test
	void hasAnUnknownOutcomeWhenTheNodeStopsHalfWay() {
		decided(5, 1);

		this.outstanding.failAll(new OutcomeUnknownException("stopped"), new ReplicaStoppedException("stopped"));

		assertThat(failure(this.request)).isInstanceOf(OutcomeUnknownException.class);
	}

	/** What to tell is worked out once, however many fail after as many were decided. */
	@Test
	void failsOnceForAllOfItsEntries() {
		int decided = 2_000;
		List<Payload> many = Collections.nCopies(2 * decided, Payload.ofText("m"));
		AppendAllRequest request = new AppendAllRequest(many, SIZE, this.budget, new ReplicaCounters());
		request.applyTo(this.core, this.outstanding);
		List<Entry> first = LongStream.rangeClosed(4, 3 + decided)
			.<Entry>mapToObj((seq) -> new Entry.Command(id(seq), many.get(0)))
			.toList();
		this.outstanding.answer(new Notice.Decided(0, first));
		OutcomeUnknownException reason = new OutcomeUnknownException("stopped");

		long before = allocatedBytes();
		this.outstanding.failAll(reason, new ReplicaStoppedException("stopped"));

		assertThat(allocatedBytes() - before).isLessThan(100L * decided);
		assertThat(failure(request)).isSameAs(reason);
	}

	private static long allocatedBytes() {
		return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
	}

	private void decided(long index, long seq) {
		this.outstanding
			.answer(new Notice.Decided(index, List.of(new Entry.Command(id(seq), PAYLOADS.get((int) seq - 1)))));
	}

	private void refused(long seq) {
		this.outstanding.answer(new Notice.ProposalRefused(id(seq)));
	}

	private static ProposalId id(long seq) {
		return new ProposalId(SELF, 1, seq);
	}

	private static Throwable failure(CompletableFuture<?> future) {
		return future.handle((result, failure) -> failure).join();
	}

}
