package io.omnipaxos.autoconfigure.http;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Where the bytes of a body arrive, to wait for them there. For whoever reads it. */
interface Arrival {

	/** Returns the channel that can be read when further bytes have arrived. */
	SocketChannel channel();

	/**
	 * Returns whether bytes have arrived already that the channel does not tell of, and
	 * the body itself does not say are {@link java.io.InputStream#available() available}.
	 * @throws IOException if the connection is lost
	 */
	boolean hasArrived() throws IOException;

}
