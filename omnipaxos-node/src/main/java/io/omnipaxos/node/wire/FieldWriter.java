package io.omnipaxos.node.wire;

import java.util.List;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.FlexibleQuorum;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the fields of a message, as {@link ValueReader} reads their values.
 */
final class FieldWriter {

	private final JsonGenerator out;

	FieldWriter(JsonGenerator out) {
		this.out = out;
	}

	FieldWriter number(String name, long value) {
		this.out.writeNumberProperty(name, value);
		return this;
	}

	FieldWriter flag(String name, boolean value) {
		this.out.writeBooleanProperty(name, value);
		return this;
	}

	FieldWriter bytes(String name, Payload bytes) {
		this.out.writeBinaryProperty(name, bytes.array());
		return this;
	}

	FieldWriter ballot(String name, Ballot ballot) {
		this.out.writeName(name);
		write(ballot);
		return this;
	}

	FieldWriter position(String name, LogPosition position) {
		this.out.writeName(name);
		this.out.writeStartArray(null, 3);
		write(position.acceptedRound());
		this.out.writeNumber(position.acceptedIndex());
		this.out.writeNumber(position.decidedIndex());
		this.out.writeEndArray();
		return this;
	}

	FieldWriter snapshot(String name, @Nullable SnapshotId snapshot) {
		if (snapshot != null) {
			this.out.writeName(name);
			this.out.writeStartArray(null, 2);
			this.out.writeNumber(snapshot.base());
			this.out.writeNumber(snapshot.index());
			this.out.writeEndArray();
		}
		return this;
	}

	FieldWriter sessions(String name, SessionTable sessions) {
		this.out.writeName(name);
		this.out.writeStartArray(null, sessions.last().size());
		for (ProposalId id : sessions.last()) {
			this.out.writeStartArray(null, 3);
			writeIdOf(id);
			this.out.writeEndArray();
		}
		this.out.writeEndArray();
		return this;
	}

	FieldWriter entries(String name, List<Entry> entries) {
		this.out.writeArrayPropertyStart(name);
		int first = 0;
		while (first < entries.size()) {
			int end = endOfRun(entries, first);
			this.out.writeStartArray(null, 3 + end - first);
			writeIdOf(entries.get(first).id());
			for (Entry entry : entries.subList(first, end)) {
				writeContent(entry);
			}
			this.out.writeEndArray();
			first = end;
		}
		this.out.writeEndArray();
		return this;
	}

	private static int endOfRun(List<Entry> entries, int first) {
		ProposalId last = entries.get(first).id();
		int end = first + 1;
		while (end < entries.size() && isNext(last, entries.get(end).id())) {
			last = entries.get(end).id();
			end++;
		}
		return end;
	}

	private static boolean isNext(ProposalId last, ProposalId id) {
		return id.seq() == last.seq() + 1 && id.session() == last.session() && id.pid().equals(last.pid());
	}

	private void writeIdOf(ProposalId id) {
		this.out.writeNumber(id.pid().value());
		this.out.writeNumber(id.session());
		this.out.writeNumber(id.seq());
	}

	private void writeContent(Entry entry) {
		if (entry instanceof Entry.Command command) {
			this.out.writeBinary(command.payload().array());
		}
		else if (entry instanceof Entry.StopSign stopSign) {
			writeContent(stopSign);
		}
	}

	private void writeContent(Entry.StopSign stopSign) {
		ClusterConfig next = stopSign.next();
		this.out.writeStartObject();
		number("configuration", next.configurationId());
		this.out.writeArrayPropertyStart("nodes");
		for (NodeId node : next.nodes()) {
			this.out.writeNumber(node.value());
		}
		this.out.writeEndArray();
		FlexibleQuorum quorum = next.flexibleQuorum();
		if (quorum != null) {
			this.out.writeArrayPropertyStart("quorum");
			this.out.writeNumber(quorum.readQuorumSize());
			this.out.writeNumber(quorum.writeQuorumSize());
			this.out.writeEndArray();
		}
		bytes("metadata", stopSign.metadata());
		this.out.writeEndObject();
	}

	private void write(Ballot ballot) {
		this.out.writeStartArray(null, 4);
		this.out.writeNumber(ballot.configurationId());
		this.out.writeNumber(ballot.n());
		this.out.writeNumber(ballot.priority());
		this.out.writeNumber(ballot.pid().value());
		this.out.writeEndArray();
	}

}
