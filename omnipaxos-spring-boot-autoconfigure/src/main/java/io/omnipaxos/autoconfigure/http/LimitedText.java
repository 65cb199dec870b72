package io.omnipaxos.autoconfigure.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

import org.jspecify.annotations.Nullable;

/**
 * Reads the beginning of an answer, however long the answer is.
 */
final class LimitedText implements BodySubscriber<String> {

	private static final int MAX_BYTES = 4 << 10;

	private final CompletableFuture<String> text = new CompletableFuture<>();

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private @Nullable Subscription subscription;

	@Override
	public CompletionStage<String> getBody() {
		return this.text;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.subscription = subscription;
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(List<ByteBuffer> buffers) {
		for (ByteBuffer buffer : buffers) {
			while (buffer.hasRemaining() && this.bytes.size() < MAX_BYTES) {
				this.bytes.write(buffer.get());
			}
		}
		Subscription upstream = this.subscription;
		if (this.bytes.size() == MAX_BYTES && upstream != null) {
			this.subscription = null;
			upstream.cancel();
			onComplete();
		}
	}

	@Override
	public void onError(Throwable failure) {
		this.text.completeExceptionally(failure);
	}

	@Override
	public void onComplete() {
		this.text.complete(this.bytes.toString(StandardCharsets.UTF_8));
	}

}
