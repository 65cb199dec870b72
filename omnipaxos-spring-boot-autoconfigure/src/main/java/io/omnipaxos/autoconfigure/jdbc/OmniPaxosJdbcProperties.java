package io.omnipaxos.autoconfigure.jdbc;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.init.DatabaseInitializationProperties;

/**
 * Configuration properties for logs in a relational database.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("omnipaxos.storage.jdbc")
public final class OmniPaxosJdbcProperties extends DatabaseInitializationProperties {

	/** A half-made schema must stop the node: the base class would carry on. */
	public OmniPaxosJdbcProperties() {
		setContinueOnError(false);
	}

	@Override
	public String getDefaultSchemaLocation() {
		return "classpath:io/omnipaxos/storage/jdbc/schema-@@platform@@.sql";
	}

}
