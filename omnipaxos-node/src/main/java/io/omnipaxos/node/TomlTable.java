package io.omnipaxos.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.omnipaxos.core.model.NodeId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A table of a configuration file, whose values are asked for by key and type.
 */
final class TomlTable {

	private final Path file;

	private final String name;

	private final JsonNode node;

	private TomlTable(Path file, String name, JsonNode node) {
		this.file = file;
		this.name = name;
		this.node = node;
	}

	/** Returns the whole file. */
	static TomlTable root(Path file, JsonNode node) {
		return new TomlTable(file, "", node);
	}

	/** Refuses keys that nobody would ask for. */
	void allowOnly(String... keys) {
		Set<String> known = new TreeSet<>(List.of(keys));
		for (String key : this.node.propertyNames()) {
			if (!known.contains(key)) {
				throw problem(key, "the key '%s' is not known".formatted(path(key)),
						"Remove it, or correct it to one of " + String.join(", ", known));
			}
		}
	}

	TomlTable table(String key) {
		TomlTable table = optionalTable(key);
		if (table == null) {
			throw problem(key, "the table [%s] is missing".formatted(path(key)), "Add it");
		}
		return table;
	}

	@Nullable TomlTable optionalTable(String key) {
		JsonNode value = this.node.get(key);
		if (value == null) {
			return null;
		}
		if (!value.isObject()) {
			throw wrongType(key, value, "a table");
		}
		return new TomlTable(this.file, path(key), value);
	}

	int required(String key) {
		return Math.toIntExact(longOf(key, present(key), Integer.MAX_VALUE));
	}

	int optional(String key, int defaultValue) {
		JsonNode value = this.node.get(key);
		return (value != null) ? Math.toIntExact(longOf(key, value, Integer.MAX_VALUE)) : defaultValue;
	}

	NodeId pid(String key) {
		return new NodeId(longOf(key, present(key), Long.MAX_VALUE));
	}

	List<NodeId> pids(String key) {
		JsonNode value = present(key);
		if (!value.isArray()) {
			throw wrongType(key, value, "a list of pids, such as [1, 2, 3]");
		}
		return value.valueStream().map((pid) -> new NodeId(longOf(key, pid, Long.MAX_VALUE))).toList();
	}

	void allowText(String key) {
		JsonNode value = this.node.get(key);
		if (value != null && !value.isString()) {
			throw wrongType(key, value, "a text");
		}
	}

	private JsonNode present(String key) {
		JsonNode value = this.node.get(key);
		if (value == null) {
			throw problem(key, "the key '%s' is missing".formatted(path(key)), "Add it");
		}
		return value;
	}

	private long longOf(String key, JsonNode value, long max) {
		if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0
				|| value.longValue() > max) {
			throw wrongType(key, value, "a whole number from 0 to " + max);
		}
		return value.longValue();
	}

	private ConfigFileException wrongType(String key, JsonNode value, String wanted) {
		return problem(key, "the value of '%s' is %s".formatted(path(key), value), "It must be " + wanted);
	}

	private ConfigFileException problem(String key, String problem, String action) {
		return new ConfigFileException(this.file, path(key), problem, action, null);
	}

	private String path(String key) {
		return this.name.isEmpty() ? key : this.name + "." + key;
	}

}
