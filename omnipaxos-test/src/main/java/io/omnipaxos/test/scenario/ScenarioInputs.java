package io.omnipaxos.test.scenario;

import java.util.Arrays;
import java.util.function.Consumer;

import io.omnipaxos.core.OmniPaxos;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.test.simulation.SimulatedCluster;

/** The commands of a scenario that do something to nodes and links. */
final class ScenarioInputs {

	static NodeId node(String name) {
		if (!name.startsWith("n")) {
			throw new IllegalArgumentException("A node is called n1 or the like, not " + name);
		}
		return new NodeId(Long.parseLong(name.substring(1)));
	}

	static NodeId[] way(String text) {
		return Arrays.stream(text.split("->")).map(ScenarioInputs::node).toArray(NodeId[]::new);
	}

	void carryOut(SimulatedCluster cluster, String[] words) {
		switch (words[0]) {
			case "append" -> cluster.append(node(words[1]), words[2]);
			case "barrier" -> cluster.readBarrier(node(words[1]));
			case "reconfigure" -> cluster.reconfigure(node(words[1]), next(words), "");
			case "take-over" -> tell(cluster, words, OmniPaxos::tryBecomeLeader);
			case "hand-over" -> tell(cluster, words, OmniPaxos::handOver);
			case "priority" -> tell(cluster, words, (replica) -> replica.setPriority(Integer.parseInt(words[2])));
			case "trim" -> tell(cluster, words, (replica) -> replica.trim(Long.valueOf(words[2])));
			case "snapshot" ->
				tell(cluster, words, (replica) -> replica.snapshot(Long.valueOf(words[2]), words.length > 3));
			case "reconnected" -> tell(cluster, words, (replica) -> replica.reconnected(node(words[2])));
			case "disconnected" -> cluster.links().announceLoss(node(words[1]), node(words[2]));
			case "crash" -> cluster.crash(node(words[1]));
			case "restart" -> cluster.restart(node(words[1]));
			case "pause" -> cluster.pause(node(words[1]));
			case "resume" -> cluster.resume(node(words[1]));
			default -> links(cluster, words);
		}
	}

	private static void links(SimulatedCluster cluster, String[] words) {
		NodeId[] nodes = Arrays.stream(words)
			.skip(1)
			.flatMap((word) -> Arrays.stream(way(word)))
			.toArray(NodeId[]::new);
		switch (words[0]) {
			case "cut" -> {
				if (words.length == 2) {
					cluster.links().cutOneWay(nodes[0], nodes[1]);
				}
				else {
					cluster.links().cut(nodes[0], nodes[1]);
				}
			}
			case "heal" -> cluster.healAllLinks();
			case "isolate" -> cluster.links().isolate(nodes[0]);
			case "only-links-of" -> cluster.keepOnlyLinksOf(nodes[0]);
			case "chain" -> cluster.links().keepOnlyChain(nodes);
			case "split" -> cluster.links().partition(nodes);
			default -> throw new IllegalArgumentException("No command is called " + words[0]);
		}
	}

	private static ClusterConfig next(String[] words) {
		return ClusterConfig.of(2, Arrays.stream(words).skip(2).mapToLong(Long::parseLong).toArray());
	}

	private static void tell(SimulatedCluster cluster, String[] words, Consumer<OmniPaxos> input) {
		cluster.tell(node(words[1]), words[0], input);
	}

}
