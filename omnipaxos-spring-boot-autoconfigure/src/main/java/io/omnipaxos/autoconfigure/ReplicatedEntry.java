package io.omnipaxos.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.omnipaxos.node.ReplicatedLog;
import io.omnipaxos.node.Snapshotter;

/**
 * Marks a type whose instances are the entries of a replicated log. It is found in the
 * application's packages as entities are, and there is a {@link ReplicatedLog} bean for
 * it, to be injected by its generic type. It is called after the log, {@code keyValueLog}
 * for {@code keyValue}, unless something else in the application is.
 * <p>
 * Entries and snapshots are stored and sent as JSON, with a {@code JsonMapper} bean named
 * {@code omniPaxosJsonMapper} if there is one, else as
 * {@link io.omnipaxos.node.JacksonEntryCodec} does by itself. The {@code JsonMapper} of
 * the application and {@code spring.jackson} have no say: entries are read for as long as
 * the log lives.
 * <p>
 * A bean of type {@link io.omnipaxos.node.EntryType} for the same class takes the place
 * of all that is said here. May be put on an annotation of the application's own, which
 * then says the same of the types that it is on.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ReplicatedEntry {

	/**
	 * Name of the log, the same on every node, and for ever: data are found by it. By
	 * default the simple name of the type, beginning in lower case: {@code keyValue} for
	 * {@code KeyValue}.
	 */
	String name() default "";

	/**
	 * How entries are folded into snapshots: a bean of this class, or else an instance
	 * that is made for the purpose. By default there are no snapshots.
	 */
	@SuppressWarnings("rawtypes")
	Class<? extends Snapshotter> snapshotter() default Snapshotter.class;

}
