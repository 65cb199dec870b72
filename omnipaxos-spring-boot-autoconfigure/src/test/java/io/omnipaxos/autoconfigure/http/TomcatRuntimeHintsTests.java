package io.omnipaxos.autoconfigure.http;

import org.apache.coyote.ProtocolHandler;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

import static org.assertj.core.api.Assertions.assertThat;

class TomcatRuntimeHintsTests {

	@Test
	void tomcatCanCreateTheConnectorByItsName() throws Exception {
		RuntimeHints hints = new RuntimeHints();

		new TomcatRuntimeHints().registerHints(hints, getClass().getClassLoader());

		assertThat(RuntimeHintsPredicates.reflection()
			.onType(StreamProtocol.class)
			.withMemberCategory(MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS)).accepts(hints);
		assertThat(ProtocolHandler.create(StreamProtocol.class.getName())).isInstanceOf(StreamProtocol.class);
	}

}
