package io.omnipaxos.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documents say what the code does. With {@code -Dhouse.rewrite=true} the table of
 * properties is written instead of checked.
 */
class DocumentationTests {

	private static final Path README = House.root().resolve("README.md");

	private static final Pattern CODE = Pattern.compile("^```(\\w+)\\R(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

	private static final Pattern PROPERTIES = Pattern.compile("(?<=<!-- properties -->\n).*?(?=<!-- /properties -->)",
			Pattern.DOTALL);

	private static final Pattern NAME = Pattern.compile("`(omnipaxos\\.[a-z0-9.-]+)");

	static Stream<Path> documents() {
		Path root = House.root();
		try (Stream<Path> docs = Files.list(root.resolve("docs"))) {
			return Stream.concat(Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md").map(root::resolve),
					docs.filter((file) -> file.toString().endsWith(".md")).toList().stream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Whoever copies code from the README copies code that compiles and runs. */
	@Test
	void theReadmeQuotesCompiledCode() {
		List<String> sources = Stream.of("src/main/java", "src/test/java")
			.flatMap((folder) -> House.sources(folder).stream())
			.map((file) -> withoutLayout(read(file)))
			.toList();
		assertThat(code("java")).isNotEmpty()
			.allSatisfy(
					(quoted) -> assertThat(sources.stream().filter((source) -> source.contains(withoutLayout(quoted))))
						.as(quoted)
						.isNotEmpty());
	}

	@Test
	void theReadmeQuotesTheConfigurationOfItsTutorial() {
		Path tutorial = House.root().resolve("sample-kv-app/src/test/resources/tutorial.yml");
		assertThat(code("yaml")).containsExactly(read(tutorial));
	}

	@Test
	void theReadmeListsTheProperties() throws IOException {
		String readme = read(README);
		String table = PropertyTable.read().markdown();
		if (Boolean.getBoolean("house.rewrite")) {
			Files.writeString(README, PROPERTIES.matcher(readme).replaceAll((old) -> table.replace("$", "\\$")));
			return;
		}
		assertThat(PROPERTIES.matcher(readme).results().map(MatchResult::group)).containsExactly(table);
	}

	@Test
	void everyPropertyIsDescribed() {
		assertThat(PropertyTable.read().properties()).isNotEmpty()
			.allSatisfy((property) -> assertThat(property.description()).as(property.name()).isNotBlank());
	}

	@ParameterizedTest
	@MethodSource("documents")
	void propertiesAndMetersThatAreMentionedExist(Path document) {
		List<String> known = Stream
			.concat(PropertyTable.read().properties().stream().map(PropertyTable.Property::name),
					OperationsGuideTests.meters().stream())
			.toList();
		assertThat(NAME.matcher(read(document)).results().map((name) -> name.group(1)))
			.allSatisfy((name) -> assertThat(known)
				.anyMatch((property) -> property.equals(name) || property.startsWith(name + ".")));
	}

	@ParameterizedTest
	@MethodSource("documents")
	void linksLeadSomewhere(Path document) {
		assertThat(LINK.matcher(read(document)).results().map((link) -> link.group(1)))
			.allSatisfy((target) -> assertThat(document.resolveSibling(target)).exists());
	}

	private static List<String> code(String language) {
		return CODE.matcher(read(README))
			.results()
			.filter((block) -> block.group(1).equals(language))
			.map((block) -> block.group(2))
			.toList();
	}

	private static String withoutLayout(String code) {
		return code.replaceAll("\\s+", " ").strip();
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
