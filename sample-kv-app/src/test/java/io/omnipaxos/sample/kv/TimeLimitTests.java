package io.omnipaxos.sample.kv;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.MemoryStorageFactory;
import io.omnipaxos.node.EntryType;
import io.omnipaxos.node.LocalNetwork;
import io.omnipaxos.node.OmniPaxosConfig;
import io.omnipaxos.node.OmniPaxosNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** No request waits longer than {@code kv.timeout}, whatever it waits for. */
class TimeLimitTests {

	private static final KeyValueProperties PROPERTIES = new KeyValueProperties("", Duration.ofMillis(100), 10);

	private final SlowSnapshotter snapshotter = new SlowSnapshotter();

	private final EntryType<KeyValue> type = EntryType.of(KeyValue.class)
		.snapshots(this.snapshotter, KeyValueSnapshot.class);

	private OmniPaxosNode node;

	@AfterEach
	void stop() {
		this.snapshotter.goOn.complete(null);
		this.node.close();
	}

	@Test
	void aReadWaitsNoLongerForAQuorum() throws Exception {
		start(1, 2, 3);
		try (KeyValueStore store = new KeyValueStore(this.node.log(this.type), PROPERTIES)) {
			isGivenUp(new KeyValueController(store, JsonMapper.shared()), HttpMethod.GET, "/kv/a")
				.andExpect(jsonPath("$.outcome").doesNotExist());
		}
	}

	@Test
	void aSnapshotIsNotWaitedForAnyLonger() throws Exception {
		start(1);
		assertThat(this.node.log(this.type).append(new KeyValue("a", 1))).succeedsWithin(Duration.ofSeconds(20));

		isGivenUp(new LogController(this.node.log(this.type), PROPERTIES), HttpMethod.POST, "/log/snapshot")
			.andExpect(jsonPath("$.outcome").value("unknown"));
	}

	private static ResultActions isGivenUp(Object controller, HttpMethod method, String path) throws Exception {
		MockMvc application = MockMvcBuilders.standaloneSetup(controller)
			.setControllerAdvice(new ProblemAdvice())
			.build();
		return application.perform(asyncDispatch(application.perform(request(method, path)).andReturn()))
			.andExpect(status().isServiceUnavailable())
			.andExpect(jsonPath("$.reason").value("timeout"));
	}

	private void start(long... pids) {
		ServerConfig server = ServerConfig.of(new NodeId(1)).withElectionTickTimeout(10);
		this.node = OmniPaxosNode.builder(new OmniPaxosConfig(ClusterConfig.of(1, pids), server))
			.storage(new MemoryStorageFactory("node-1", 0))
			.transport(new LocalNetwork().transport())
			.log(this.type)
			.build();
		this.node.start();
	}

	/** Takes as long as it is let. */
	private static final class SlowSnapshotter extends KeyValueSnapshotter {

		private final CompletableFuture<Void> goOn = new CompletableFuture<>();

		@Override
		public KeyValueSnapshot create(List<KeyValue> entries) {
			this.goOn.join();
			return super.create(entries);
		}

	}

}
