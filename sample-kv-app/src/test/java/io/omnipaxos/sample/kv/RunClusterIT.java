package io.omnipaxos.sample.kv;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** The first of the README's two commands, with the sample that this build has packed. */
class RunClusterIT {

	private static final Duration PATIENCE = Duration.ofSeconds(200);

	private static final String PROXY_OF_NOBODY = "http://127.0.0.1:1";

	@TempDir
	private Path directory;

	@Test
	void whatItSaysToTypeWorksBehindAProxyToo() throws Exception {
		assumeThat(IntStream.rangeClosed(8081, 8083)).as("ports of the nodes").allMatch(RunClusterIT::isFree);
		assumeThat(run("curl --version")).as("curl").isZero();
		Process cluster = start("exec " + copy());
		try {
			await().atMost(PATIENCE).until(() -> printed().contains("Ctrl-C stops all") || !cluster.isAlive());
			assertThat(cluster.isAlive()).as(printed()).isTrue();
			List<String> commands = printed().lines().filter((line) -> line.startsWith("  curl ")).toList();
			assertThat(commands).hasSize(5)
				.allSatisfy((line) -> assertThat(run(line.strip().replaceAll(" {2,}.*", " -fsS"))).as(line).isZero());
			assertThat(printed()).contains("{\"key\":\"answer\",\"value\":42}");
		}
		finally {
			cluster.destroy();
			exitOf(cluster);
		}
		assertThat(IntStream.rangeClosed(8081, 8083)).as("nodes have ended").allMatch(RunClusterIT::isFree);
	}

	/** Puts the script where the sample is built already, and has no data. */
	private Path copy() throws IOException {
		Path jar = Path.of(SampleNode.JAR.get(1));
		Path target = Files.createDirectories(this.directory.resolve("sample-kv-app/target"));
		Files.createSymbolicLink(target.resolve("sample-kv-app.jar"), jar);
		Files.createFile(target.resolve("run-cluster.built"));
		return Files.copy(jar.resolve("../../../run-cluster").normalize(), this.directory.resolve("run-cluster"));
	}

	private int run(String command) throws Exception {
		return exitOf(start(command));
	}

	private Process start(String command) throws IOException {
		ProcessBuilder shell = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(output()));
		Map<String, String> environment = shell.environment();
		environment.keySet().removeAll(List.of("no_proxy", "NO_PROXY"));
		environment.put("http_proxy", PROXY_OF_NOBODY);
		environment.merge("PATH", Path.of(System.getProperty("java.home"), "bin").toString(),
				(path, java) -> java + File.pathSeparator + path);
		return shell.start();
	}

	private static int exitOf(Process process) throws InterruptedException {
		assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("has ended").isTrue();
		return process.exitValue();
	}

	private File output() {
		return this.directory.resolve("output").toFile();
	}

	private String printed() {
		try {
			return Files.readString(output().toPath());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
