package io.omnipaxos.node.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
import io.omnipaxos.node.wire.FrameException.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the values that messages are made of. Each method that returns a value reads the
 * one that the parser stands at.
 */
final class ValueReader {

	/** More nodes than any stop-sign names. */
	private static final int MAX_MEMBERS = 1024;

	private final JsonParser parser;

	/** How much more the frame may take in memory, by {@link FrameSize}. */
	private long budget;

	private final Map<Long, NodeId> nodes = new HashMap<>();

	ValueReader(JsonParser parser, long budget) {
		this.parser = parser;
		this.budget = budget;
	}

	void charge(long bytes) throws FrameException {
		this.budget -= bytes;
		if (this.budget < 0) {
			throw new FrameException(Reason.TOO_LARGE, "A frame holds more than its limit allows for");
		}
	}

	void next() {
		this.parser.nextToken();
	}

	/** Goes to the value of the next field of an object, or out of the object. */
	@Nullable String nextField() throws FrameException {
		String name = this.parser.nextName();
		if (name != null) {
			this.parser.nextToken();
		}
		else {
			expect(JsonToken.END_OBJECT);
		}
		return name;
	}

	/** Goes to the next element of an array, or out of the array. */
	boolean nextElement() throws FrameException {
		JsonToken token = this.parser.nextToken();
		if (token == null) {
			throw FrameException.malformed("An array does not end");
		}
		return token != JsonToken.END_ARRAY;
	}

	void skip() {
		this.parser.skipChildren();
	}

	void expectObject() throws FrameException {
		expect(JsonToken.START_OBJECT);
	}

	void expectArray() throws FrameException {
		expect(JsonToken.START_ARRAY);
	}

	void expectEnd() throws FrameException {
		if (this.parser.nextToken() != null) {
			throw FrameException.malformed("Something follows the frame");
		}
	}

	private void expect(JsonToken token) throws FrameException {
		if (this.parser.currentToken() != token) {
			throw FrameException.malformed("%s where %s belongs".formatted(this.parser.currentToken(), token));
		}
	}

	long number() throws FrameException {
		expect(JsonToken.VALUE_NUMBER_INT);
		return this.parser.getLongValue();
	}

	int smallNumber() throws FrameException {
		return Math.toIntExact(number());
	}

	boolean flag() throws FrameException {
		if (this.parser.currentToken() != JsonToken.VALUE_TRUE) {
			expect(JsonToken.VALUE_FALSE);
			return false;
		}
		return true;
	}

	String text(int maxLength) throws FrameException {
		expect(JsonToken.VALUE_STRING);
		String text = this.parser.getString();
		if (text.length() > maxLength) {
			throw FrameException.malformed("A text of %d characters".formatted(text.length()));
		}
		return text;
	}

	Payload bytes() throws FrameException {
		// Bytes in CBOR, Base64 in JSON.
		if (this.parser.currentToken() != JsonToken.VALUE_EMBEDDED_OBJECT) {
			expect(JsonToken.VALUE_STRING);
		}
		byte[] bytes = this.parser.getBinaryValue();
		if (bytes == null) {
			throw FrameException.malformed("A value without bytes where bytes belong");
		}
		return Payload.of(bytes);
	}

	Ballot ballot() throws FrameException {
		expectArray();
		int configurationId = Math.toIntExact(numberElement());
		long n = numberElement();
		int priority = Math.toIntExact(numberElement());
		NodeId pid = node(numberElement());
		endArray();
		return new Ballot(configurationId, n, priority, pid);
	}

	LogPosition position() throws FrameException {
		expectArray();
		nextElement();
		Ballot acceptedRound = ballot();
		LogPosition position = new LogPosition(acceptedRound, numberElement(), numberElement());
		endArray();
		return position;
	}

	SnapshotId snapshotId() throws FrameException {
		expectArray();
		SnapshotId id = new SnapshotId(numberElement(), numberElement());
		endArray();
		return id;
	}

	SessionTable sessions() throws FrameException {
		List<ProposalId> last = new ArrayList<>();
		expectArray();
		while (nextElement()) {
			charge(FrameSize.SESSION);
			expectArray();
			last.add(new ProposalId(node(numberElement()), numberElement(), numberElement()));
			endArray();
		}
		return SessionTable.of(last);
	}

	List<Entry> entries() throws FrameException {
		List<Entry> entries = new ArrayList<>();
		expectArray();
		while (nextElement()) {
			readRun(entries);
		}
		return entries;
	}

	private void readRun(List<Entry> entries) throws FrameException {
		expectArray();
		NodeId pid = node(numberElement());
		long session = numberElement();
		long seq = numberElement();
		while (nextElement()) {
			ProposalId id = new ProposalId(pid, session, seq);
			if (this.parser.currentToken() == JsonToken.START_OBJECT) {
				entries.add(stopSign(id));
			}
			else {
				Payload payload = bytes();
				charge(Entry.OVERHEAD + payload.size());
				entries.add(new Entry.Command(id, payload));
			}
			seq++;
		}
	}

	private Entry.StopSign stopSign(ProposalId id) throws FrameException {
		int configuration = 0;
		List<NodeId> members = List.of();
		FlexibleQuorum quorum = null;
		Payload metadata = Payload.EMPTY;
		for (String field = nextField(); field != null; field = nextField()) {
			switch (field) {
				case "configuration" -> configuration = smallNumber();
				case "nodes" -> members = members();
				case "quorum" -> quorum = quorum();
				case "metadata" -> metadata = bytes();
				default -> skip();
			}
		}
		charge(Entry.OVERHEAD + metadata.size());
		return new Entry.StopSign(id, new ClusterConfig(configuration, members, quorum), metadata);
	}

	private List<NodeId> members() throws FrameException {
		List<NodeId> members = new ArrayList<>();
		expectArray();
		while (nextElement()) {
			if (members.size() == MAX_MEMBERS) {
				throw FrameException.malformed("A configuration of more than %d nodes".formatted(MAX_MEMBERS));
			}
			charge(Entry.NODE_OVERHEAD);
			members.add(new NodeId(number()));
		}
		return members;
	}

	private FlexibleQuorum quorum() throws FrameException {
		expectArray();
		FlexibleQuorum quorum = new FlexibleQuorum(Math.toIntExact(numberElement()), Math.toIntExact(numberElement()));
		endArray();
		return quorum;
	}

	private long numberElement() throws FrameException {
		this.parser.nextToken();
		return number();
	}

	/** Leaves an array whose elements are read; a later version may have added some. */
	private void endArray() throws FrameException {
		while (nextElement()) {
			skip();
		}
	}

	/** Returns one object a pid and frame: a frame names few nodes, each many times. */
	private NodeId node(long pid) {
		if (this.nodes.size() > 64) {
			this.nodes.clear();
		}
		return this.nodes.computeIfAbsent(pid, NodeId::new);
	}

}
