package io.omnipaxos.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever searches a log, a dashboard or an endpoint for what the guide names must find
 * it: it stands in the code, word by word.
 */
class OperationsGuideTests {

	private static final Pattern LOG_BLOCK = Pattern.compile("^```log\\R(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern PHRASE = Pattern.compile("`([a-z]+(?: [a-z]+)+)`");

	private static final Pattern NAME = Pattern.compile("`([a-z]+[A-Z]\\w*|[A-Z][a-z]\\w+)`");

	private static final Pattern METER = Pattern.compile("\"(omnipaxos\\.[a-z.]+)\"");

	private static final Pattern JOINED_LITERALS = Pattern.compile("\"\\s*\\+\\s*\"");

	private final String guide = read(House.root().resolve("docs/operations.md"));

	private final String code = JOINED_LITERALS
		.matcher(House.sources("src/main/java").stream().map(OperationsGuideTests::read).collect(Collectors.joining()))
		.replaceAll("");

	@Test
	void linesOfTheLogAreWrittenSo() {
		List<String> lines = find(LOG_BLOCK, this.guide).flatMap(String::lines).toList();
		assertThat(lines).isNotEmpty().allMatch(this.code::contains);
	}

	@Test
	void reasonsAreGivenSo() {
		assertThat(find(PHRASE, this.guide)).isNotEmpty().allMatch(this.code::contains);
	}

	@Test
	void fieldsAndTypesAreNamedSo() {
		assertThat(find(NAME, this.guide)).isNotEmpty()
			.allMatch((name) -> Pattern.compile("\\b" + name + "\\b").matcher(this.code).find());
	}

	@Test
	void everyMeterIsExplained() {
		assertThat(meters()).isNotEmpty().allMatch((meter) -> this.guide.contains("`%s`".formatted(meter)));
	}

	/** Returns the names of all meters. */
	static List<String> meters() {
		Path source = House.sources("src/main/java")
			.stream()
			.filter((file) -> file.endsWith("OmniPaxosMetrics.java"))
			.findFirst()
			.orElseThrow();
		return find(METER, read(source)).toList();
	}

	private static Stream<String> find(Pattern pattern, String text) {
		return pattern.matcher(text).results().map((MatchResult found) -> found.group(1));
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
