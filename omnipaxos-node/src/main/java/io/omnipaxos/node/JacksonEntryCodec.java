package io.omnipaxos.node;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * Writes entries as JSON, so that a stored entry can be read by a human. Thread-safe.
 * <p>
 * Reads and writes nothing that is nested deeper than 100 levels, and lets no entry name
 * a class: types that tell their subtypes apart by logical names work, by class names
 * don't. Jackson's modules on the class path are used, Kotlin's for instance.
 * <p>
 * What is written is read for as long as the log lives, and by every node: the settings
 * of a mapper of the application's must not change while a log is in use.
 *
 * @param <T> type of the entries
 */
public final class JacksonEntryCodec<T> implements EntryCodec<T> {

	private static final int MAX_DEPTH = 100;

	private static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
			.streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
			.build())
		.polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder().build())
		// Not the class loader of whichever thread is the first: it may know other
		// modules.
		.findAndAddModules(JacksonEntryCodec.class.getClassLoader())
		.build();

	private final JavaType type;

	private final ObjectWriter writer;

	private final ObjectReader reader;

	private JacksonEntryCodec(JsonMapper mapper, JavaType type) {
		this.type = type;
		this.writer = mapper.writerFor(type);
		this.reader = mapper.readerFor(type);
	}

	/** Returns a codec for a class. */
	public static <T> JacksonEntryCodec<T> of(Class<T> type) {
		return of(type, MAPPER);
	}

	/** Returns a codec for a generic type. */
	public static <T> JacksonEntryCodec<T> of(TypeReference<T> type) {
		return new JacksonEntryCodec<>(MAPPER, MAPPER.constructType(type));
	}

	/**
	 * Returns a codec that uses a mapper of the application's, whose limits and typing
	 * are the application's responsibility.
	 */
	public static <T> JacksonEntryCodec<T> of(Class<T> type, JsonMapper mapper) {
		return new JacksonEntryCodec<>(mapper, mapper.constructType(type));
	}

	/** Returns a codec for a generic type that uses a mapper of the application's. */
	public static <T> JacksonEntryCodec<T> of(TypeReference<T> type, JsonMapper mapper) {
		return new JacksonEntryCodec<>(mapper, mapper.constructType(type));
	}

	@Override
	public byte[] encode(T entry) {
		if (entry == null) {
			throw new IllegalArgumentException("An entry must not be null");
		}
		try {
			return this.writer.writeValueAsBytes(entry);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("Can't write this %s as JSON: %s".formatted(name(), ex.getMessage()),
					ex);
		}
	}

	@Override
	public T decode(byte[] bytes) {
		try {
			T entry = this.reader.readValue(bytes);
			if (entry == null) {
				throw new IllegalArgumentException("Not a %s: null".formatted(name()));
			}
			return entry;
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("Not a %s: %s".formatted(name(), ex.getMessage()), ex);
		}
	}

	private String name() {
		return this.type.toCanonical();
	}

}
