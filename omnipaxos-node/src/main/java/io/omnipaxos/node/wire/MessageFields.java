package io.omnipaxos.node.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.LogPosition;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.SessionTable;
import io.omnipaxos.core.model.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one message, read in whatever order they came. A name means the same kind
 * of value in every message.
 */
final class MessageFields {

	private final Map<String, Object> values = new HashMap<>();

	private List<Entry> entries = List.of();

	static MessageFields read(ValueReader in) throws FrameException {
		MessageFields fields = new MessageFields();
		in.expectObject();
		for (String name = in.nextField(); name != null; name = in.nextField()) {
			fields.readValue(name, in);
		}
		return fields;
	}

	private void readValue(String name, ValueReader in) throws FrameException {
		switch (name) {
			case "ballot", "leader", "promise" -> this.values.put(name, in.ballot());
			case "position", "of" -> this.values.put(name, in.position());
			case "entries" -> this.entries = in.entries();
			case "snapshot" -> this.values.put(name, in.snapshotId());
			case "sessions" -> this.values.put(name, in.sessions());
			case "data" -> {
				Payload data = in.bytes();
				in.charge(data.size());
				this.values.put(name, data);
			}
			case "happy", "gap" -> this.values.put(name, in.flag());
			case "session", "round", "seq", "id", "index", "from", "offset", "size", "syncIndex", "acceptedIndex",
					"decidedIndex", "compactedIndex", "source" ->
				this.values.put(name, in.number());
			default -> in.skip();
		}
	}

	long number(String name) throws FrameException {
		return required(name, Long.class);
	}

	/** Nobody, where the field is missing. */
	NodeId optionalNode(String name) {
		return (this.values.get(name) instanceof Long pid) ? new NodeId(pid) : NodeId.NONE;
	}

	boolean flag(String name) throws FrameException {
		return required(name, Boolean.class);
	}

	Ballot ballot(String name) throws FrameException {
		return required(name, Ballot.class);
	}

	LogPosition position(String name) throws FrameException {
		return required(name, LogPosition.class);
	}

	Payload bytes(String name) throws FrameException {
		return required(name, Payload.class);
	}

	SessionTable sessions(String name) throws FrameException {
		return required(name, SessionTable.class);
	}

	SnapshotId snapshot(String name) throws FrameException {
		return required(name, SnapshotId.class);
	}

	@Nullable SnapshotId optionalSnapshot(String name) {
		return (SnapshotId) this.values.get(name);
	}

	List<Entry> entries() {
		return this.entries;
	}

	private <V> V required(String name, Class<V> type) throws FrameException {
		Object value = this.values.get(name);
		if (value == null) {
			throw FrameException.malformed("A message lacks its field '%s'".formatted(name));
		}
		return type.cast(value);
	}

}
