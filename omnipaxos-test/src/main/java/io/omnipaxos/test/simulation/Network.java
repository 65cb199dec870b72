package io.omnipaxos.test.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.omnipaxos.core.message.Envelope;
import io.omnipaxos.core.model.NodeId;

/** The links between all nodes. What is under way when a link is cut still arrives. */
final class Network {

	private final Map<NodeId, Map<NodeId, Link>> links = new HashMap<>();

	private final Agenda agenda;

	private final Chance chance;

	private final Consumer<Envelope> receiver;

	Network(List<NodeId> nodes, Agenda agenda, Chance chance, Consumer<Envelope> receiver) {
		this.agenda = agenda;
		this.chance = chance;
		this.receiver = receiver;
		for (NodeId from : nodes) {
			Map<NodeId, Link> ways = new HashMap<>();
			nodes.stream().filter((to) -> !to.equals(from)).forEach((to) -> ways.put(to, new Link()));
			this.links.put(from, ways);
		}
	}

	/** Sends a message on its way and returns what becomes of it. */
	Fate send(Envelope envelope) {
		Link link = link(envelope.from(), envelope.to());
		if (link.isCut() || link.loses(envelope.message())) {
			return Fate.LOST;
		}
		Fate fate = this.chance.message(envelope.from(), envelope.to(), link.count(), link.faults());
		if (!fate.isLost()) {
			deliver(envelope, link, fate.delay());
			if (fate.isDuplicated()) {
				deliver(envelope, link, fate.copyDelay());
			}
		}
		return fate;
	}

	private void deliver(Envelope envelope, Link link, int delay) {
		long now = this.agenda.now();
		this.agenda.in(link.arrival(now + delay) - now, () -> this.receiver.accept(envelope));
	}

	Link link(NodeId from, NodeId to) {
		Map<NodeId, Link> ways = this.links.get(from);
		Link link = (ways != null) ? ways.get(to) : null;
		if (link == null) {
			throw new InvariantViolation("messages go from one member to another",
					"there is no link from %s to %s".formatted(from, to), null);
		}
		return link;
	}

	/** Does something to every pair of two nodes, each direction on its own. */
	void eachWay(BiConsumer<NodeId, NodeId> what) {
		new TreeMap<>(this.links)
			.forEach((from, links) -> links.keySet().stream().sorted().forEach((to) -> what.accept(from, to)));
	}

}
