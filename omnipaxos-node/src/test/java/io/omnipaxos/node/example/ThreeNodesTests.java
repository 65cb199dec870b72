package io.omnipaxos.node.example;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** What the README shows does what the README says. */
class ThreeNodesTests {

	@Test
	void whatOneNodeAppendsAnotherReads() {
		PrintStream before = System.out;
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
		try {
			assertTimeoutPreemptively(Duration.ofSeconds(30), () -> ThreeNodes.main(new String[0]));
		}
		finally {
			System.setOut(before);
		}
		assertThat(printed.toString(StandardCharsets.UTF_8).strip())
			.isEqualTo("Decided[index=0, value=KeyValue[key=answer, value=42]]");
	}

}
