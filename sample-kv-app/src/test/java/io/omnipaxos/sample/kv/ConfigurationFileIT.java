package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A node that is configured as in the tutorial of the Rust library. */
class ConfigurationFileIT {

	@TempDir
	private Path directory;

	@Test
	void startsFromTheTomlFileOfTheTutorial() throws IOException {
		Path config = Files.writeString(this.directory.resolve("node2.toml"), """
				[cluster_config]
				configuration_id = 1
				nodes = [2]

				[server_config]
				pid = 2
				""");
		try (SampleNode node = node(config)) {
			node.start();
			node.awaitHealthy();
			node.client().put("key", 42).ok();
			assertThat(node.client().get("kv/key").value()).isEqualTo(42);
		}
	}

	@Test
	void saysWhatIsWrongWithAFileThatItCanNotRead() throws IOException {
		Path config = Files.writeString(this.directory.resolve("broken.toml"), "[cluster_config\n");
		try (SampleNode node = node(config)) {
			node.start();
			assertThat(node.awaitExit()).isNotZero();
			assertThat(node.output()).contains("APPLICATION FAILED TO START").contains("broken.toml");
		}
	}

	private SampleNode node(Path config) {
		int port = SampleCluster.freePort();
		return new SampleNode(SampleNode.Site.here(port), this.directory.resolve("node.log"), SampleNode.JAR,
				List.of("--spring.profiles.active=toml", "--omnipaxos.config-file=" + config, "--server.port=" + port,
						"--kv.data-dir=" + this.directory));
	}

}
