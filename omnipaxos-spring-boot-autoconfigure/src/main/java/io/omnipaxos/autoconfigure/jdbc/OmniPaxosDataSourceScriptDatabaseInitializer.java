package io.omnipaxos.autoconfigure.jdbc;

import javax.sql.DataSource;

import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.jdbc.init.PropertiesBasedDataSourceScriptDatabaseInitializer;

/**
 * {@link DataSourceScriptDatabaseInitializer} for the tables that logs are kept in.
 *
 * @since 0.1.0
 */
public class OmniPaxosDataSourceScriptDatabaseInitializer
		extends PropertiesBasedDataSourceScriptDatabaseInitializer<OmniPaxosJdbcProperties> {

	/**
	 * Creates an initializer.
	 * @param dataSource database of the logs
	 * @param properties whether and how to create the tables
	 */
	public OmniPaxosDataSourceScriptDatabaseInitializer(DataSource dataSource, OmniPaxosJdbcProperties properties) {
		super(dataSource, properties);
	}

}
