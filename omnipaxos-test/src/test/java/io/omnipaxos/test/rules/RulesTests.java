package io.omnipaxos.test.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each rule is needed: without it a test of the core fails, and the simulator finds what
 * goes wrong. That takes a while and is done in the profile {@code rules}; that the rules
 * are where these tests look for them is checked every time.
 */
class RulesTests {

	private static final long PATIENCE = Long.getLong("omnipaxos.rules.seconds", 120);

	static Stream<RuleRemoval> rules() throws IOException {
		return RuleRemoval.all().stream();
	}

	@ParameterizedTest
	@MethodSource("rules")
	void theCoreHoldsTheRule(RuleRemoval removal) throws IOException {
		for (RuleRemoval.Change change : removal.changes()) {
			String source = Files.readString(CoreWithoutRule.source(change.file()));

			assertThat(change.in(source)).isNotEqualTo(source);
		}
		assertThat(removal.changes()).isNotEmpty();
	}

	@ParameterizedTest
	@MethodSource("rules")
	@Tag("rules")
	void withoutTheRuleItsTestFails(RuleRemoval removal, @TempDir Path directory) throws Exception {
		failsWithoutTheRule(removal, removal.test(), directory);
	}

	@ParameterizedTest
	@MethodSource("rules")
	@Tag("rules")
	void withoutTheRuleTheSimulatorFindsAFailure(RuleRemoval removal, @TempDir Path directory) throws Exception {
		if (removal.scenario().isEmpty()) {
			searchFailure(removal, directory);
		}
		else {
			failsWithoutTheRule(removal, removal.scenario(), directory);
		}
	}

	private static void failsWithoutTheRule(RuleRemoval removal, String test, Path directory) throws Exception {
		assertThat(CoreWithoutRule.withAllRules().runTest(test)).isEqualTo("passed");
		assertThat(CoreWithoutRule.compile(removal, directory).runTest(test)).isEqualTo("failed");
	}

	private static void searchFailure(RuleRemoval removal, Path directory) throws Exception {
		String found = CoreWithoutRule.compile(removal, directory).searchFailure(removal.profile(), PATIENCE);

		System.out.println("RULE | " + removal.rule() + " | " + String.join(" | ", found.split("\t")) + " |");
		assertThat(List.of(found.split("\t"))).as("seed, events and what broke").hasSize(3);
	}

}
