package io.omnipaxos.test.rules;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import io.omnipaxos.test.chaos.FailureSearch;

/** The core compiled without one of its rules, and a simulator that runs on it. */
final class CoreWithoutRule {

	private static final Path CORE = Path.of("..", "omnipaxos-core", "src", "main", "java");

	private static final Path TESTS = Path.of("..", "omnipaxos-core", "target", "test-classes");

	private final Path classes;

	private CoreWithoutRule(Path classes) {
		this.classes = classes;
	}

	/** Returns the core's source file of a simple name. */
	static Path source(String file) throws IOException {
		try (Stream<Path> sources = Files.walk(CORE)) {
			return sources.filter((path) -> path.getFileName().toString().equals(file)).findFirst().orElseThrow();
		}
	}

	/** Returns the core as it is. */
	static CoreWithoutRule withAllRules() {
		return new CoreWithoutRule(Path.of("..", "omnipaxos-core", "target", "classes"));
	}

	static CoreWithoutRule compile(RuleRemoval removal, Path directory) throws IOException {
		Path sources = Files.createDirectories(directory.resolve("sources"));
		Path classes = Files.createDirectories(directory.resolve("classes"));
		List<Path> files = new ArrayList<>();
		try (Stream<Path> originals = Files.walk(CORE)) {
			for (Path original : originals.filter((path) -> path.toString().endsWith(".java")).toList()) {
				Path copy = sources.resolve(CORE.relativize(original));
				Files.createDirectories(copy.getParent());
				Files.writeString(copy, changed(removal, original));
				files.add(copy);
			}
		}
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
			List<String> options = List.of("-nowarn", "-d", classes.toString(), "-cp",
					System.getProperty("java.class.path"));
			if (!compiler.getTask(null, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
				.call()) {
				throw new IllegalStateException(removal + " leaves a core that does not compile");
			}
		}
		return new CoreWithoutRule(classes);
	}

	private static String changed(RuleRemoval removal, Path original) throws IOException {
		String source = Files.readString(original);
		for (RuleRemoval.Change change : removal.changes()) {
			if (original.getFileName().toString().equals(change.file())) {
				source = change.in(source);
			}
		}
		return source;
	}

	/** Runs the simulator on this core; see {@link FailureSearch#search}. */
	String searchFailure(String profile, long seconds) throws IOException, ReflectiveOperationException {
		try (URLClassLoader loader = loader()) {
			Class<?> search = loader.loadClass(FailureSearch.class.getName());
			return (String) search.getMethod("search", String.class, long.class).invoke(null, profile, seconds);
		}
	}

	/** Runs a test of the core on this core; see {@link TestOfCore#run}. */
	String runTest(String method) throws IOException, ReflectiveOperationException {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		try (URLClassLoader loader = loader()) {
			thread.setContextClassLoader(loader);
			return (String) loader.loadClass(TestOfCore.class.getName())
				.getMethod("run", String.class)
				.invoke(null, method);
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private URLClassLoader loader() throws IOException {
		List<URL> path = new ArrayList<>(List.of(this.classes.toUri().toURL()));
		for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
			path.add(Path.of(element).toUri().toURL());
		}
		path.add(TESTS.toUri().toURL());
		return new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
	}

}
