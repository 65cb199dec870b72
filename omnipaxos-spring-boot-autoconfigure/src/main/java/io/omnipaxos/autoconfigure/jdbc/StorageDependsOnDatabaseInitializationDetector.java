package io.omnipaxos.autoconfigure.jdbc;

import java.util.Set;

import io.omnipaxos.storage.jdbc.JdbcStorageFactory;

import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDependsOnDatabaseInitializationDetector;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitializationDetector;

/**
 * {@link DependsOnDatabaseInitializationDetector} for {@link JdbcStorageFactory}, so that
 * one of the application's finds its tables, too, whatever creates them.
 */
class StorageDependsOnDatabaseInitializationDetector
		extends AbstractBeansOfTypeDependsOnDatabaseInitializationDetector {

	@Override
	protected Set<Class<?>> getDependsOnDatabaseInitializationBeanTypes() {
		return Set.of(JdbcStorageFactory.class);
	}

}
