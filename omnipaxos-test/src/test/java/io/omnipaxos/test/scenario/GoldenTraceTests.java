package io.omnipaxos.test.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What the protocol says in the cases that everybody asks about, message by message.
 * {@code -Domnipaxos.golden.rewrite=true} rewrites the files; commit only the differences
 * that you can explain.
 */
class GoldenTraceTests {

	private static final Path FILES = Path.of("src", "test", "resources", "golden");

	static Stream<String> files() throws IOException {
		try (Stream<Path> files = Files.list(FILES)) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList().stream();
		}
	}

	@ParameterizedTest
	@MethodSource("files")
	void theProtocolDoesWhatTheFileSays(String name) throws IOException {
		Path file = FILES.resolve(name);
		ScenarioFile scenario = ScenarioFile.read(file);

		List<String> trace = ScenarioRunner.run(scenario.script());

		if (Boolean.getBoolean("omnipaxos.golden.rewrite")) {
			scenario.withTrace(trace).write(file);
		}
		assertThat(trace).isNotEmpty().isEqualTo(ScenarioFile.read(file).trace());
	}

	@ParameterizedTest
	@MethodSource("files")
	void everyFileSaysWhatToLookFor(String name) throws IOException {
		assertThat(ScenarioFile.read(FILES.resolve(name)).comment()).isNotEmpty();
	}

	@Test
	void aCommandThatDoesNotExistIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ScenarioRunner.run(List.of("dance n1")))
			.withMessageContaining("dance");
		assertThatIllegalArgumentException().isThrownBy(() -> ScenarioRunner.run(List.of("lose n1->n2 Letter")))
			.withMessageContaining("Letter");
	}

}
