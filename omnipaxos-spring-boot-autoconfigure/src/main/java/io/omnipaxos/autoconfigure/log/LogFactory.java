package io.omnipaxos.autoconfigure.log;

import java.lang.reflect.Type;

import io.omnipaxos.autoconfigure.ReplicatedEntry;
import io.omnipaxos.node.EntryCodec;
import io.omnipaxos.node.EntryType;
import io.omnipaxos.node.EntryType.SnapshotType;
import io.omnipaxos.node.JacksonEntryCodec;
import io.omnipaxos.node.OmniPaxosNode;
import io.omnipaxos.node.ReplicatedLog;
import io.omnipaxos.node.Snapshotter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotations;

/**
 * Makes the beans that {@link LogRegistrar} has registered.
 */
class LogFactory {

	private static final String MAPPER = "omniPaxosJsonMapper";

	private final AutowireCapableBeanFactory beans;

	LogFactory(AutowireCapableBeanFactory beans) {
		this.beans = beans;
	}

	/** Makes the entry type that an annotated class describes. */
	<T> EntryType<T> entryType(Class<T> type) {
		return new EntryType<>(nameOfLog(type), codec(type), snapshots(type, annotationOf(type).snapshotter()));
	}

	/** Returns the name of the log that an annotated class describes. */
	static String nameOfLog(Class<?> type) {
		String name = annotationOf(type).name();
		return name.isEmpty() ? EntryType.of(type).name() : name;
	}

	static boolean isAnnotated(Class<?> type) {
		return MergedAnnotations.from(type).isPresent(ReplicatedEntry.class);
	}

	/** Looks at the annotations of annotations, too, as the scanner does. */
	static ReplicatedEntry annotationOf(Class<?> type) {
		return MergedAnnotations.from(type).get(ReplicatedEntry.class).synthesize();
	}

	/** Makes the log of an entry type. */
	ReplicatedLog<?> log(String entryTypeBean) {
		EntryType<?> type = this.beans.getBean(entryTypeBean, EntryType.class);
		return this.beans.getBean(OmniPaxosNode.class).log(type);
	}

	private <T> EntryCodec<T> codec(Type type) {
		TypeReference<T> reference = new TypeReference<>() {

			@Override
			public Type getType() {
				return type;
			}

		};
		// By name only: the settings of the application's mapper change with its web
		// layer.
		return this.beans.containsBean(MAPPER)
				? JacksonEntryCodec.of(reference, this.beans.getBean(MAPPER, JsonMapper.class))
				: JacksonEntryCodec.of(reference);
	}

	@SuppressWarnings("rawtypes")
	private <T> @Nullable SnapshotType<T, ?> snapshots(Class<T> type, Class<? extends Snapshotter> snapshotter) {
		if (snapshotter == Snapshotter.class) {
			return null;
		}
		ResolvableType resolved = ResolvableType.forClass(Snapshotter.class, snapshotter);
		if (resolved.getGeneric(0).resolve() != type || resolved.getGeneric(1).resolve() == null) {
			throw new IllegalStateException("%s must implement Snapshotter<%s, ...> with the type of its snapshots"
				.formatted(snapshotter.getName(), type.getSimpleName()));
		}
		return snapshots(snapshotter, resolved.getGeneric(1).getType());
	}

	@SuppressWarnings("unchecked")
	private <T> SnapshotType<T, Object> snapshots(Class<?> type, Type snapshot) {
		Object snapshotter = this.beans.getBeanProvider(type).getIfAvailable();
		if (snapshotter == null) {
			snapshotter = this.beans.createBean(type);
		}
		return new SnapshotType<>((Snapshotter<T, Object>) snapshotter, codec(snapshot));
	}

}
