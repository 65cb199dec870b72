package io.omnipaxos.test.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.simulation.MessageKinds;
import io.omnipaxos.test.simulation.MessageTrace;
import io.omnipaxos.test.simulation.SimulatedCluster;
import io.omnipaxos.test.simulation.SimulationSettings;
import io.omnipaxos.test.simulation.Timespan;

/**
 * Carries out the script of a scenario, a command a line, and writes down what the
 * protocol does. Nodes are named {@code n1}, ways {@code n1->n2}. <pre>
 * nodes 6 7 8              pids; 1 2 3 when left out; first of all
 * batch 10                 batch size; before the cluster starts
 * leader n1                runs until n1 leads; the trace begins anew
 * append n1 text           take-over n1    hand-over n1    priority n1 5
 * barrier n1               trim n1 3       snapshot n1 3 [here]
 * reconfigure n1 1 2 3     lose n1->n2 AcceptDecide
 * cut n1->n2               cut n1 n2       heal            isolate n1
 * only-links-of n1         chain n1 n2 n3  split n1 n2     reconnected n1 n2
 * disconnected n1 n2       n1 hears that it has lost n2, true or not
 * crash n1                 restart n1      pause n1        resume n1
 * run 3                    election rounds that pass
 * settle                   time passes until all is quiet: no node may be away
 * forget                   the trace begins anew
 * </pre>
 */
public final class ScenarioRunner {

	/** The answers of the first heartbeat round come before it ends. */
	private static final long SEED = 14;

	private static final Timespan ELECTION = Timespan.electionRounds(4);

	private static final int TRIES_TO_SETTLE = 10;

	private final List<String> trace = new ArrayList<>();

	private SimulationSettings settings = SimulationSettings.ofNodes(3, SEED);

	private final ScenarioInputs inputs = new ScenarioInputs();

	/** Runs a script and returns the trace of everything but heartbeats. */
	public static List<String> run(List<String> script) {
		ScenarioRunner runner = new ScenarioRunner();
		List<String> rest = runner.settings(script);
		SimulatedCluster cluster = SimulatedCluster.of(runner.settings, new MessageTrace(runner.trace::add));
		for (String line : rest) {
			runner.carryOut(cluster, line);
		}
		return List.copyOf(runner.trace);
	}

	private List<String> settings(List<String> script) {
		List<String> rest = new ArrayList<>(script);
		if (!rest.isEmpty() && rest.get(0).startsWith("nodes ")) {
			long[] pids = Arrays.stream(rest.remove(0).substring("nodes ".length()).split(" "))
				.mapToLong(Long::parseLong)
				.toArray();
			this.settings = SimulationSettings.of(ClusterConfig.of(1, pids), SEED);
		}
		if (!rest.isEmpty() && rest.get(0).startsWith("batch ")) {
			int size = Integer.parseInt(rest.remove(0).substring("batch ".length()));
			this.settings = this.settings.withServer((server) -> server.withBatchSize(size));
		}
		return rest;
	}

	private void carryOut(SimulatedCluster cluster, String line) {
		String[] words = line.split(" ");
		switch (words[0]) {
			case "leader" -> {
				cluster.ledBy(ScenarioInputs.node(words[1]));
				cluster.run(ELECTION);
				this.trace.clear();
			}
			case "forget" -> this.trace.clear();
			case "run" -> cluster.run(Timespan.electionRounds(Double.parseDouble(words[1])));
			case "settle" -> settle(cluster);
			case "lose" -> {
				NodeId[] way = ScenarioInputs.way(words[1]);
				cluster.loseNext(way[0], way[1], MessageKinds.named(words[2]));
			}
			default -> this.inputs.carryOut(cluster, words);
		}
	}

	/** Quiet is: nothing was said for longer than anybody waits for an answer. */
	private void settle(SimulatedCluster cluster) {
		for (int tries = 0; tries < TRIES_TO_SETTLE; tries++) {
			int before = this.trace.size();
			cluster.run(ELECTION);
			if (this.trace.size() == before) {
				return;
			}
		}
		throw new IllegalStateException("It never becomes quiet; use 'run' where a node stays away");
	}

}
