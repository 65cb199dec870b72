/**
 * Application events about a node's logs.
 */
@NullMarked
package io.omnipaxos.autoconfigure.event;

import org.jspecify.annotations.NullMarked;
