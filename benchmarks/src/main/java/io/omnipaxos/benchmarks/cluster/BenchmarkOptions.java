package io.omnipaxos.benchmarks.cluster;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.omnipaxos.benchmarks.system.SystemKind;
import joptsimple.OptionParser;
import joptsimple.OptionSet;
import joptsimple.OptionSpec;

/** What the command line says. */
final class BenchmarkOptions {

	private static final OptionParser PARSER = new OptionParser();

	private static final OptionSpec<String> SYSTEMS = PARSER
		.accepts("systems",
				"What to run, in this order: "
						+ Arrays.stream(SystemKind.values()).map(SystemKind::option).collect(Collectors.joining(", ")))
		.withRequiredArg()
		.withValuesSeparatedBy(',')
		.defaultsTo(Arrays.stream(SystemKind.values()).map(SystemKind::option).toArray(String[]::new));

	private static final OptionSpec<Integer> OUTSTANDING = PARSER.accepts("outstanding", "Appends under way at a time")
		.withRequiredArg()
		.ofType(Integer.class)
		.withValuesSeparatedBy(',')
		.defaultsTo(1, 64, 1024);

	private static final OptionSpec<Integer> SECONDS = number("seconds", "Seconds to measure", 10);

	private static final OptionSpec<Integer> COMPILATION = number("compilation",
			"Seconds of load on new processes, before everything else, that their code be compiled", 20);

	private static final OptionSpec<Integer> WARMUP = number("warmup", "Seconds to warm up before", 5);

	private static final OptionSpec<Integer> ROUNDS = number("rounds", "How often each system takes its turn", 3);

	private static final OptionSpec<Integer> ENTRY_BYTES = number("entry-bytes", "Length of an entry", 128);

	private static final OptionSpec<Integer> NODES = number("nodes", "Nodes of each cluster", 3);

	private static final OptionSpec<String> DIRECTORY = PARSER
		.accepts("directory", "Where nodes keep their data; on the disk to be measured")
		.withRequiredArg()
		.defaultsTo("benchmarks/target/clusters");

	private static final OptionSpec<String> JVM = PARSER.accepts("jvm", "Options of each node's JVM")
		.withRequiredArg()
		.defaultsTo("-Xms1g -Xmx1g");

	private static final OptionSpec<Void> PROFILE = PARSER.accepts("profile",
			"Record each node with JDK Flight Recorder; the recordings stay with its files");

	private static final OptionSpec<Void> KEEP = PARSER.accepts("keep", "Keep the nodes' files");

	private static final OptionSpec<Void> HELP = PARSER.accepts("help", "Say what can be said here").forHelp();

	private final OptionSet set;

	private BenchmarkOptions(OptionSet set) {
		this.set = set;
	}

	static BenchmarkOptions parse(String[] args) {
		BenchmarkOptions options = new BenchmarkOptions(PARSER.parse(args));
		options.systems();
		return options;
	}

	static String help() {
		StringWriter text = new StringWriter();
		try {
			PARSER.printHelpOn(text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return text.toString();
	}

	private static OptionSpec<Integer> number(String name, String description, int byDefault) {
		return PARSER.accepts(name, description).withRequiredArg().ofType(Integer.class).defaultsTo(byDefault);
	}

	boolean isHelpWanted() {
		return this.set.has(HELP);
	}

	List<SystemKind> systems() {
		return this.set.valuesOf(SYSTEMS).stream().map(SystemKind::of).toList();
	}

	List<Integer> outstanding() {
		return this.set.valuesOf(OUTSTANDING);
	}

	int seconds() {
		return this.set.valueOf(SECONDS);
	}

	int compilationSeconds() {
		return this.set.valueOf(COMPILATION);
	}

	int warmupSeconds() {
		return this.set.valueOf(WARMUP);
	}

	int rounds() {
		return this.set.valueOf(ROUNDS);
	}

	int entryBytes() {
		return this.set.valueOf(ENTRY_BYTES);
	}

	int nodes() {
		return this.set.valueOf(NODES);
	}

	Path directory() {
		return Path.of(this.set.valueOf(DIRECTORY)).toAbsolutePath();
	}

	boolean keep() {
		return this.set.has(KEEP) || this.set.has(PROFILE);
	}

	/** Returns the options of each node's JVM; {@code %d} stands for its pid. */
	List<String> jvmOptions(Path clusterDirectory) {
		List<String> options = new ArrayList<>(List.of(this.set.valueOf(JVM).split(" ")));
		if (this.set.has(PROFILE)) {
			// What it says at start would be taken for an answer of the node.
			options.add("-Xlog:jfr+startup=off");
			options.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
					+ clusterDirectory.resolve("node-%d.jfr"));
		}
		options.addAll(SystemKind.JVM_OPTIONS);
		return options;
	}

}
