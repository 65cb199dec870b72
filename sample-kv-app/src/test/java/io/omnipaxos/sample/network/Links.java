package io.omnipaxos.sample.network;

import java.io.Closeable;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * The links between the nodes of a cluster, which know each other by their pids, from 1
 * upwards.
 */
public interface Links extends Closeable {

	/** Returns how many nodes there are. */
	int size();

	/** Returns the address on which a node listens, for its clients. */
	String host(int node);

	/** Returns what a command begins with that is to run where a node lives. */
	List<String> inside(int node);

	/** Returns the host and port at which one node finds another. */
	String address(int from, int to);

	/** Says how well everything passes that one node sends another. */
	void direct(int from, int to, LinkCondition condition);

	/** Breaks every connection between two nodes. */
	void reset(int one, int other);

	/** Returns how many connections are open from each node to each other. */
	Map<String, Integer> connections();

	@Override
	void close();

	/** Says how well everything passes between a node and all others. */
	default void around(int node, LinkCondition condition) {
		for (int other = 1; other <= size(); other++) {
			if (other != node) {
				direct(node, other, condition);
				direct(other, node, condition);
			}
		}
	}

	/** Says how well everything passes, everywhere. */
	default void everywhere(LinkCondition condition) {
		for (int node = 1; node <= size(); node++) {
			around(node, condition);
		}
	}

	/** Cuts every direction but some; these are good. */
	default void keepOnly(BiPredicate<Integer, Integer> kept) {
		for (int from = 1; from <= size(); from++) {
			for (int to = 1; to <= size(); to++) {
				if (from != to) {
					direct(from, to, kept.test(from, to) ? LinkCondition.GOOD : LinkCondition.CUT);
				}
			}
		}
	}

	/** Lets everything pass. */
	default void heal() {
		everywhere(LinkCondition.GOOD);
	}

}
