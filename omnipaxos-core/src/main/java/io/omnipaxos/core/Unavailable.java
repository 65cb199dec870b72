package io.omnipaxos.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.omnipaxos.core.model.NodeId;
import org.jspecify.annotations.Nullable;

/** Who was asked for decided entries and has them no more. */
final class Unavailable {

	/** First index that each of them has. */
	private final Map<NodeId, Long> nodes = new HashMap<>();

	private long missingFrom = -1;

	void add(NodeId node, long firstIndex) {
		this.nodes.put(node, firstIndex);
	}

	Set<NodeId> nodes() {
		return this.nodes.keySet();
	}

	/** Whoever could not help may have been helped meanwhile. */
	void forget() {
		this.nodes.clear();
	}

	/** First index that nobody who was asked still has, or -1. */
	long missingFrom() {
		return this.missingFrom;
	}

	/** Somebody had it after all. */
	void found() {
		this.missingFrom = -1;
	}

	/** Nobody has what follows {@code index}; worth telling when it was not known. */
	Notice.@Nullable CatchUpImpossible missing(long index) {
		if (this.missingFrom == index) {
			return null;
		}
		this.missingFrom = index;
		long available = this.nodes.values().stream().mapToLong(Long::longValue).min().orElse(index);
		return new Notice.CatchUpImpossible(index, available);
	}

}
