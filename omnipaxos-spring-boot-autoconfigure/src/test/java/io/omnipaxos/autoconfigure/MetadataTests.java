package io.omnipaxos.autoconfigure;

import java.io.IOException;
import java.io.InputStream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/** What an editor offers for {@code application.yml} is complete. */
class MetadataTests {

	@Test
	void everyPropertyIsDescribed() throws IOException {
		JsonNode properties = metadata().get("properties");
		assertThat(properties).isNotEmpty();
		for (JsonNode property : properties) {
			assertThat(property.path("description").asString("")).as(property.path("name").asString()).endsWith(".");
		}
	}

	@Test
	void inheritedPropertiesHaveTheirDefaults() throws IOException {
		assertThat(metadata().get("properties")).anySatisfy((property) -> {
			assertThat(property.path("name").asString()).isEqualTo("omnipaxos.storage.jdbc.continue-on-error");
			assertThat(property.path("defaultValue").asBoolean()).isFalse();
		});
	}

	@Test
	void noDefaultIsShownThatWouldBeRefused() throws IOException {
		assertThat(metadata().get("properties"))
			.filteredOn((property) -> property.path("name").asString().contains("quorum-size"))
			.hasSize(2)
			.allSatisfy((property) -> assertThat(property.has("defaultValue")).isFalse());
	}

	private static JsonNode metadata() throws IOException {
		try (InputStream in = new ClassPathResource("META-INF/spring-configuration-metadata.json",
				MetadataTests.class.getClassLoader())
			.getInputStream()) {
			return JsonMapper.shared().readTree(in);
		}
	}

}
