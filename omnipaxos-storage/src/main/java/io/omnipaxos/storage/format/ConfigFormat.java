package io.omnipaxos.storage.format;

import java.util.ArrayList;
import java.util.List;

import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.FlexibleQuorum;
import io.omnipaxos.core.model.NodeId;
import org.jspecify.annotations.Nullable;

/** One configuration in bytes. */
final class ConfigFormat {

	private ConfigFormat() {
	}

	static void write(ByteWriter out, ClusterConfig config) {
		out.writeLong(config.configurationId());
		out.writeLong(config.nodes().size());
		config.nodes().forEach((node) -> out.writeLong(node.value()));
		FlexibleQuorum quorum = config.flexibleQuorum();
		out.writeLong((quorum != null) ? quorum.readQuorumSize() : 0);
		out.writeLong((quorum != null) ? quorum.writeQuorumSize() : 0);
	}

	static ClusterConfig read(ByteReader in) {
		int configurationId = in.readInt();
		int count = in.readInt();
		List<NodeId> nodes = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			nodes.add(new NodeId(in.readLong()));
		}
		return new ClusterConfig(configurationId, nodes, quorum(in.readInt(), in.readInt()));
	}

	private static @Nullable FlexibleQuorum quorum(int read, int write) {
		return (read > 0) ? new FlexibleQuorum(read, write) : null;
	}

}
