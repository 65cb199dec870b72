package io.omnipaxos.autoconfigure.jdbc;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

class JdbcStorageRuntimeHintsTests {

	@ParameterizedTest
	@ValueSource(strings = { "h2", "mariadb", "postgresql" })
	void schemaScriptsAreInANativeImage(String platform) {
		String script = "io/omnipaxos/storage/jdbc/schema-%s.sql".formatted(platform);
		RuntimeHints hints = new RuntimeHints();

		new JdbcStorageRuntimeHints().registerHints(hints, null);

		assertThat(new ClassPathResource(script).exists()).isTrue();
		assertThat(RuntimeHintsPredicates.resource().forResource(script)).accepts(hints);
	}

}
