package io.omnipaxos.house;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The configuration properties, as the annotation processor of Boot found them. */
record PropertyTable(List<Property> properties) {

	/**
	 * A configuration property.
	 *
	 * @param name full name
	 * @param defaultValue default, if it has one
	 * @param description what it is
	 */
	record Property(String name, @Nullable String defaultValue, String description) {

		private String row() {
			String value = (this.defaultValue != null) ? "`" + this.defaultValue + "`" : "";
			return "| `%s` | %s | %s |".formatted(this.name, value, this.description);
		}

	}

	/** Reads the metadata that is packed into the starter. */
	static PropertyTable read() {
		Path metadata = House.root()
			.resolve("omnipaxos-spring-boot-autoconfigure/target/classes/META-INF/spring-configuration-metadata.json");
		try (InputStream json = Files.newInputStream(metadata)) {
			return new PropertyTable(new JsonMapper().readTree(json)
				.get("properties")
				.valueStream()
				.map(PropertyTable::property)
				.sorted(Comparator.comparing(Property::name))
				.toList());
		}
		catch (IOException ex) {
			throw new IllegalStateException("Not compiled: run 'mvn verify' at the top", ex);
		}
	}

	private static Property property(JsonNode property) {
		JsonNode value = property.get("defaultValue");
		return new Property(property.get("name").stringValue(), (value == null) ? null : value.isArray()
				? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(", ")) : value.asString(),
				property.path("description").asString(""));
	}

	/** Returns the table as Markdown. */
	String markdown() {
		return this.properties.stream()
			.map(Property::row)
			.collect(Collectors.joining("\n", "| property | default | what it is |\n|---|---|---|\n", "\n"));
	}

}
