/**
 * What an operator sees of a node: the {@code omnipaxos} endpoint, its health, and
 * metrics.
 */
@NullMarked
package io.omnipaxos.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
