package io.omnipaxos.autoconfigure.nativeimage;

import java.util.List;

import io.omnipaxos.autoconfigure.OmniPaxosAutoConfiguration;
import io.omnipaxos.autoconfigure.ReplicatedEntry;
import io.omnipaxos.autoconfigure.log.OmniPaxosLogAutoConfiguration;
import io.omnipaxos.node.EntryType;
import io.omnipaxos.node.Snapshotter;
import org.junit.jupiter.api.Test;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/** What a native image has to know of the entries of an application. */
class NativeEntriesTests {

	private final RuntimeHints hints = hintsOf(Application.class);

	@Test
	void entriesAreReadAndWrittenInANativeImage() {
		assertThatIsBound(Placed.class, "item");
	}

	@Test
	void membersOfASealedFamilyAreReadAndWritten() {
		assertThatIsBound(Event.Opened.class, "by");
		assertThatIsBound(Event.Closed.class, "why");
	}

	@Test
	void snapshotsAreReadAndWrittenAndMade() {
		assertThatIsBound(Count.class, "orders");
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(Counter.class)
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).accepts(this.hints);
	}

	@Test
	void entriesOfATypeThatTheApplicationDefinesAreReadAndWritten() {
		assertThatIsBound(Note.class, "text");
	}

	private void assertThatIsBound(Class<?> type, String component) {
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(type)
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(type, component)).accepts(this.hints);
	}

	private static RuntimeHints hintsOf(Class<?> application) {
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(application)), new InMemoryGeneratedFiles());
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues.of("omnipaxos.server.pid=1", "omnipaxos.cluster.nodes=1").applyTo(context);
			context.register(application, OmniPaxosLogAutoConfiguration.class, OmniPaxosAutoConfiguration.class);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		}
		return generation.getRuntimeHints();
	}

	@ReplicatedEntry(snapshotter = Counter.class)
	record Placed(String item) {

	}

	record Count(long orders) {

	}

	static class Counter implements Snapshotter<Placed, Count> {

		@Override
		public Count create(List<Placed> entries) {
			return new Count(entries.size());
		}

		@Override
		public Count merge(Count base, Count delta) {
			return new Count(base.orders() + delta.orders());
		}

	}

	@ReplicatedEntry
	sealed interface Event {

		record Opened(String by) implements Event {

		}

		record Closed(String why) implements Event {

		}

	}

	record Note(String text) {

	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage
	static class Application {

		@Bean
		EntryType<Note> notes() {
			return EntryType.of(Note.class);
		}

		@Bean
		EntryType<byte[]> raw() {
			return EntryType.ofBytes("raw");
		}

	}

}
