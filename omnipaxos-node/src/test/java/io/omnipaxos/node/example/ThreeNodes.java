package io.omnipaxos.node.example;

import java.util.List;
import java.util.stream.LongStream;

import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.MemoryStorageFactory;
import io.omnipaxos.node.EntryType;
import io.omnipaxos.node.LocalNetwork;
import io.omnipaxos.node.OmniPaxosConfig;
import io.omnipaxos.node.OmniPaxosNode;

/** Three nodes in one process: what one appends, another reads. */
public final class ThreeNodes {

	private ThreeNodes() {
	}

	public static void main(String[] args) {
		EntryType<KeyValue> type = EntryType.of(KeyValue.class);
		LocalNetwork network = new LocalNetwork();
		List<OmniPaxosNode> nodes = LongStream.of(1, 2, 3).mapToObj((pid) -> {
			ServerConfig server = ServerConfig.of(new NodeId(pid)).withElectionTickTimeout(10);
			return OmniPaxosNode.builder(new OmniPaxosConfig(ClusterConfig.of(1, 1, 2, 3), server))
				.storage(new MemoryStorageFactory("node-" + pid, 0))
				.transport(network.transport())
				.log(type)
				.build();
		}).toList();
		nodes.forEach(OmniPaxosNode::start);
		long index = nodes.get(0).log(type).append(new KeyValue("answer", 42)).join().index();
		nodes.get(2).log(type).awaitDecided(index + 1).join();
		System.out.println(nodes.get(2).log(type).read(index).orElseThrow());
		nodes.forEach(OmniPaxosNode::close);
	}

	record KeyValue(String key, long value) {
	}

}
