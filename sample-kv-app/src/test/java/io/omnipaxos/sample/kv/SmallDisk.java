package io.omnipaxos.sample.kv;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

/** A file system of its own for a directory, which can be filled to the last byte. */
final class SmallDisk implements AutoCloseable {

	private static final int MEGABYTES = 64;

	private final Path directory;

	private final Path ballast;

	/** Mounts the disk; skips the test where that is not allowed. */
	SmallDisk(Path directory) throws IOException {
		this.directory = Files.createDirectories(directory);
		this.ballast = directory.resolve("ballast");
		boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=%dm".formatted(MEGABYTES), "tmpfs",
				directory.toString());
		Assumptions.assumeTrue(mounted, "A disk can only be filled where a file system may be mounted, as by root");
		Runtime.getRuntime().addShutdownHook(new Thread(this::unmount));
	}

	/** Leaves no room for a single byte. */
	void fill() throws IOException {
		byte[] block = new byte[4096];
		try (OutputStream file = Files.newOutputStream(this.ballast)) {
			while (true) {
				file.write(block);
			}
		}
		catch (IOException ex) {
			if (Files.getFileStore(this.directory).getUsableSpace() > 0) {
				throw ex;
			}
		}
	}

	/** Makes room again. */
	void free() throws IOException {
		Files.delete(this.ballast);
	}

	@Override
	public void close() {
		unmount();
	}

	private void unmount() {
		run("umount", "-l", this.directory.toString());
	}

	private static boolean run(String... command) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
		}
		catch (IOException ex) {
			// There is no such program.
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
