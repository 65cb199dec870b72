package io.omnipaxos.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;

import static javax.lang.model.element.Modifier.STATIC;

/**
 * What a Java file consists of, as the compiler's own parser sees it.
 *
 * @param path file, relative to the root of the project
 * @param lines how many lines it has
 * @param code its lines, with every string literal emptied
 * @param types its types, nested ones included
 * @param methods its methods and constructors
 * @param qualifiedNames names in its code that are spelled with their package
 */
record JavaSource(Path path, int lines, List<String> code, List<Type> types, List<Method> methods,
		List<String> qualifiedNames) {

	/**
	 * A class, record, interface or enum.
	 *
	 * @param name simple name
	 * @param instanceFields how many fields each instance has; none for a record
	 */
	record Type(String name, int instanceFields) {
	}

	/**
	 * A method or constructor.
	 *
	 * @param name {@code Type.method}
	 * @param lines how many lines it takes, without its Javadoc
	 * @param parameters how many parameters it has
	 * @param constructor whether it is a constructor, and not of a record
	 */
	record Method(String name, int lines, int parameters, boolean constructor) {
	}

	/** Returns the name of the file. */
	String name() {
		return this.path.getFileName().toString();
	}

	/** Parses files. */
	static List<JavaSource> parse(List<Path> files) {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, Locale.ROOT,
				StandardCharsets.UTF_8)) {
			JavacTask task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null,
					manager.getJavaFileObjectsFromPaths(files));
			SourcePositions positions = Trees.instance(task).getSourcePositions();
			List<JavaSource> sources = new ArrayList<>();
			for (CompilationUnitTree unit : task.parse()) {
				sources.add(of(unit, positions));
			}
			return sources;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static JavaSource of(CompilationUnitTree unit, SourcePositions positions) throws IOException {
		Path file = House.root().relativize(Path.of(unit.getSourceFile().toUri()));
		String text = unit.getSourceFile().getCharContent(true).toString();
		JavaSource source = new JavaSource(file, (int) text.lines().count(), withoutLiterals(text, unit, positions),
				new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
		Scanner scanner = new Scanner(source, unit, positions);
		unit.getTypeDecls().forEach((type) -> type.accept(scanner, ""));
		return source;
	}

	private static List<String> withoutLiterals(String text, CompilationUnitTree unit, SourcePositions positions) {
		List<Tree> literals = new ArrayList<>();
		new LiteralScanner().scan(unit, literals);
		// The parser gives a record component's annotations to several trees.
		NavigableMap<Long, Long> ends = new TreeMap<>();
		literals.forEach((literal) -> ends.put(positions.getStartPosition(unit, literal),
				positions.getEndPosition(unit, literal)));
		StringBuilder code = new StringBuilder(text);
		ends.descendingMap().forEach((start, end) -> code.replace(start.intValue(), end.intValue(), "\"\""));
		return code.toString().lines().toList();
	}

	/** Gathers the string literals of a file, text blocks included. */
	private static final class LiteralScanner extends TreeScanner<Void, List<Tree>> {

		@Override
		public Void visitLiteral(LiteralTree literal, List<Tree> found) {
			if (literal.getKind() == Tree.Kind.STRING_LITERAL) {
				found.add(literal);
			}
			return super.visitLiteral(literal, found);
		}

	}

	/**
	 * Gathers what a file consists of; its parameter is the name of the enclosing type.
	 */
	private static final class Scanner extends TreeScanner<Void, String> {

		private final JavaSource source;

		private final CompilationUnitTree unit;

		private final SourcePositions positions;

		Scanner(JavaSource source, CompilationUnitTree unit, SourcePositions positions) {
			this.source = source;
			this.unit = unit;
			this.positions = positions;
		}

		@Override
		public Void visitClass(ClassTree type, String enclosing) {
			String name = type.getSimpleName().isEmpty() ? enclosing : type.getSimpleName().toString();
			boolean record = type.getKind() == Tree.Kind.RECORD;
			this.source.types.add(new Type(name, record ? 0 : instanceFields(type)));
			for (Tree member : type.getMembers()) {
				if (member instanceof MethodTree method) {
					boolean constructor = method.getName().contentEquals("<init>");
					this.source.methods.add(new Method(name + "." + (constructor ? "new" : method.getName()),
							lines(method), method.getParameters().size(), constructor && !record));
				}
			}
			return super.visitClass(type, name);
		}

		private static int instanceFields(ClassTree type) {
			return (int) type.getMembers()
				.stream()
				.filter((member) -> member instanceof VariableTree field
						&& !field.getModifiers().getFlags().contains(STATIC))
				.count();
		}

		private int lines(MethodTree method) {
			LineMap map = this.unit.getLineMap();
			long start = this.positions.getStartPosition(this.unit, method);
			long end = this.positions.getEndPosition(this.unit, method);
			return (end < 0) ? 0 : (int) (map.getLineNumber(end) - map.getLineNumber(start) + 1);
		}

		@Override
		public Void visitMemberSelect(MemberSelectTree select, String enclosing) {
			String name = select.toString();
			if (name.matches("(java|javax|jakarta|org|com|io|tools)\\.[a-z.]+\\.[A-Z]\\w*")) {
				this.source.qualifiedNames.add(name);
			}
			return super.visitMemberSelect(select, enclosing);
		}

	}

}
