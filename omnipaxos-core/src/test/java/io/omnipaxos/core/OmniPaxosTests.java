package io.omnipaxos.core;

import java.util.function.Consumer;
import java.util.stream.Stream;

import io.omnipaxos.core.message.ElectionMessage.HeartbeatRequest;
import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.storage.MemoryStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** What a replica's owner may ask of it, and when. */
class OmniPaxosTests {

	private static final Payload TEXT = Payload.ofText("x");

	private final OmniPaxos replica = new OmniPaxos(ClusterConfig.of(1, 1, 2, 3), SingleReplica.settings(),
			new MemoryStorage(), null);

	static Stream<Consumer<OmniPaxos>> inputs() {
		Envelope envelope = new Envelope(new NodeId(2), SingleReplica.SELF, 1, new HeartbeatRequest(1, 1));
		return Stream.of(OmniPaxos::tick, (replica) -> replica.onMessage(envelope), (replica) -> replica.append(TEXT),
				OmniPaxos::readBarrier, (replica) -> replica.reconfigure(ClusterConfig.of(2, 1, 2), TEXT),
				(replica) -> replica.trim(null), (replica) -> replica.snapshot(null, true),
				(replica) -> replica.reconnected(new NodeId(2)), (replica) -> replica.disconnected(new NodeId(2)),
				OmniPaxos::tryBecomeLeader, (replica) -> replica.setPriority(1), OmniPaxos::handOver);
	}

	@ParameterizedTest
	@MethodSource("inputs")
	void aNewReplicaIsDrainedBeforeAnythingIsPutIn(Consumer<OmniPaxos> input) {
		assertThatIllegalStateException().isThrownBy(() -> input.accept(this.replica))
			.withMessageContaining("has to be drained first");
	}

	@ParameterizedTest
	@MethodSource("inputs")
	void nothingIsPutInWhileSomethingIsWritten(Consumer<OmniPaxos> input) {
		this.replica.drain();

		assertThatIllegalStateException().isThrownBy(() -> input.accept(this.replica))
			.withMessageContaining("has to be written first");
	}

	@Test
	void whatIsDrainedIsWrittenOnceAndBeforeTheNextIs() {
		assertThatIllegalStateException().isThrownBy(this.replica::written).withMessageContaining("Nothing");
		this.replica.drain();
		assertThatIllegalStateException().isThrownBy(this.replica::drain).withMessageContaining("written first");
		this.replica.written();
		assertThatIllegalStateException().isThrownBy(this.replica::written).withMessageContaining("Nothing");
	}

	@Test
	void aPriorityIsNotNegative() {
		this.replica.drain();
		this.replica.written();

		assertThatNoException().isThrownBy(() -> this.replica.setPriority(0));
		assertThatIllegalArgumentException().isThrownBy(() -> this.replica.setPriority(-1));
	}

	@Test
	void theNextConfigurationHasAHigherId() {
		this.replica.drain();
		this.replica.written();

		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.replica.reconfigure(ClusterConfig.of(1, 1, 2), Payload.EMPTY))
			.withMessageContaining("must be higher");
	}

}
