package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.springframework.util.FileSystemUtils;

/**
 * The executable jar as it is deployed where starts are to be fast: unpacked, with an
 * archive of the classes that it loads (class data sharing). Three nodes that start at
 * once on two cores take half the time.
 */
final class UnpackedSample {

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	private static final Path DIRECTORY = Path.of(System.getProperty("sample.work", ""), "unpacked");

	private static final List<String> PROGRAM = unpack(Path.of(System.getProperty("sample.jar", "")));

	private UnpackedSample() {
	}

	/** Returns how to run it, for the tests of one build. */
	static List<String> program() {
		return PROGRAM;
	}

	private static List<String> unpack(Path jar) {
		Path archive = DIRECTORY.resolve("classes.jsa");
		String unpacked = DIRECTORY.resolve(jar.getFileName()).toString();
		try {
			FileSystemUtils.deleteRecursively(DIRECTORY);
			run("-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", DIRECTORY.toString());
			serve(List.of("-XX:ArchiveClassesAtExit=" + archive, "-jar", unpacked));
		}
		catch (IOException ex) {
			throw new IllegalStateException("The sample was not unpacked to " + DIRECTORY, ex);
		}
		return List.of("-XX:SharedArchiveFile=" + archive, "-jar", unpacked);
	}

	/** Loads what a node needs until it has answered, not only until it has started. */
	private static void serve(List<String> program) throws IOException {
		SampleNode.Site site = SampleNode.Site.here(SampleCluster.freePort());
		List<String> alone = List.of("--node=1", "--omnipaxos.cluster.nodes=1", "--server.port=" + site.port(),
				"--kv.data-dir=" + DIRECTORY.resolve("data"));
		try (SampleNode node = new SampleNode(site, DIRECTORY.resolveSibling("unpacked.log"), program, alone)) {
			node.start();
			node.awaitHealthy();
			node.client().put("key", 1).ok();
			node.client().get("kv/key");
			node.stop();
		}
	}

	private static void run(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(SampleNode.JAVA);
		command.addAll(List.of(arguments));
		Path output = DIRECTORY.resolveSibling("unpacked.log");
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
			.start();
		try {
			if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new IllegalStateException("%s has failed; see %s".formatted(command, output));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		finally {
			process.destroyForcibly();
		}
	}

}
