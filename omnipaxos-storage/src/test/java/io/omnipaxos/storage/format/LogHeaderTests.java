package io.omnipaxos.storage.format;

import java.util.Arrays;
import java.util.HexFormat;

import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.SnapshotId;
import io.omnipaxos.core.storage.StorageException;
import io.omnipaxos.core.storage.StoredSnapshot;
import io.omnipaxos.core.storage.StoredState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static io.omnipaxos.test.storage.StorageSamples.ballot;
import static io.omnipaxos.test.storage.StorageSamples.configuration;
import static io.omnipaxos.test.storage.StorageSamples.sessions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LogHeaderTests {

	/** As the library wrote it when it recorded no configuration. */
	private static final String FORMAT_1 = "fd1fb4710107030109030201080302ac02c80102010406020406960101010405010a9601a01f";

	/** As the library wrote it when it did not say of which log it was. */
	private static final String FORMAT_2 = "8f7b69cf0207030109030201080302ac02c80102010406020406960101010405010a9601a01f010303020580d0b8e1981a0302";

	/** A new log, written as the first. */
	private static final String NEW_IN_FORMAT_1 = "425563df0100000000000000000000000000000000";

	@Test
	void everythingComesBackAsItWas() {
		for (ClusterConfig configuration : Arrays.asList(configuration(3), ClusterConfig.of(1, 9, 2), null)) {
			assertThat(read(header(configuration).toBytes(2, "accounts"))).isEqualTo(header(configuration));
		}
		assertThat(read(LogHeader.NEW.toBytes(2, "accounts"))).isEqualTo(LogHeader.NEW);
	}

	@Test
	void aLogOfFormat1IsReadAndHasNoConfiguration() {
		assertThat(read(HexFormat.of().parseHex(FORMAT_1))).isEqualTo(header(null));
		assertThat(read(HexFormat.of().parseHex(NEW_IN_FORMAT_1))).isEqualTo(LogHeader.NEW);
	}

	@Test
	void aLogOfFormat2IsRead() {
		assertThat(read(HexFormat.of().parseHex(FORMAT_2))).isEqualTo(header(configuration(3)));
	}

	@Test
	void theHeaderOfAnotherLogIsRefused() {
		byte[] bytes = header(null).toBytes(2, "accounts");

		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> LogHeader.of(2, "orders", bytes))
			.withMessageContaining("state of log accounts, number 2, is in the place of that of log orders, number 2");
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> LogHeader.of(1, "accounts", bytes))
			.withMessageContaining("that of log accounts, number 1");
	}

	@Test
	void formatsThatAreNotKnownAreRefused() {
		for (int format : new int[] { 0, 4 }) {
			ByteWriter out = new ByteWriter(100);
			out.writeByte(format);
			out.writeBytes(new byte[50]);

			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> read(out.finish(0)))
				.withMessageContaining("stored in format " + format)
				.withMessageContaining("reads formats up to 3");
		}
	}

	private static LogHeader read(byte[] bytes) {
		return LogHeader.of(2, "accounts", bytes);
	}

	private static LogHeader header(@Nullable ClusterConfig configuration) {
		return new LogHeader(new StoredState(3, ballot(9), ballot(8), 300, 200, sessions(6, 1, 2), 150, sessions(5, 1),
				new StoredSnapshot(new SnapshotId(10, 150), 4000), configuration), 7);
	}

}
