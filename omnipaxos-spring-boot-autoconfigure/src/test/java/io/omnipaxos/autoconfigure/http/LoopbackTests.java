package io.omnipaxos.autoconfigure.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class LoopbackTests {

	private static final String HERE = "127.0.0.1";

	private static final String ELSEWHERE = "192.0.2.7";

	@ParameterizedTest
	@ValueSource(strings = { HERE, "127.0.1.1", "127.255.255.254", "::1", "0:0:0:0:0:0:0:1", "[::1]",
			"[0:0:0:0:0:0:0:1]", "0:0:0:0:0:0:0:1%lo", "::1%1", "::ffff:127.0.0.1", "[::ffff:7f00:1]" })
	void knowsEveryFormOfALoopbackAddress(String address) {
		assertThat(Loopback.isAddress(address)).isTrue();
	}

	@ParameterizedTest
	@NullAndEmptySource
	@ValueSource(strings = { ELSEWHERE, "0.0.0.0", "::", "::2", "fe80::1%lo", "::ffff:192.0.2.7", "1127.0.0.1",
			"127.0.0.1.example", "127.1", "localhost", "127.0.0.1:8080", "[", "::1::1", "unix:/run/socket" })
	void takesNothingElseForOne(String address) {
		assertThat(Loopback.isAddress(address)).isFalse();
	}

	@Test
	void bothEndsOfAConnectionAreOfThisMachine() {
		assertThat(Loopback.carries(request(HERE, HERE))).isTrue();
		assertThat(Loopback.carries(request("[::1]", "0:0:0:0:0:0:0:1"))).isTrue();
		assertThat(Loopback.carries(request(ELSEWHERE, HERE))).isFalse();
		assertThat(Loopback.carries(request(HERE, ELSEWHERE))).as("forwarded by the network").isFalse();
	}

	@Test
	void whatAFilterSaysOfTheAddressesDoesNotCountAlone() {
		assertThat(Loopback.carries(seenAs(HERE, HERE, request(HERE, HERE)))).isTrue();
		assertThat(Loopback.carries(seenAs(HERE, HERE, request(ELSEWHERE, ELSEWHERE)))).isFalse();
		assertThat(Loopback.carries(seenAs(HERE, HERE, seenAs(HERE, HERE, request(ELSEWHERE, HERE))))).isFalse();
		assertThat(Loopback.carries(seenAs(HERE, ELSEWHERE, request(HERE, HERE)))).as("through a proxy").isFalse();
	}

	private static HttpServletRequest request(String local, String remote) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setLocalAddr(local);
		request.setRemoteAddr(remote);
		return request;
	}

	private static HttpServletRequest seenAs(String local, String remote, HttpServletRequest request) {
		return new HttpServletRequestWrapper(request) {

			@Override
			public String getLocalAddr() {
				return local;
			}

			@Override
			public String getRemoteAddr() {
				return remote;
			}

		};
	}

}
