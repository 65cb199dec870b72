package io.omnipaxos.node;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.omnipaxos.core.SnapshotFolder;
import io.omnipaxos.core.model.Payload;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EntryTypeTests {

	private final EntryType<KeyValue> keyValues = EntryType.of(KeyValue.class);

	@Test
	void aLogIsNamedAfterItsEntries() {
		assertThat(this.keyValues.name()).isEqualTo("keyValue");
		assertThat(this.keyValues.named("kv-2").name()).isEqualTo("kv-2");
		assertThatIllegalArgumentException().isThrownBy(() -> this.keyValues.named("k v"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.keyValues.named("k".repeat(65)));
	}

	@Test
	void anEntryIsReadableJson() {
		byte[] bytes = this.keyValues.codec().encode(new KeyValue("a", 1));
		assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("{\"key\":\"a\",\"value\":1}");
		assertThat(this.keyValues.codec().decode(bytes)).isEqualTo(new KeyValue("a", 1));
	}

	@Test
	void genericEntriesKeepTheirTypes() {
		JacksonEntryCodec<List<KeyValue>> codec = JacksonEntryCodec.of(new TypeReference<>() {
		});
		List<KeyValue> entry = List.of(new KeyValue("a", 1), new KeyValue("b", 2));
		assertThat(codec.decode(codec.encode(entry))).isEqualTo(entry);
	}

	@Test
	void modulesOnTheClassPathSayHowTheirTypesAreWritten() {
		byte[] bytes = JacksonEntryCodec.of(CelsiusModule.Celsius.class).encode(new CelsiusModule.Celsius(21));
		assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("\"21 °C\"");
	}

	@Test
	void bytesArePassedThrough() {
		byte[] bytes = { 1, 2, 3 };
		EntryType<byte[]> type = EntryType.ofBytes("raw");
		assertThat(type.codec().decode(type.codec().encode(bytes))).isSameAs(bytes);
	}

	@Test
	void bytesThatAreNoEntryAreRefused() {
		for (String text : List.of("", "null", "[]", "{", "{\"key\":\"a\",\"value\":1} x")) {
			assertThatIllegalArgumentException().as(text)
				.isThrownBy(() -> this.keyValues.codec().decode(text.getBytes(StandardCharsets.UTF_8)))
				.withMessageContaining("KeyValue");
		}
	}

	@Test
	void anEntryCannotBeNestedWithoutEnd() {
		JacksonEntryCodec<Object> codec = JacksonEntryCodec.of(Object.class);
		byte[] bytes = ("[".repeat(101) + "]".repeat(101)).getBytes(StandardCharsets.UTF_8);
		assertThatIllegalArgumentException().isThrownBy(() -> codec.decode(bytes));
	}

	/** Else it would be decided, and end every subscription at its index. */
	@Test
	void whatCouldNotBeReadIsNotWritten() {
		JacksonEntryCodec<Object> codec = JacksonEntryCodec.of(Object.class);
		Object readable = nested(100);
		assertThat(codec.decode(codec.encode(readable))).isEqualTo(readable);
		assertThatIllegalArgumentException().isThrownBy(() -> codec.encode(nested(101)));
		assertThatIllegalArgumentException().isThrownBy(() -> codec.encode(null)).withMessageContaining("null");
	}

	private static Object nested(int levels) {
		Object value = List.of();
		for (int level = 1; level < levels; level++) {
			value = List.of(value);
		}
		return value;
	}

	@Test
	void anEntryCannotNameAClass() {
		byte[] bytes = "{\"@class\":\"%s\"}".formatted(Gadget.class.getName()).getBytes(StandardCharsets.UTF_8);
		assertThatIllegalArgumentException().isThrownBy(() -> JacksonEntryCodec.of(Shape.class).decode(bytes));
	}

	@Test
	void aSnapshotterFoldsWhatTheCodecsWrote() {
		EntryType<KeyValue> type = this.keyValues.snapshots(new LastValue(), Values.class);
		SnapshotFolder folder = TypedSnapshotFolder.of(type);
		assertThat(folder).isNotNull();
		SnapshotFolder.Fold first = folder.begin(null);
		first.add(List.of(encoded("a", 1), encoded("b", 2)));
		first.add(List.of(encoded("a", 3)));
		SnapshotFolder.Fold second = folder.begin(first.finish());
		second.add(List.of(encoded("c", 4)));
		assertThat(second.finish().asText()).isEqualTo("{\"byKey\":{\"a\":3,\"b\":2,\"c\":4}}");
	}

	@Test
	void aFoldOfNothingIsAnEmptySnapshot() {
		SnapshotFolder folder = TypedSnapshotFolder.of(this.keyValues.snapshots(new LastValue(), Values.class));
		assertThat(folder).isNotNull();
		assertThat(folder.begin(null).finish().asText()).isEqualTo("{\"byKey\":{}}");
		assertThat(TypedSnapshotFolder.of(this.keyValues)).isNull();
	}

	private Payload encoded(String key, long value) {
		return Payload.of(this.keyValues.codec().encode(new KeyValue(key, value)));
	}

	record KeyValue(String key, long value) {
	}

	record Values(Map<String, Long> byKey) {
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
	interface Shape {

	}

	record Gadget() implements Shape {
	}

	static final class LastValue implements Snapshotter<KeyValue, Values> {

		@Override
		public Values create(List<KeyValue> entries) {
			Map<String, Long> byKey = new HashMap<>();
			entries.forEach((entry) -> byKey.put(entry.key(), entry.value()));
			return new Values(byKey);
		}

		@Override
		public Values merge(Values base, Values delta) {
			Map<String, Long> byKey = new HashMap<>(base.byKey());
			byKey.putAll(delta.byKey());
			return new Values(byKey);
		}

	}

}
