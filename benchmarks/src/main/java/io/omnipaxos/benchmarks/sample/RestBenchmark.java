package io.omnipaxos.benchmarks.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

import org.HdrHistogram.Histogram;

/**
 * What a user of the sample's REST API sees, beside the HTTP gateway of etcd where it is
 * installed: writes and linearizable reads, with one connection and with 64 that spread
 * over all nodes.
 */
public final class RestBenchmark {

	/** The sample, which is built together with this. */
	static final Path JAR = Path.of("sample-kv-app/target/sample-kv-app.jar").toAbsolutePath();

	private static final List<Integer> CONNECTIONS = List.of(1, 64);

	private final int seconds;

	/** How long each kind of request is made before, that its code be compiled. */
	private final int compilationSeconds;

	private RestBenchmark(int seconds, int compilationSeconds) {
		this.seconds = seconds;
		this.compilationSeconds = compilationSeconds;
	}

	/**
	 * Runs it: how many seconds to measure, twenty if not told, and how long to make each
	 * kind of request before, 120: three young processes and the client compile for two
	 * minutes and longer where there are two cores.
	 */
	public static void main(String[] args) throws Exception {
		RestBenchmark benchmark = new RestBenchmark((args.length > 0) ? Integer.parseInt(args[0]) : 20,
				(args.length > 1) ? Integer.parseInt(args[1]) : 120);
		Path directory = Files.createTempDirectory(
				Files.createDirectories(Path.of("benchmarks/target/clusters").toAbsolutePath()), "rest-");
		System.out.println("| | connections | requests/s | p50 us | p99 us | p99.9 us | failed |");
		System.out.println("|---|--:|--:|--:|--:|--:|--:|");
		try (SampleCluster cluster = new SampleCluster(JAR, directory)) {
			List<String> urls = cluster.nodes().stream().map(SampleNode::url).toList();
			benchmark.measure("sample on H2, `PUT`", urls, RestBenchmark::samplePut);
			benchmark.measure("sample on H2, linearizable `GET`", urls, RestBenchmark::sampleGet);
		}
		if (EtcdServers.areInstalled()) {
			try (EtcdServers etcd = new EtcdServers(directory)) {
				benchmark.measure("etcd gateway, put", etcd.urls(), RestBenchmark::etcdPut);
				benchmark.measure("etcd gateway, linearizable range", etcd.urls(), RestBenchmark::etcdGet);
			}
		}
	}

	private void measure(String what, List<String> urls, Function<String, HttpRequest> request)
			throws IOException, InterruptedException {
		List<HttpRequest> requests = urls.stream().map(request).toList();
		new RestLoad(requests).run(Collections.max(CONNECTIONS), Math.max(1, this.compilationSeconds / 2));
		for (int connections : CONNECTIONS) {
			RestLoad load = new RestLoad(requests);
			Histogram latencies = load.run(connections, this.seconds);
			System.out.printf("| %s | %d | %,d | %,d | %,d | %,d | %d |%n", what, connections,
					latencies.getTotalCount() / this.seconds, micros(latencies, 50), micros(latencies, 99),
					micros(latencies, 99.9), load.failures());
		}
	}

	private static long micros(Histogram nanos, double percentile) {
		return nanos.getValueAtPercentile(percentile) / 1000;
	}

	private static HttpRequest samplePut(String url) {
		return request(url + "/kv/answer").PUT(HttpRequest.BodyPublishers.ofString("42")).build();
	}

	private static HttpRequest sampleGet(String url) {
		return request(url + "/kv/answer").build();
	}

	/** Keys and values are Base64. */
	private static HttpRequest etcdPut(String url) {
		return request(url + "/v3/kv/put")
			.POST(HttpRequest.BodyPublishers.ofString("{\"key\":\"YW5zd2Vy\",\"value\":\"NDI=\"}"))
			.build();
	}

	private static HttpRequest etcdGet(String url) {
		return request(url + "/v3/kv/range").POST(HttpRequest.BodyPublishers.ofString("{\"key\":\"YW5zd2Vy\"}"))
			.build();
	}

	private static HttpRequest.Builder request(String url) {
		return HttpRequest.newBuilder(URI.create(url));
	}

}
