package io.omnipaxos.test.conformance;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.omnipaxos.core.LogEntry;
import io.omnipaxos.core.SnapshotFolder;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.test.simulation.SimulatedAppend;
import io.omnipaxos.test.simulation.SimulatedCluster;
import io.omnipaxos.test.simulation.Timespan;
import io.omnipaxos.test.simulation.WholeContentFolder;

import static io.omnipaxos.test.simulation.Condition.decided;
import static io.omnipaxos.test.simulation.Timespan.electionRounds;

/** What the scenarios have in common: small pids, numbered entries, a time to wait. */
final class Scenario {

	static final long SEED = 42;

	static final NodeId N1 = new NodeId(1);

	static final NodeId N2 = new NodeId(2);

	static final NodeId N3 = new NodeId(3);

	static final NodeId N4 = new NodeId(4);

	static final NodeId N5 = new NodeId(5);

	/** Three seconds there: fifteen ticks of 200 ms, each an election timeout. */
	static final Timespan WAIT = electionRounds(15);

	private Scenario() {
	}

	/** Returns the numbers from one to another as texts. */
	static List<String> numbers(int from, int to) {
		return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
	}

	/** Returns two runs of numbers as texts. */
	static List<String> numbers(int from, int to, int alsoFrom, int alsoTo) {
		return Stream.concat(numbers(from, to).stream(), numbers(alsoFrom, alsoTo).stream()).toList();
	}

	/** Returns the snapshot that a node, of 1 to n, makes of the numbers up to one. */
	static LogEntry<Payload> snapshot(NodeId by, int upTo) {
		SnapshotFolder.Fold fold = new WholeContentFolder((int) (by.value() - 1)).begin(null);
		fold.add(numbers(1, upTo).stream().map(Payload::ofText).toList());
		return new LogEntry.Snapshotted<>(0, upTo, fold.finish());
	}

	/** Appends numbers at a node, without waiting. */
	static List<SimulatedAppend> append(SimulatedCluster cluster, NodeId at, int from, int to) {
		return numbers(from, to).stream().map((text) -> cluster.append(at, text)).toList();
	}

	/** Appends numbers at a node and waits until it has them decided. */
	static void decide(SimulatedCluster cluster, NodeId at, int from, int to) {
		append(cluster, at, from, to).forEach((append) -> cluster.runUntil(decided(append), WAIT));
	}

}
