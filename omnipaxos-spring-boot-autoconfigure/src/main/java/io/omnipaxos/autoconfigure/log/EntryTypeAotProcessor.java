package io.omnipaxos.autoconfigure.log;

import io.omnipaxos.autoconfigure.ReplicatedEntry;
import io.omnipaxos.node.EntryType;
import io.omnipaxos.node.Snapshotter;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.ResolvableType;

/**
 * Lets a native image read and write the entries of a log, and the snapshots that their
 * {@link ReplicatedEntry @ReplicatedEntry} names: all of them are found by reflection.
 */
class EntryTypeAotProcessor implements BeanRegistrationAotProcessor {

	private final BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
		Class<?> entry = registeredBean.getBeanType().as(EntryType.class).getGeneric(0).resolve();
		return (entry != null) ? (generation, code) -> registerHints(generation.getRuntimeHints().reflection(), entry)
				: null;
	}

	private void registerHints(ReflectionHints hints, Class<?> entry) {
		registerFamily(hints, entry);
		if (LogFactory.isAnnotated(entry)) {
			registerSnapshotter(hints, LogFactory.annotationOf(entry).snapshotter());
		}
	}

	private void registerFamily(ReflectionHints hints, Class<?> type) {
		this.binding.registerReflectionHints(hints, type);
		if (type.isSealed()) {
			for (Class<?> member : type.getPermittedSubclasses()) {
				registerFamily(hints, member);
			}
		}
	}

	@SuppressWarnings("rawtypes")
	private void registerSnapshotter(ReflectionHints hints, Class<? extends Snapshotter> snapshotter) {
		if (snapshotter != Snapshotter.class) {
			hints.registerType(snapshotter, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
			this.binding.registerReflectionHints(hints,
					ResolvableType.forClass(Snapshotter.class, snapshotter).getGeneric(1).getType());
		}
	}

}
