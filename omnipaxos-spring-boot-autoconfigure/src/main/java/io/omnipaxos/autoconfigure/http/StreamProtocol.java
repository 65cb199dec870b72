package io.omnipaxos.autoconfigure.http;

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
		return new ChannelProcessor(this, getAdapter());
	}

	/**
	 * Returns the channel of a request that is being processed, {@code null} if it is
	 * unknown, closed, or carries encrypted bytes.
	 */
	static @Nullable SocketChannel channel(Request request) {
		return (request.getNote(NOTE) instanceof ChannelProcessor processor) ? processor.channel() : null;
	}

	private static final class ChannelProcessor extends Http11Processor {

		private ChannelProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
			super(protocol, adapter);
			this.request.setNote(NOTE, this);
		}

		private @Nullable SocketChannel channel() {
			SocketWrapperBase<?> wrapper = getSocketWrapper();
			if (wrapper == null || wrapper.getSocket() instanceof SecureNioChannel) {
				return null;
			}
			return (wrapper.getSocket() instanceof NioChannel channel) ? channel.getIOChannel() : null;
		}

	}

}
