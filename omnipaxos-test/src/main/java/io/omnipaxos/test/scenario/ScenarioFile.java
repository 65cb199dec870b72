package io.omnipaxos.test.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A text file of three parts: lines that begin with {@code #} say what to look for, the
 * others above {@code ----} are the script, and those below are the trace that it gives.
 *
 * @param comment lines of the comment, with their marks
 * @param script commands for a {@link ScenarioRunner}
 * @param trace what the protocol did
 */
public record ScenarioFile(List<String> comment, List<String> script, List<String> trace) {

	private static final String LINE = "----";

	public ScenarioFile {
		comment = List.copyOf(comment);
		script = List.copyOf(script);
		trace = List.copyOf(trace);
	}

	/** Reads a file. */
	public static ScenarioFile read(Path file) throws IOException {
		return parse(Files.readAllLines(file));
	}

	static ScenarioFile parse(List<String> lines) {
		List<String> comment = new ArrayList<>();
		List<String> script = new ArrayList<>();
		List<String> trace = new ArrayList<>();
		boolean below = false;
		for (String line : lines) {
			if (below) {
				trace.add(line);
			}
			else if (line.equals(LINE)) {
				below = true;
			}
			else if (line.startsWith("#")) {
				comment.add(line);
			}
			else if (!line.isBlank()) {
				script.add(line.strip());
			}
		}
		return new ScenarioFile(comment, script, trace);
	}

	/** Returns this file with another trace. */
	public ScenarioFile withTrace(List<String> other) {
		return new ScenarioFile(this.comment, this.script, other);
	}

	/** Writes this file. */
	public void write(Path file) throws IOException {
		List<String> lines = new ArrayList<>(this.comment);
		lines.add("");
		lines.addAll(this.script);
		lines.add(LINE);
		lines.addAll(this.trace);
		Files.write(file, lines);
	}

}
