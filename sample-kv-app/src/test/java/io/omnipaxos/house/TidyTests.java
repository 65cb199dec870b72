package io.omnipaxos.house;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How large things may get, and what may not be left behind. */
class TidyTests {

	/** About 300, that is. */
	private static final int FILE_LINES = 330;

	private static final int METHOD_LINES = 40;

	private static final int FIELDS = 10;

	private static final int CONSTRUCTOR_PARAMETERS = 6;

	private static final int COLUMNS = 120;

	private static final Pattern BANNED = Pattern
		.compile("\\b(TODO|FIXME|XXX)\\b|Thread\\.sleep|printStackTrace\\(\\)|@Disabled");

	/** What goes over a budget, and why that is better than the alternative. */
	private static final Map<String, String> EXEMPT = Map.of( //
			"CatchingUpTests.java", "one node that lacks entries, piece by piece; its parts would share every helper", //
			"CompactingTests.java", "one node told to trim and to snapshot; its parts would share every helper", //
			"FollowingTests.java", "one follower, message by message; its parts would share every helper", //
			"LaggingFollowersTests.java", "one leader of slow followers; its parts would share every helper", //
			"LeadingTests.java", "one leader, told message by message; its parts would share every helper", //
			"NaiveLog", "all of a log's state in one place: the obvious way, to compare with");

	private static final List<JavaSource> SOURCES = JavaSource.parse(
			Stream.of("src/main/java", "src/test/java").flatMap((folder) -> House.sources(folder).stream()).toList());

	@Test
	void filesAreShort() {
		assertThat(longFiles()).allSatisfy(TidyTests::isExempt);
	}

	@Test
	void methodsAreShort() {
		assertThat(longMethods()).allSatisfy(TidyTests::isExempt);
	}

	@Test
	void typesHaveFewFields() {
		assertThat(typesOfManyFields()).allSatisfy(TidyTests::isExempt);
	}

	@Test
	void constructorsHaveFewParameters() {
		assertThat(constructorsOfManyParameters()).allSatisfy(TidyTests::isExempt);
	}

	@Test
	void everyExemptionIsNeeded() {
		Stream<String> needed = Stream
			.of(longFiles(), longMethods(), typesOfManyFields(), constructorsOfManyParameters())
			.flatMap((names) -> names);
		assertThat(needed).containsAll(EXEMPT.keySet());
	}

	@Test
	void linesFitTheScreen() {
		assertThat(linesWhere((line) -> line.replace("\t", "    ").length() > COLUMNS)).isEmpty();
	}

	@Test
	void nothingIsLeftBehind() {
		assertThat(linesWhere((line) -> BANNED.matcher(line).find())).isEmpty();
	}

	@Test
	void namesAreImported() {
		assertThat(SOURCES.stream()
			.flatMap((source) -> source.qualifiedNames().stream().map((name) -> source.name() + ": " + name)))
			.isEmpty();
	}

	private static Stream<String> longFiles() {
		return SOURCES.stream().filter((source) -> source.lines() > FILE_LINES).map(JavaSource::name);
	}

	private static Stream<String> longMethods() {
		return methods().filter((method) -> method.lines() > METHOD_LINES).map(JavaSource.Method::name);
	}

	private static Stream<String> typesOfManyFields() {
		return SOURCES.stream()
			.flatMap((source) -> source.types().stream())
			.filter((type) -> type.instanceFields() > FIELDS)
			.map(JavaSource.Type::name);
	}

	private static Stream<String> constructorsOfManyParameters() {
		return methods().filter(JavaSource.Method::constructor)
			.filter((constructor) -> constructor.parameters() > CONSTRUCTOR_PARAMETERS)
			.map(JavaSource.Method::name);
	}

	private static Stream<JavaSource.Method> methods() {
		return SOURCES.stream().flatMap((source) -> source.methods().stream());
	}

	private static List<String> linesWhere(Predicate<String> condition) {
		return SOURCES.stream()
			.flatMap((source) -> source.code()
				.stream()
				.filter(condition)
				.map((line) -> source.name() + ": " + line.strip()))
			.toList();
	}

	private static void isExempt(String name) {
		assertThat(EXEMPT).as("over its budget, and no reason given").containsKey(name);
	}

}
