/**
 * What travels between nodes: messages in frames, as CBOR or as JSON.
 * <p>
 * Written by hand, token by token: nothing a peer sends chooses a class, and nothing is
 * read by reflection.
 */
@NullMarked
package io.omnipaxos.node.wire;

import org.jspecify.annotations.NullMarked;
