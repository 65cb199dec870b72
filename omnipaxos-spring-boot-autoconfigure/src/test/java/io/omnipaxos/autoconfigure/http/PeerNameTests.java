package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.omnipaxos.core.model.NodeId;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Certificates may carry other names than the hosts that peers are reached at. Then these
 * names are what a peer is known by, before anything is said to it.
 */
class PeerNameTests {

	private static final NodeId ONE = new NodeId(1);

	private static final NodeId TWO = new NodeId(2);

	private static final List<String> NAMES = List.of("node-{pid}.kv.example");

	private static final List<String> SECRETS = List.of("what every node of this cluster knows");

	@TempDir
	private static Path directory;

	private static TestAuthority authority;

	private static TestAuthority stranger;

	private static Path keysOfOne;

	private static Path keysOfTwo;

	private static Path keysOfThree;

	private final RecordingHandler one = new RecordingHandler();

	private final RecordingHandler two = new RecordingHandler();

	private final Map<NodeId, Integer> ports = TestNode.freePorts(1, 2, 3);

	@BeforeAll
	static void issueCertificates() {
		authority = new TestAuthority(directory, "authority");
		stranger = new TestAuthority(directory, "stranger");
		keysOfOne = authority.issueForNameOnly("node-1.kv.example");
		keysOfTwo = authority.issueForNameOnly("node-2.kv.example");
		keysOfThree = authority.issueForNameOnly("node-3.kv.example");
	}

	@Test
	void nodesThatAreReachedAtHostsOfOtherNamesAreConnected() {
		try (TestNode first = node(1, keysOfOne, NAMES, this.one);
				TestNode second = node(2, keysOfTwo, NAMES, this.two)) {
			patiently().untilAsserted(() -> assertThat(this.one.connected()).containsExactly(TWO));
			patiently().untilAsserted(() -> assertThat(this.two.connected()).containsExactly(ONE));

			first.transport.send(TestNode.LOG, List.of(first.to(2, 1)));
			second.transport.send(TestNode.LOG, List.of(second.to(1, 2)));

			patiently().untilAsserted(() -> assertThat(this.two.received()).containsExactly(first.to(2, 1)));
			patiently().untilAsserted(() -> assertThat(this.one.received()).containsExactly(second.to(1, 2)));
		}
	}

	@Test
	void theKeysOfANodeAreChangedAndItsNameStays() {
		try (TestNode first = node(1, keysOfOne, NAMES, this.one);
				TestNode second = node(2, keysOfTwo, NAMES, this.two)) {
			patiently().untilAsserted(() -> assertThat(this.one.connected()).containsExactly(TWO));

			first.transport.renew(authority.bundle(authority.issueForNameOnly("node-1.kv.example")));

			patiently().untilAsserted(() -> assertThat(this.one.connected()).containsExactly(TWO, TWO));
			assertThat(detail(second, ONE)).startsWith("stream to");
		}
	}

	@Test
	void anotherNodeInThePlaceOfAPeerIsToldNothing() throws Exception {
		assertThatNothingIsSaid(authority.bundle(keysOfThree), authority.bundle(keysOfOne),
				"is not spoken to: The certificate that n2 shows is of [node-3.kv.example], and not of"
						+ " [node-2.kv.example]");
	}

	@Test
	void aStrangerWhoTakesTheNameOfAPeerIsToldNothing() throws Exception {
		assertThatNothingIsSaid(stranger.bundle(stranger.issueForNameOnly("node-2.kv.example")),
				authority.bundle(keysOfOne), "cannot be reached: ");
	}

	/** A node that has no certificate makes sure of its peers all the same. */
	@Test
	void namesAreAskedForByANodeThatHasNone() throws Exception {
		assertThatNothingIsSaid(authority.bundle(keysOfThree), authority.bundleWithoutKey(),
				"is not spoken to: The certificate that n2 shows");
	}

	@Test
	void whereNoNamesAreGivenCertificatesCarryTheHost() throws Exception {
		try (TlsStranger other = new TlsStranger(this.ports.get(TWO), authority.bundle(keysOfTwo))) {
			try (TestNode first = node(1, keysOfOne, List.of(), this.one)) {
				patiently().untilAsserted(() -> assertThat(detail(first, TWO)).startsWith("cannot be reached: ")
					.contains("No subject alternative names matching IP address 127.0.0.1 found"));
			}
			assertThat(other.spoken()).isZero();
		}
	}

	private void assertThatNothingIsSaid(SslBundle keysOfOther, SslBundle bundle, String detail) throws IOException {
		try (TlsStranger other = new TlsStranger(this.ports.get(TWO), keysOfOther)) {
			try (TestNode first = node(1, bundle, keysOfOne, NAMES, this.one)) {
				patiently().untilAsserted(() -> assertThat(detail(first, TWO)).startsWith(detail));
				patiently().untilAsserted(() -> assertThat(other.left()).isGreaterThanOrEqualTo(2));
			}
			assertThat(other.spoken()).isZero();
		}
		assertThat(this.one.connected()).isEmpty();
	}

	private TestNode node(long pid, Path keys, List<String> names, RecordingHandler handler) {
		return node(pid, authority.bundle(keys), keys, names, handler);
	}

	private TestNode node(long pid, SslBundle bundle, Path keysOfServer, List<String> names, RecordingHandler handler) {
		HttpTransportSecurity security = new HttpTransportSecurity(SECRETS, Duration.ofMinutes(1), bundle, names);
		return new TestNode(pid, TestNode.settings(), security, this.ports, (port) -> {
			TomcatServletWebServerFactory tomcat = TestNode.tomcat(port);
			tomcat.setSsl(authority.server(keysOfServer));
			return tomcat;
		}).start(handler);
	}

	private static String detail(TestNode of, NodeId peer) {
		return of.transport.connections().get(peer).detail();
	}

	private static ConditionFactory patiently() {
		return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10));
	}

}
