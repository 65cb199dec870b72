package io.omnipaxos.storage.format;

import java.util.UUID;

import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageIdentityException;

/**
 * Whose data these are.
 *
 * @param cluster name of the cluster
 * @param node the node
 * @param storageId what was drawn when the data were first used
 */
public record NodeIdentity(String cluster, NodeId node, String storageId) {

	/**
	 * Returns the identity of data that have none yet.
	 * @param inMemory whether the data end with the process
	 */
	public static NodeIdentity draw(String cluster, NodeId node, boolean inMemory) {
		String drawn = UUID.randomUUID().toString();
		return new NodeIdentity(cluster, node, inMemory ? StorageFactory.IN_MEMORY_ID_PREFIX + drawn : drawn);
	}

	/**
	 * Checks that the data may be used by a node.
	 * @throws StorageIdentityException if they belong to another cluster or node
	 */
	public void check(String cluster, NodeId node) {
		if (!this.cluster.equals(cluster) || !this.node.equals(node)) {
			throw new StorageIdentityException(describe(cluster, node), describe(this.cluster, this.node));
		}
	}

	private static String describe(String cluster, NodeId node) {
		return "cluster %s, node %s".formatted(cluster, node);
	}

	/** Returns the identity in bytes. */
	public byte[] toBytes() {
		ByteWriter out = new ByteWriter(100);
		out.writePayload(Payload.ofText(this.cluster));
		out.writeLong(this.node.value());
		out.writePayload(Payload.ofText(this.storageId));
		return out.finish(0);
	}

	/** Reads what {@link #toBytes} returned. */
	public static NodeIdentity of(byte[] bytes) {
		ByteReader in = new ByteReader(bytes, 0, "identity");
		return new NodeIdentity(in.readPayload().asText(), new NodeId(in.readLong()), in.readPayload().asText());
	}

}
