/**
 * Peer streams: one long-lived HTTP request from each node to each of its peers, whose
 * body carries the messages of all logs.
 * <p>
 * The outgoing half is the JDK's HTTP client, the incoming half a servlet on the
 * application's own web server. Neither half ever makes a log wait.
 */
@NullMarked
package io.omnipaxos.autoconfigure.http;

import org.jspecify.annotations.NullMarked;
