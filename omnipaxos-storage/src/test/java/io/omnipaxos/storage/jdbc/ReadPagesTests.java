package io.omnipaxos.storage.jdbc;

import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageFactory;
import io.omnipaxos.core.storage.StorageOp.Append;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.omnipaxos.test.storage.StorageSamples.bytes;
import static io.omnipaxos.test.storage.StorageSamples.command;
import static org.assertj.core.api.Assertions.assertThat;

/** What a read brings into memory, however the lengths of the rows change. */
class ReadPagesTests {

	private static final int MEBIBYTE = 1 << 20;

	private static final int LONG_ROW = 500_000;

	private static final int SHORT_ROW = 100;

	private final List<Entry> written = new ArrayList<>();

	private JdbcConnectionPool pool;

	@AfterEach
	void close() {
		this.pool.dispose();
	}

	@ParameterizedTest
	@ValueSource(strings = { "h2", "postgresql", "mariadb" })
	void longRowsAfterShortOnesComeNoMoreAtOnceThanTheyMay(String platform) {
		CountedPages pages = newDatabase(platform);
		try (StorageFactory factory = open(pages.dataSource()); Storage storage = factory.open("accounts")) {
			append(storage, 600, SHORT_ROW);
			append(storage, 40, LONG_ROW);
			append(storage, 2, 3 * LONG_ROW);
			append(storage, 100, SHORT_ROW);

			List<Entry> read = new ArrayList<>();
			while (read.size() < this.written.size()) {
				read.addAll(storage.entries(read.size(), this.written.size(), MEBIBYTE));
				assertThat(pages.taken()).allSatisfy((bytes) -> assertThat(bytes).isLessThan(4 * MEBIBYTE));
			}

			assertThat(read).isEqualTo(this.written);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "h2", "postgresql", "mariadb" })
	void manyShortRowsCostFewQueries(String platform) {
		CountedPages pages = newDatabase(platform);
		try (StorageFactory factory = open(pages.dataSource()); Storage storage = factory.open("accounts")) {
			append(storage, 1_000, SHORT_ROW);

			assertThat(storage.entries(0, 1_000, MEBIBYTE)).isEqualTo(this.written);
			assertThat(pages.taken()).hasSizeLessThan(7);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "h2", "postgresql", "mariadb" })
	void aReadBringsLittleMoreThanItReturns(String platform) {
		CountedPages pages = newDatabase(platform);
		try (StorageFactory factory = open(pages.dataSource()); Storage storage = factory.open("accounts")) {
			append(storage, 20, LONG_ROW);

			assertThat(storage.entries(0, 20, MEBIBYTE)).isEqualTo(this.written.subList(0, 2));
			assertThat(pages.taken().stream().mapToInt(Integer::intValue).sum()).isLessThan(2 * MEBIBYTE);
		}
	}

	/** Appends entries with a row for each. */
	private void append(Storage storage, int entries, int size) {
		for (int i = 0; i < entries; i++) {
			long index = this.written.size();
			Entry entry = command(index, bytes(size, index));
			storage.write(List.of(new Append(index, List.of(entry))));
			this.written.add(entry);
		}
	}

	private CountedPages newDatabase(String platform) {
		this.pool = pool(platform);
		Schemas.create(this.pool, platform);
		return new CountedPages(this.pool);
	}

	private static JdbcConnectionPool pool(String platform) {
		return switch (platform) {
			case "postgresql" -> JdbcConnectionPool.create(Postgres.newSchema());
			case "mariadb" -> JdbcConnectionPool.create(MariaDb.dataSource(MariaDb.newDatabase()));
			default -> JdbcConnectionPool.create(H2.newDatabase());
		};
	}

	private static StorageFactory open(DataSource dataSource) {
		return new JdbcStorageFactory(dataSource, "bank", new NodeId(1));
	}

}
