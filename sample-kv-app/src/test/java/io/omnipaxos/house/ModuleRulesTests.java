package io.omnipaxos.house;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessClassesThat;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** Which module may know what. */
class ModuleRulesTests {

	private static final String[] SPRING_AND_SERVLET = { "org.springframework..", "jakarta.servlet.." };

	/** Rooms of this house that each room may know, itself included. */
	private static final Map<String, List<String>> KNOWN_ROOMS = Map.of( //
			"omnipaxos-core", List.of("core"), //
			"omnipaxos-test", List.of("core", "test"), //
			"omnipaxos-storage", List.of("core", "storage"), //
			"omnipaxos-node", List.of("core", "node"), //
			"omnipaxos-spring-boot-autoconfigure", List.of("core", "storage", "node", "autoconfigure"), //
			"sample-kv-app", List.of("core", "node", "autoconfigure", "sample.kv"));

	/** All but the benchmarks, which may know every room and are known in none. */
	static Stream<String> modules() {
		return House.modules()
			.stream()
			.map((module) -> module.getFileName().toString())
			.filter((module) -> !module.equals("benchmarks"));
	}

	@ParameterizedTest
	@MethodSource("modules")
	void modulesKnowOnlyTheRoomsBelowThem(String module) {
		assertThat(KNOWN_ROOMS).as("a module without a rule").containsKey(module);
		String[] known = KNOWN_ROOMS.get(module)
			.stream()
			.map((room) -> "io.omnipaxos." + room + "..")
			.toArray(String[]::new);
		noClasses()
			.should(dependOnClassesThat(resideInAnyPackage("io.omnipaxos..").and(resideOutsideOfPackages(known))))
			.check(House.classesOf(module));
	}

	@ParameterizedTest
	@MethodSource("modules")
	void modulesKeepToTheirRootPackage(String module) {
		List<String> rooms = KNOWN_ROOMS.get(module);
		String own = "io.omnipaxos." + rooms.get(rooms.size() - 1) + "..";
		classes().should().resideInAPackage(own).check(House.classesOf(module));
	}

	@ParameterizedTest
	@MethodSource("modules")
	void packagesFormNoCycles(String module) {
		slices().assignedFrom(new PackageSlices()).should().beFreeOfCycles().check(House.classesOf(module));
	}

	@Test
	void coreKnowsTheJdkAndJSpecifyOnly() {
		classes().should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("io.omnipaxos.core..", "java..", "org.jspecify..")
			.check(core());
	}

	@Test
	void coreDoesNoInputOrOutput() {
		noClasses()
			.should(dependOnClassesThat(resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..",
					"java.sql..", "java.util.logging..")))
			.andShould(dependOnClassesThat(
					named("java.io", "File", "FileInputStream", "FileOutputStream", "PrintStream", "RandomAccessFile")))
			.check(core());
	}

	@Test
	void coreReadsNoClockAndHasNoChance() {
		noClasses()
			.should(accessClassesThat(named("java.util", "Random", "SplittableRandom", "UUID", "Timer")
				.or(named("java.security", "SecureRandom"))
				.or(resideInAnyPackage("java.util.random..", "java.time.."))))
			.check(core());
		noClasses().should().callMethod(System.class, "currentTimeMillis").check(core());
		noClasses().should().callMethod(System.class, "nanoTime").check(core());
		noClasses().should().callMethod(Math.class, "random").check(core());
	}

	/**
	 * What readers share with the replica's thread may be safe for that; nothing waits.
	 */
	@Test
	void coreStartsNoThreadAndWaitsForNone() {
		noClasses()
			.should(dependOnClassesThat(resideInAnyPackage("java.util.concurrent..")
				.and(resideOutsideOfPackages("java.util.concurrent.atomic.."))
				.and(not(named("java.util.concurrent", "ConcurrentHashMap", "ConcurrentHashMap$KeySetView")))))
			.check(core());
		noClasses().should(callMethodWhere(target(owner(type(Thread.class))).and(not(target(name("onSpinWait"))))))
			.check(core());
		noClasses().should().callConstructorWhere(target(owner(assignableTo(Thread.class)))).check(core());
	}

	@ParameterizedTest
	@MethodSource("modules")
	void onlyAutoconfigureAndTheSampleKnowSpringAndServlets(String module) {
		if (!List.of("omnipaxos-spring-boot-autoconfigure", "sample-kv-app").contains(module)) {
			noClasses().should()
				.dependOnClassesThat()
				.resideInAnyPackage(SPRING_AND_SERVLET)
				.check(House.classesOf(module));
		}
	}

	@Test
	void everyPackageIsNullMarked() {
		assertThat(House.sources("src/main/java")).map(Path::getParent)
			.allSatisfy((folder) -> assertThat(Files.readString(folder.resolve("package-info.java")))
				.contains("@NullMarked"));
	}

	private static JavaClasses core() {
		return House.classesOf("omnipaxos-core");
	}

	private static DescribedPredicate<JavaClass> named(String packageName, String... simpleNames) {
		List<String> names = Arrays.stream(simpleNames).map((name) -> packageName + "." + name).toList();
		return DescribedPredicate.describe("are one of " + names, (type) -> names.contains(type.getName()));
	}

	/** One slice a package. */
	private static final class PackageSlices implements SliceAssignment {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass type) {
			return type.getPackageName().startsWith("io.omnipaxos") ? SliceIdentifier.of(type.getPackageName())
					: SliceIdentifier.ignore();
		}

		@Override
		public String getDescription() {
			return "packages";
		}

	}

}
