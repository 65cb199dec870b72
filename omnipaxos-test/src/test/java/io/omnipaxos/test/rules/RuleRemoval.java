package io.omnipaxos.test.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How one rule is taken out of the core. The file says in {@code #} lines which rule it
 * is, then {@code test} the test of the core that fails without it; {@code profile} the
 * hazards to look for the damage with or, if it breaks no invariant, {@code scenario} the
 * test on the simulator that shows it; then pieces of the core's sources, each as
 * {@code file}, what stands there, and what is to stand instead.
 *
 * @param name name of the file
 * @param rule rule in words
 * @param test method that fails on a core without the rule
 * @param profile hazards to run with
 * @param scenario test on the simulator that fails without the rule, or empty
 * @param changes what is done to the core
 */
record RuleRemoval(String name, String rule, String test, String profile, String scenario, List<Change> changes) {

	static final Path FILES = Path.of("src", "test", "resources", "rules");

	/** One place of the core, and what is to stand there instead. */
	record Change(String file, String before, String after) {

		/** Returns the source with the change made. */
		String in(String source) {
			int at = source.indexOf(this.before);
			if (at < 0 || source.indexOf(this.before, at + 1) >= 0) {
				throw new IllegalStateException("%s does not hold once: %s".formatted(this.file, this.before));
			}
			return source.substring(0, at) + this.after + source.substring(at + this.before.length());
		}

	}

	static List<RuleRemoval> all() throws IOException {
		try (Stream<Path> files = Files.list(FILES)) {
			List<RuleRemoval> all = new ArrayList<>();
			for (Path file : files.sorted().toList()) {
				all.add(read(file));
			}
			return all;
		}
	}

	private static RuleRemoval read(Path file) throws IOException {
		List<String> rule = new ArrayList<>();
		List<Change> changes = new ArrayList<>();
		String test = "";
		String profile = "all";
		String scenario = "";
		String[] parts = Files.readString(file).split("(?m)^<<<<$");
		String source = "";
		for (String line : parts[0].lines().toList()) {
			if (line.startsWith("# ")) {
				rule.add(line.substring(2));
			}
			else if (line.startsWith("test ")) {
				test = line.substring("test ".length());
			}
			else if (line.startsWith("profile ")) {
				profile = line.substring("profile ".length());
			}
			else if (line.startsWith("scenario ")) {
				scenario = line.substring("scenario ".length());
			}
			else if (line.startsWith("file ")) {
				source = line.substring("file ".length());
			}
		}
		for (int i = 1; i < parts.length; i++) {
			String[] sides = parts[i].split("(?m)^(====|>>>>)$", -1);
			changes.add(new Change(source, sides[0].strip(), sides[1].strip()));
			source = sides[2].lines()
				.filter((line) -> line.startsWith("file "))
				.map((line) -> line.substring("file ".length()))
				.findFirst()
				.orElse(source);
		}
		return new RuleRemoval(file.getFileName().toString(), String.join(" ", rule), test, profile, scenario, changes);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
