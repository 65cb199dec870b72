package io.omnipaxos.sample.kv;

import java.time.Duration;

import io.omnipaxos.core.ServerConfig;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.MemoryStorageFactory;
import io.omnipaxos.node.EntryType;
import io.omnipaxos.node.OmniPaxosConfig;
import io.omnipaxos.node.OmniPaxosNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/** What is said of a log that can't be read or snapshotted. */
class LogControllerTests {

	private final EntryType<KeyValue> type = EntryType.of(KeyValue.class);

	private final OmniPaxosNode node = OmniPaxosNode
		.builder(new OmniPaxosConfig(ClusterConfig.of(1, 1), ServerConfig.of(new NodeId(1))))
		.storage(new MemoryStorageFactory("node-1", 0))
		.log(this.type)
		.build();

	private final MockMvc application = MockMvcBuilders
		.standaloneSetup(
				new LogController(this.node.log(this.type), new KeyValueProperties("", Duration.ofSeconds(20), 10)))
		.setControllerAdvice(new ProblemAdvice())
		.build();

	@AfterEach
	void stop() {
		this.node.close();
	}

	/** The one that it was at may be there all the same. */
	@Test
	void aSnapshotAtAReplicaThatHasStoppedMayBeDone() throws Exception {
		this.node.start();
		this.node.close();

		snapshot().andExpect(status().isServiceUnavailable())
			.andExpect(jsonPath("$.reason").value("stopped"))
			.andExpect(jsonPath("$.outcome").value("unknown"));
	}

	@Test
	void aReadAtAReplicaThatHasStoppedHasNoOutcome() throws Exception {
		this.node.start();
		assertThat(this.node.log(this.type).append(new KeyValue("a", 1))).succeedsWithin(Duration.ofSeconds(20));
		this.node.close();

		this.application.perform(get("/log"))
			.andExpect(status().isServiceUnavailable())
			.andExpect(jsonPath("$.reason").value("stopped"))
			.andExpect(jsonPath("$.outcome").doesNotExist());
	}

	@Test
	void aLogWithoutASnapshotterIsNotSnapshotted() throws Exception {
		this.node.start();

		snapshot().andExpect(status().isConflict())
			.andExpect(jsonPath("$.reason").value("no-snapshotter"))
			.andExpect(jsonPath("$.detail")
				.value("The log has no snapshotter. Give its entries a snapshotter, or trim it at its leader"));
	}

	private ResultActions snapshot() throws Exception {
		return this.application.perform(asyncDispatch(this.application.perform(post("/log/snapshot")).andReturn()));
	}

}
