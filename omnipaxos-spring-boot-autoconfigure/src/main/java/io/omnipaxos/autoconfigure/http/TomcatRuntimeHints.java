package io.omnipaxos.autoconfigure.http;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * {@link RuntimeHintsRegistrar} for the connector, which Tomcat creates by its name.
 */
class TomcatRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.reflection().registerType(StreamProtocol.class, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
	}

}
