package io.omnipaxos.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * For the power cut, which no test can bring about: the calls that a writing process
 * makes show that each {@code write} returns only after its data were forced. Needs
 * {@code strace}. PostgreSQL does this in its server, which tells by its settings.
 */
class SyncTests {

	private static final int WRITES = 30;

	private static final Pattern FORCE = Pattern.compile("f(data)?sync\\(.*");

	private static final Pattern DATA = Pattern.compile("(pwrite64|write|writev|pwritev)\\(\\d+<(.*)>.*");

	private static final Pattern REPORT = Pattern.compile("write\\(1<.*>, \"\\d+\\\\n.*");

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource(names = { "H2", "ROCKSDB" })
	void everyWriteReturnsAfterItsDataWereForced(Storages kind) throws Exception {
		Assumptions.assumeTrue(isTraceable(), "strace is installed");
		Path data = Files.createDirectories(this.directory.resolve("data"));
		Path trace = this.directory.resolve("trace");
		Process process = JavaProcess.start(
				List.of("strace", "-f", "-y", "-qq", "-o", trace.toString(), "-e",
						"trace=write,writev,pwrite64,pwritev,fsync,fdatasync"),
				WriterProcess.class, kind, data, 1, WRITES);
		process.getInputStream().readAllBytes();
		assertThat(process.waitFor()).isZero();

		assertThat(reportsOfForcedData(Files.readAllLines(trace), data)).isEqualTo(WRITES);
	}

	/** Counts the reports, each of which must find its data written, and then forced. */
	private static int reportsOfForcedData(List<String> calls, Path data) {
		int reports = 0;
		boolean written = false;
		boolean forced = false;
		for (String line : calls) {
			String call = line.replaceFirst("^\\d+ +", "");
			if (REPORT.matcher(call).matches()) {
				assertThat(written && forced).as("data forced before report %d", reports + 1).isTrue();
				reports++;
				written = false;
				forced = false;
			}
			else if (isDataWrite(call, data)) {
				written = true;
				forced = false;
			}
			else if (FORCE.matcher(call).matches() || call.contains("sync resumed>")) {
				forced = written;
			}
		}
		return reports;
	}

	private static boolean isDataWrite(String call, Path data) {
		var matcher = DATA.matcher(call);
		return matcher.matches() && matcher.group(2).startsWith(data.toString()) && !matcher.group(2).endsWith("LOG");
	}

	private static boolean isTraceable() throws InterruptedException {
		try {
			return new ProcessBuilder("strace", "-V").redirectErrorStream(true).start().waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
