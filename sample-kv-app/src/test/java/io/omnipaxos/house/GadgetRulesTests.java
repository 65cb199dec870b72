package io.omnipaxos.house;

import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * Whoever can send bytes to a node must not be able to choose which classes are made of
 * them.
 */
class GadgetRulesTests {

	@ParameterizedTest
	@MethodSource("io.omnipaxos.house.ModuleRulesTests#modules")
	void nothingReadsOrWritesJavaSerialization(String module) {
		noClasses().should()
			.dependOnClassesThat(isOneOf(ObjectInputStream.class, ObjectOutputStream.class, Externalizable.class))
			.orShould()
			.dependOnClassesThat(resideInAPackage("java.beans..").or(resideInAPackage("java.rmi..")))
			.check(House.classesOf(module));
	}

	@ParameterizedTest
	@MethodSource("io.omnipaxos.house.ModuleRulesTests#modules")
	void noDataNamesATypeToJackson(String module) {
		noClasses().should()
			.dependOnClassesThat(isOneOf(JsonTypeInfo.class))
			.orShould()
			.callMethodWhere(target(nameMatching("(activate|enable)DefaultTyping.*|setDefaultTyping.*")))
			.check(House.classesOf(module));
	}

	private static DescribedPredicate<JavaClass> isOneOf(Class<?>... types) {
		List<String> names = Stream.of(types).map(Class::getName).toList();
		return DescribedPredicate.describe("are one of " + names, (type) -> names.contains(type.getName()));
	}

}
