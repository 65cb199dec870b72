package io.omnipaxos.autoconfigure.rocksdb;

import java.nio.file.Path;
import java.util.List;

import io.omnipaxos.autoconfigure.OmniPaxosAutoConfiguration;
import io.omnipaxos.autoconfigure.jdbc.OmniPaxosJdbcStorageAutoConfiguration;
import io.omnipaxos.core.storage.MemoryStorageFactory;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.storage.jdbc.JdbcStorageFactory;
import io.omnipaxos.storage.rocksdb.RocksDbStorageFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class OmniPaxosRocksDbStorageAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(OmniPaxosAutoConfiguration.class, OmniPaxosRocksDbStorageAutoConfiguration.class))
		.withPropertyValues("omnipaxos.server.pid=1", "omnipaxos.cluster.nodes=1");

	private final ApplicationContextRunner asked = this.contextRunner
		.withPropertyValues("omnipaxos.storage.type=rocksdb");

	@Test
	void backsOffUnlessAskedFor() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(RocksDbStorageFactory.class));
	}

	@Test
	void keepsTheLogsInTheDirectory(@TempDir Path directory) {
		String[] storageId = new String[1];
		ApplicationContextRunner there = this.asked
			.withPropertyValues("omnipaxos.storage.rocksdb.path=" + directory.resolve("logs"));
		there.run((context) -> storageId[0] = context.getBean(RocksDbStorageFactory.class).storageId());
		there.run((context) -> assertThat(context.getBean(StorageFactory.class).storageId()).isEqualTo(storageId[0]));
	}

	@Test
	void asksForTheDirectory() {
		this.asked.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOf(InvalidConfigurationPropertyValueException.class)
			.hasMessageContaining("omnipaxos.storage.rocksdb.path"));
	}

	/**
	 * Else a container would keep its logs below its working directory, and lose them.
	 */
	@Test
	void refusesAPlaceholderThatNothingResolves() {
		this.asked.withPropertyValues("omnipaxos.storage.rocksdb.path=target/${DATA_OF_THE_NODE}/logs")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("omnipaxos.storage.rocksdb.path")
				.hasMessageContaining("placeholder"));
	}

	@Test
	void saysWhatIsMissingWithoutTheLibrary(@TempDir Path directory) {
		this.asked.withPropertyValues("omnipaxos.storage.rocksdb.path=" + directory)
			.withClassLoader(new FilteredClassLoader("org.rocksdb"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("rocksdbjni"));
	}

	/** Neither in memory, which forgets them, nor in the application's database. */
	@Test
	void doesNotKeepTheLogsElsewhereWhenOnlyTheDirectoryIsNamed(@TempDir Path directory) {
		ApplicationContextRunner named = this.contextRunner
			.withPropertyValues("omnipaxos.storage.rocksdb.path=" + directory);
		for (ApplicationContextRunner runner : List.of(named, withDatabase(named),
				named.withClassLoader(new FilteredClassLoader("org.rocksdb")))) {
			runner.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(failure) -> assertThat(failure.getName()).isEqualTo("omnipaxos.storage.type"))
				.hasMessageContaining("must be 'rocksdb'"));
		}
	}

	@Test
	void leavesADirectoryAloneWhenTheApplicationSaysWhereTheLogsAre(@TempDir Path directory) {
		ApplicationContextRunner named = withDatabase(
				this.contextRunner.withPropertyValues("omnipaxos.storage.rocksdb.path=" + directory));
		StorageFactory own = new MemoryStorageFactory("own", 0);
		named.withBean("ownStorage", StorageFactory.class, () -> own)
			.run((context) -> assertThat(context).getBean(StorageFactory.class).isSameAs(own));
		named.withPropertyValues("omnipaxos.storage.type=jdbc")
			.run((context) -> assertThat(context).hasSingleBean(JdbcStorageFactory.class)
				.hasSingleBean(StorageFactory.class));
	}

	private static ApplicationContextRunner withDatabase(ApplicationContextRunner runner) {
		return runner
			.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
					OmniPaxosJdbcStorageAutoConfiguration.class))
			.withPropertyValues("spring.datasource.generate-unique-name=true");
	}

}
