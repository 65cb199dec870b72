package io.omnipaxos.test.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Assumptions;

/**
 * A real file system of its own, in a file, that can be made full and read-only while it
 * is in use. Needs Linux, a superuser and a loop device; where one is missing, the test
 * that wanted it is skipped, and says so.
 */
public final class SmallDisk implements AutoCloseable {

	private static final int PIECE = 1 << 16;

	private final Path image;

	private final Path mountPoint;

	private SmallDisk(Path image, Path mountPoint) {
		this.image = image;
		this.mountPoint = mountPoint;
	}

	/**
	 * Makes a disk.
	 * @param directory where to keep what it is made of
	 * @param megabytes its size
	 */
	public static SmallDisk create(Path directory, int megabytes) throws IOException {
		SmallDisk disk = new SmallDisk(directory.resolve("disk.img"),
				Files.createDirectories(directory.resolve("disk")));
		try (RandomAccessFile file = new RandomAccessFile(disk.image.toFile(), "rw")) {
			file.setLength((long) megabytes << 20);
		}
		Assumptions.assumeTrue(disk.canBeMounted(), "A file system can be mounted here");
		return disk;
	}

	private boolean canBeMounted() {
		try {
			run("mkfs.ext4", "-q", "-F", "-m", "0", this.image.toString());
			mount();
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private void mount() throws IOException {
		run("mount", "-o", "loop", this.image.toString(), this.mountPoint.toString());
	}

	/** Returns the directory that is the disk. */
	public Path path() {
		return this.mountPoint;
	}

	/** Leaves no space on the disk. */
	public void fill() throws IOException {
		byte[] piece = new byte[PIECE];
		try (OutputStream out = Files.newOutputStream(filler())) {
			for (int size = piece.length; size > 0; size /= 2) {
				fill(out, piece, size);
			}
		}
	}

	private static void fill(OutputStream out, byte[] piece, int size) {
		boolean fits = true;
		while (fits) {
			try {
				out.write(piece, 0, size);
			}
			catch (IOException ex) {
				// No space is left for a piece of this size.
				fits = false;
			}
		}
	}

	/** Gives the space back that {@link #fill()} took. */
	public void free() throws IOException {
		Files.delete(filler());
	}

	private Path filler() {
		return this.mountPoint.resolve("filler");
	}

	/** Makes the file system read-only, as the kernel does when it finds it damaged. */
	public void makeReadOnly() throws IOException {
		run("mount", "-o", "remount,abort", this.mountPoint.toString());
	}

	/** Makes it writable again. No file on it may be open. */
	public void repair() throws IOException {
		run("umount", this.mountPoint.toString());
		run("sh", "-c", "e2fsck -fy \"$0\" || [ $? = 1 ]", this.image.toString());
		mount();
	}

	/** Takes the disk away, whoever uses it. */
	@Override
	public void close() throws IOException {
		run("umount", "-l", this.mountPoint.toString());
	}

	private static void run(String... command) throws IOException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		try {
			if (process.waitFor() != 0) {
				throw new IOException("%s: %s".formatted(List.of(command), output));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

}
