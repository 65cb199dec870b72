/**
 * Tests of the peer streams, over real sockets.
 */
@NullMarked
package io.omnipaxos.autoconfigure.http;

import org.jspecify.annotations.NullMarked;
