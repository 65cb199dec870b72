package io.omnipaxos.storage;

import java.nio.file.Path;
import java.util.List;

import io.omnipaxos.core.storage.Storage;
import io.omnipaxos.core.storage.StorageFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class SecondProcessTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource
	void aSecondProcessIsRefusedUntilTheFirstLetsGo(Storages kind) throws Exception {
		String place = kind.place(this.directory);
		try (StorageFactory factory = kind.open(place); Storage storage = factory.open(WriterProcess.LOG)) {
			assertThat(storage.load().session()).isZero();
			assertThat(exitOfWriter(kind, place)).isNotZero();
			assertThat(storage.load().session()).isZero();
		}

		assertThat(exitOfWriter(kind, place)).isZero();
		try (StorageFactory factory = kind.open(place); Storage storage = factory.open(WriterProcess.LOG)) {
			assertThat(storage.load().session()).isEqualTo(3);
		}
	}

	private static int exitOfWriter(Storages kind, String place) throws Exception {
		Process process = JavaProcess.start(List.of(), WriterProcess.class, kind, place, 1, 3);
		process.getInputStream().readAllBytes();
		return process.waitFor();
	}

}
