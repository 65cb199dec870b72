package io.omnipaxos.core;

import java.util.List;
import java.util.stream.Stream;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.FlexibleQuorum;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.storage.MemoryStorage;
import io.omnipaxos.core.storage.StorageConfigurationException;
import io.omnipaxos.core.storage.StorageOp;
import io.omnipaxos.core.storage.StorageOp.SetPromise;
import io.omnipaxos.core.storage.StorageOp.StartSession;
import io.omnipaxos.core.storage.StoredState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A log stays with the nodes and quorums that it was used with. */
class ConfigurationCheckTests {

	private static final ClusterConfig THREE = ClusterConfig.of(2, 1, 2, 3);

	private static final SetPromise PROMISE = new SetPromise(new Ballot(2, 7, 0, new NodeId(3)));

	private final MemoryStorage storage = new MemoryStorage();

	static Stream<ClusterConfig> others() {
		return Stream.of(ClusterConfig.of(2, 1), ClusterConfig.of(2, 1, 2, 3, 4, 5), ClusterConfig.of(2, 1, 2, 4),
				quorums(THREE, 3, 2), ClusterConfig.of(1, 1, 2, 3), ClusterConfig.of(3, 1, 2, 3));
	}

	static Stream<ClusterConfig> otherSpellings() {
		return Stream.of(THREE, ClusterConfig.of(2, 3, 1, 2), quorums(THREE, 2, 2));
	}

	@Test
	void aLogRecordsItsConfigurationWithTheFirstWrite() {
		OmniPaxos replica = start(THREE);

		assertThat(replica.drain().writes()).containsExactly(new StartSession(1, THREE));
	}

	@ParameterizedTest
	@MethodSource("others")
	void aLogInUseIsRefusedToOtherNodesQuorumsAndIds(ClusterConfig other) {
		write(new StartSession(1, THREE), PROMISE);

		assertThatExceptionOfType(StorageConfigurationException.class).isThrownBy(() -> start(other))
			.withMessageContaining("used in configuration 2 of {1, 2, 3} and must not be opened in " + other)
			.satisfies((ex) -> {
				assertThat(ex.found()).isEqualTo(THREE.toString());
				assertThat(ex.expected()).isEqualTo(other.toString());
			});
		assertThat(recordedBy(THREE)).isEqualTo(THREE);
	}

	@ParameterizedTest
	@MethodSource("otherSpellings")
	void theSameConfigurationMayBeWrittenInAnotherWay(ClusterConfig spelling) {
		write(new StartSession(1, THREE), PROMISE);

		assertThat(recordedBy(spelling)).isEqualTo(spelling);
		assertThat(recordedBy(THREE)).isEqualTo(THREE);
	}

	@Test
	void quorumsOfTheirOwnAreRefusedToMajorities() {
		write(new StartSession(1, quorums(THREE, 3, 2)), PROMISE);

		assertThatExceptionOfType(StorageConfigurationException.class).isThrownBy(() -> start(THREE))
			.withMessageContaining("used in configuration 2 of {1, 2, 3}, quorums 3/2 and");
	}

	@Test
	void whatANodeAloneDecidedIsNotLostToAClusterOfThree() {
		SingleReplica alone = new SingleReplica(ClusterConfig.of(1, 1));
		alone.tick(20);
		alone.replica().append(Payload.ofText("one"));
		alone.settle();
		assertThat(alone.replica().indexes().decided()).isOne();

		assertThatExceptionOfType(StorageConfigurationException.class)
			.isThrownBy(
					() -> new OmniPaxos(ClusterConfig.of(1, 1, 2, 3), SingleReplica.settings(), alone.storage, null))
			.withMessageContaining("used in configuration 1 of {1}");
	}

	@Test
	void aLogOfAnEarlierVersionTakesTheNodesThatItIsStartedWith() {
		write(PROMISE);

		assertThat(recordedBy(THREE)).isEqualTo(THREE);

		assertThatExceptionOfType(StorageConfigurationException.class)
			.isThrownBy(() -> start(ClusterConfig.of(2, 1, 2)));
	}

	@Test
	void aLogOfAnEarlierVersionStaysInTheConfigurationOfItsPromise() {
		write(PROMISE);

		for (ClusterConfig other : List.of(ClusterConfig.of(1, 1, 2, 3), ClusterConfig.of(3, 1, 2, 3))) {
			assertThatExceptionOfType(StorageConfigurationException.class).isThrownBy(() -> start(other))
				.withMessageContaining("used in configuration 2 and must not be opened in " + other);
		}
	}

	@ParameterizedTest
	@MethodSource("others")
	void aNodeThatPromisedNothingMayBeCorrected(ClusterConfig other) {
		assertThat(recordedBy(other)).isEqualTo(other);

		assertThat(recordedBy(THREE)).isEqualTo(THREE);
		assertThat(this.storage.load().session()).isEqualTo(2);
	}

	private void write(StorageOp... ops) {
		this.storage.write(List.of(ops));
	}

	private OmniPaxos start(ClusterConfig cluster) {
		return new OmniPaxos(cluster, SingleReplica.settings(), this.storage, null);
	}

	/** Starts a replica, and returns what is stored after its first write. */
	private ClusterConfig recordedBy(ClusterConfig cluster) {
		StoredState before = this.storage.load();
		this.storage.write(start(cluster).drain().writes());
		StoredState after = this.storage.load();
		assertThat(after.promise()).isEqualTo(before.promise());
		return after.configuration();
	}

	private static ClusterConfig quorums(ClusterConfig of, int read, int write) {
		return new ClusterConfig(of.configurationId(), of.nodes(), new FlexibleQuorum(read, write));
	}

}
