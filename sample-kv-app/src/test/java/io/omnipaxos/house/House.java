package io.omnipaxos.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** The whole project as it lies on the disk: its modules, classes and sources. */
final class House {

	private static final Map<String, JavaClasses> CLASSES = new ConcurrentHashMap<>();

	private House() {
	}

	/** Returns the directory of the parent pom. */
	static Path root() {
		Path directory = Path.of("").toAbsolutePath();
		while (!Files.exists(directory.resolve("CONTRIBUTING.md"))) {
			directory = directory.getParent();
			if (directory == null) {
				throw new IllegalStateException("Not inside the project");
			}
		}
		return directory;
	}

	/** Returns every module that has code. */
	static List<Path> modules() {
		try (Stream<Path> children = Files.list(root())) {
			return children.filter((child) -> Files.isDirectory(child.resolve("src/main/java"))).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Returns the compiled classes of a module, without those of its tests. */
	static JavaClasses classesOf(String module) {
		return CLASSES.computeIfAbsent(module, House::importClasses);
	}

	private static JavaClasses importClasses(String module) {
		Path classes = root().resolve(module).resolve("target/classes");
		if (!Files.isDirectory(classes)) {
			throw new IllegalStateException("%s is not compiled: run 'mvn verify' at the top".formatted(module));
		}
		return new ClassFileImporter().importPath(classes);
	}

	/** Returns the Java files below a directory of every module. */
	static List<Path> sources(String directory) {
		return modules().stream()
			.map((module) -> module.resolve(directory))
			.filter(Files::isDirectory)
			.flatMap((folder) -> javaFilesBelow(folder).stream())
			.toList();
	}

	private static List<Path> javaFilesBelow(Path folder) {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter((file) -> file.toString().endsWith(".java")).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
