package io.omnipaxos.benchmarks.system;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;

import org.springframework.util.FileSystemUtils;

/**
 * etcd as it is installed on this machine: a server process beside this one, which is its
 * gRPC client. An entry is the value of one key, put again and again.
 */
final class EtcdSystem implements ReplicatedSystem {

	private static final int CLIENTS = 0;

	private static final int PEERS = 1;

	private static final byte[] KEY = { 'k' };

	private static final MethodDescriptor<byte[], byte[]> PUT = MethodDescriptor.<byte[], byte[]>newBuilder()
		.setType(MethodDescriptor.MethodType.UNARY)
		.setFullMethodName("etcdserverpb.KV/Put")
		.setRequestMarshaller(new Bytes())
		.setResponseMarshaller(new Bytes())
		.build();

	private final NodeSettings settings;

	private final Path data;

	private final Process server;

	private final ManagedChannel channel;

	private final HttpClient http = HttpClient.newHttpClient();

	private EtcdSystem(NodeSettings settings, Path data) throws IOException {
		this.settings = settings;
		this.data = data;
		String peers = settings.pids()
			.mapToObj((pid) -> name(pid) + "=" + url(pid, PEERS))
			.collect(Collectors.joining(","));
		this.server = new ProcessBuilder("etcd", "--name", name(settings.pid()), "--data-dir", data.toString(),
				"--listen-client-urls", url(settings.pid(), CLIENTS), "--advertise-client-urls",
				url(settings.pid(), CLIENTS), "--listen-peer-urls", url(settings.pid(), PEERS),
				"--initial-advertise-peer-urls", url(settings.pid(), PEERS), "--initial-cluster", peers,
				"--initial-cluster-token", "benchmark-" + settings.port(1, PEERS), "--log-level", "warn",
				"--quota-backend-bytes", Long.toString(8L << 30))
			.redirectErrorStream(true)
			.redirectOutput(settings.directory().resolve("etcd.txt").toFile())
			.start();
		this.channel = ManagedChannelBuilder.forAddress(NodeSettings.HOST, settings.port(CLIENTS))
			.usePlaintext()
			.directExecutor()
			.build();
	}

	static EtcdSystem onDisk(NodeSettings settings) throws IOException {
		return new EtcdSystem(settings, settings.directory().resolve("data"));
	}

	static EtcdSystem inSharedMemory(NodeSettings settings) throws IOException {
		Path data = Files.createTempDirectory(Path.of("/dev/shm"), "etcd-benchmark-");
		return new EtcdSystem(settings, data);
	}

	/** Returns whether there is an etcd to run. */
	static boolean isInstalled() {
		return List.of(System.getenv("PATH").split(":"))
			.stream()
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, "etcd")));
	}

	private static String name(int pid) {
		return "node-" + pid;
	}

	private String url(int pid, int use) {
		return "http://%s:%d".formatted(NodeSettings.HOST, this.settings.port(pid, use));
	}

	@Override
	public boolean leads() {
		try {
			HttpResponse<String> metrics = this.http.send(
					HttpRequest.newBuilder(URI.create(url(this.settings.pid(), CLIENTS) + "/metrics")).build(),
					HttpResponse.BodyHandlers.ofString());
			return metrics.body().lines().anyMatch("etcd_server_is_leader 1"::equals);
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void append(byte[] entry, Completion completion) {
		ClientCalls.asyncUnaryCall(this.channel.newCall(PUT, CallOptions.DEFAULT), putRequest(entry),
				new StreamObserver<byte[]>() {

					@Override
					public void onNext(byte[] response) {
					}

					@Override
					public void onError(Throwable failure) {
						completion.completed(failure);
					}

					@Override
					public void onCompleted() {
						completion.completed(null);
					}

				});
	}

	/**
	 * A {@code PutRequest} in the wire format of protocol buffers: 1 = key, 2 = value.
	 */
	private static byte[] putRequest(byte[] value) {
		ByteArrayOutputStream request = new ByteArrayOutputStream(value.length + 16);
		writeField(request, 1, KEY);
		writeField(request, 2, value);
		return request.toByteArray();
	}

	private static void writeField(ByteArrayOutputStream to, int number, byte[] content) {
		to.write(number << 3 | 2);
		int length = content.length;
		while (length >= 0x80) {
			to.write(length & 0x7f | 0x80);
			length >>>= 7;
		}
		to.write(length);
		to.writeBytes(content);
	}

	@Override
	public void close() throws IOException {
		this.channel.shutdownNow();
		this.server.destroy();
		try {
			if (!this.server.waitFor(5, TimeUnit.SECONDS)) {
				this.server.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.server.destroyForcibly();
			Thread.currentThread().interrupt();
		}
		FileSystemUtils.deleteRecursively(this.data);
	}

	/** Messages are encoded already. */
	private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

		@Override
		public InputStream stream(byte[] value) {
			return new ByteArrayInputStream(value);
		}

		@Override
		public byte[] parse(InputStream stream) {
			try {
				return stream.readAllBytes();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
