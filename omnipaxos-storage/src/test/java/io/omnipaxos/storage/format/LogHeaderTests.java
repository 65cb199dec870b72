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

	/** A new log, written likewise. */
	private static final String NEW_IN_FORMAT_1 = "425563df0100000000000000000000000000000000";

	@Test
	void everythingComesBackAsItWas() {
		for (ClusterConfig configuration : Arrays.asList(configuration(3), ClusterConfig.of(1, 9, 2), null)) {
			assertThat(LogHeader.of(header(configuration).toBytes())).isEqualTo(header(configuration));
		}
		assertThat(LogHeader.of(LogHeader.NEW.toBytes())).isEqualTo(LogHeader.NEW);
	}

	@Test
	void aLogOfFormat1IsReadAndHasNoConfiguration() {
		assertThat(LogHeader.of(HexFormat.of().parseHex(FORMAT_1))).isEqualTo(header(null));
		assertThat(LogHeader.of(HexFormat.of().parseHex(NEW_IN_FORMAT_1))).isEqualTo(LogHeader.NEW);
	}

	@Test
	void formatsThatAreNotKnownAreRefused() {
		for (int format : new int[] { 0, 3 }) {
			ByteWriter out = new ByteWriter(100);
			out.writeByte(format);
			out.writeBytes(new byte[50]);

			assertThatExceptionOfType(StorageException.class).isThrownBy(() -> LogHeader.of(out.finish(0)))
				.withMessageContaining("stored in format " + format)
				.withMessageContaining("reads formats up to 2");
		}
	}

	private static LogHeader header(@Nullable ClusterConfig configuration) {
		return new LogHeader(new StoredState(3, ballot(9), ballot(8), 300, 200, sessions(6, 1, 2), 150, sessions(5, 1),
				new StoredSnapshot(new SnapshotId(10, 150), 4000), configuration), 7);
	}

}
