package io.omnipaxos.sample.network;

import java.util.List;
import java.util.stream.Stream;

/**
 * Network namespaces that bear the number of the process that made them, so that whoever
 * comes later can tell what a killed one has left behind.
 */
final class Namespaces {

	private static final String PREFIX = "opx-";

	private Namespaces() {
	}

	static String name(int network, String part) {
		return "%s%d-%d-%s".formatted(PREFIX, ProcessHandle.current().pid(), network, part);
	}

	static void add(String name) {
		Command.run("ip", "netns", "add", name);
	}

	/** Deletes a namespace, and with it every interface that is or leads into it. */
	static void delete(String name) {
		Command.run("ip", "netns", "delete", name);
	}

	/** Deletes what is left of processes that are no more, with what runs in there. */
	static void deleteLeftovers() {
		for (String name : all()) {
			if (ProcessHandle.of(Long.parseLong(name.split("-")[1])).isEmpty()) {
				Command.run("ip", "netns", "pids", name)
					.lines()
					.map(Long::valueOf)
					.flatMap((pid) -> ProcessHandle.of(pid).stream())
					.forEach(ProcessHandle::destroyForcibly);
				delete(name);
			}
		}
	}

	/** Returns the namespaces that this class has made, in whichever process. */
	static List<String> all() {
		Stream<String> lines = Command.run("ip", "netns", "list").lines();
		return lines.map((line) -> line.split(" ")[0])
			.filter((name) -> name.matches(PREFIX + "[0-9]+-[0-9]+-[a-z0-9]+"))
			.toList();
	}

}
