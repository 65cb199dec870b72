package io.omnipaxos.core;

import java.util.Arrays;
import java.util.stream.Stream;

import io.omnipaxos.core.message.Message;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.MemoryStorage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MessageDispatchTests {

	@Test
	void everyKindOfMessageHasAHandler() {
		OmniPaxos replica = new OmniPaxos(ClusterConfig.of(1, 1, 2, 3), ServerConfig.of(new NodeId(1)),
				new MemoryStorage(), null);

		assertThat(replica.handledMessages()).containsExactlyInAnyOrderElementsOf(leaves(Message.class).toList());
	}

	@Test
	void everyKindOfMessageIsLookedAtFirst() {
		NodeId self = new NodeId(1);
		ClusterConfig cluster = ClusterConfig.of(1, 1, 2, 3);
		MemoryStorage storage = new MemoryStorage();
		Outbox outbox = new Outbox(self, cluster);
		Local local = new Local(cluster, ServerConfig.of(self), new ReplicaLog(storage, storage.load(), outbox),
				outbox);

		assertThat(new MessageAdmission(local).ruled())
			.containsExactlyInAnyOrderElementsOf(leaves(Message.class).toList());
	}

	private static Stream<Class<? extends Message>> leaves(Class<? extends Message> type) {
		return type.isSealed() ? Arrays.stream(type.getPermittedSubclasses())
			.flatMap((permitted) -> leaves(permitted.asSubclass(Message.class))) : Stream.of(type);
	}

}
