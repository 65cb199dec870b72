package io.omnipaxos.autoconfigure.http;

import java.net.http.HttpRequest;
import java.util.function.Function;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.StorageFactory;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a peer stream state: whose stream it is, and whom it is for.
 *
 * @param cluster name of the cluster
 * @param from node that sends
 * @param to node that is meant
 * @param configurationId configuration of the sender
 * @param members nodes and quorums of that configuration, as {@link Members} writes them
 * @param storageId identity of the sender's data
 * @param number number of the stream; a node's later streams have higher ones, over
 * restarts too unless its clock has gone back
 */
record StreamOpening(String cluster, NodeId from, NodeId to, int configurationId, String members, String storageId,
		long number) {

	/** Version of what travels in a peer stream. */
	static final int PROTOCOL_VERSION = 1;

	/** A hundred nodes, however high their pids. */
	static final int MAX_MEMBERS_LENGTH = 2_048;

	private static final String PROTOCOL = "OmniPaxos-Protocol";

	private static final String CLUSTER = "OmniPaxos-Cluster";

	private static final String FROM = "OmniPaxos-From";

	private static final String TO = "OmniPaxos-To";

	private static final String CONFIGURATION = "OmniPaxos-Configuration";

	private static final String MEMBERS = "OmniPaxos-Members";

	/** Also sent with an answer, with the identity of the receiver's data. */
	static final String STORAGE = "OmniPaxos-Storage";

	private static final String STREAM = "OmniPaxos-Stream";

	private static final String HINT = "Send the headers that a peer stream opens with.";

	/**
	 * Reads an opening.
	 * @param headers value of the header with a name, or {@code null}
	 * @throws StreamRefusedException if a header is missing or malformed
	 */
	static StreamOpening read(Function<String, @Nullable String> headers) throws StreamRefusedException {
		long version = number(headers, PROTOCOL);
		if (version != PROTOCOL_VERSION) {
			throw new StreamRefusedException(400,
					"The stream speaks version %d of the protocol, and this node version %d".formatted(version,
							PROTOCOL_VERSION),
					"Run versions of the library that understand each other on both nodes.");
		}
		long configuration = number(headers, CONFIGURATION);
		if (configuration > Integer.MAX_VALUE) {
			throw malformed(CONFIGURATION, Long.toString(configuration));
		}
		return new StreamOpening(text(headers, CLUSTER), new NodeId(number(headers, FROM)),
				new NodeId(number(headers, TO)), (int) configuration, text(headers, MEMBERS, MAX_MEMBERS_LENGTH),
				text(headers, STORAGE, StorageFactory.MAX_ID_LENGTH), number(headers, STREAM));
	}

	/** Writes this opening to a request. */
	void write(HttpRequest.Builder request) {
		request.header(PROTOCOL, Integer.toString(PROTOCOL_VERSION))
			.header(CLUSTER, this.cluster)
			.header(FROM, Long.toString(this.from.value()))
			.header(TO, Long.toString(this.to.value()))
			.header(CONFIGURATION, Integer.toString(this.configurationId))
			.header(MEMBERS, this.members)
			.header(STORAGE, this.storageId)
			.header(STREAM, Long.toString(this.number));
	}

	private static String text(Function<String, @Nullable String> headers, String name, int maxLength)
			throws StreamRefusedException {
		String value = text(headers, name);
		if (value.length() > maxLength) {
			throw new StreamRefusedException(400, "The header '%s' is too long".formatted(name), HINT);
		}
		return value;
	}

	private static String text(Function<String, @Nullable String> headers, String name) throws StreamRefusedException {
		String value = headers.apply(name);
		if (value == null || value.isBlank()) {
			throw new StreamRefusedException(400, "The header '%s' is missing".formatted(name), HINT);
		}
		return value.strip();
	}

	private static long number(Function<String, @Nullable String> headers, String name) throws StreamRefusedException {
		String value = text(headers, name);
		try {
			long number = Long.parseLong(value);
			if (number > 0) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// Refused below, as is a number that is not positive.
		}
		throw malformed(name, value);
	}

	private static StreamRefusedException malformed(String name, String value) {
		String shown = (value.length() <= 64) ? value : value.substring(0, 64);
		return new StreamRefusedException(400, "The header '%s' is not a positive number: '%s'".formatted(name, shown),
				HINT);
	}

}
