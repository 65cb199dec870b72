package io.omnipaxos.benchmarks.cluster;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.omnipaxos.benchmarks.system.NodeSettings;
import io.omnipaxos.benchmarks.system.SystemKind;

/** A node, as the arguments of its process: kind, pid, ports, directory. */
final class NodeArguments {

	private NodeArguments() {
	}

	static List<String> format(SystemKind kind, NodeSettings node) {
		String ports = node.ports()
			.stream()
			.map((own) -> own.stream().map(String::valueOf).collect(Collectors.joining(",")))
			.collect(Collectors.joining("/"));
		return List.of(kind.option(), Integer.toString(node.pid()), ports, node.directory().toString());
	}

	static NodeSettings parse(String[] args) {
		List<List<Integer>> ports = Arrays.stream(args[2].split("/"))
			.map((own) -> Stream.of(own.split(",")).map(Integer::valueOf).toList())
			.toList();
		return new NodeSettings(Integer.parseInt(args[1]), ports, Path.of(args[3]));
	}

}
