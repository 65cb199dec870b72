package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.nio.channels.SocketChannel;

import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's HTTP connector of every day, except that a request knows the channel that it
 * comes through. Public because Tomcat creates it, by its name.
 *
 * @since 0.1.0
 */
public final class StreamProtocol extends Http11NioProtocol {

	/** Tomcat has 32 places for notes on a request, and uses the first ones. */
	private static final int NOTE = 31;

	@Override
	protected Processor createProcessor() {
		return new ArrivalProcessor(this, getAdapter());
	}

	/**
	 * Returns where the bytes of a request arrive that is being processed, {@code null}
	 * if another connector has it, or its connection is closed.
	 */
	static @Nullable Arrival arrival(Request request) {
		return (request.getNote(NOTE) instanceof ArrivalProcessor processor) ? processor.arrival() : null;
	}

	private static final class ArrivalProcessor extends Http11Processor {

		private ArrivalProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
			super(protocol, adapter);
			this.request.setNote(NOTE, this);
		}

		private @Nullable Arrival arrival() {
			SocketWrapperBase<?> wrapper = getSocketWrapper();
			if (wrapper == null || !(wrapper.getSocket() instanceof NioChannel connection)) {
				return null;
			}
			SocketChannel channel = connection.getIOChannel();
			return (channel != null) ? new TomcatArrival(wrapper, channel, connection instanceof SecureNioChannel)
					: null;
		}

	}

	/**
	 * @param encrypted whether some of the bytes that have arrived may still wait to be
	 * decrypted
	 */
	private record TomcatArrival(SocketWrapperBase<?> wrapper, SocketChannel channel,
			boolean encrypted) implements Arrival {

		@Override
		public boolean hasArrived() throws IOException {
			return this.encrypted && this.wrapper.isReadyForRead();
		}

	}

}
