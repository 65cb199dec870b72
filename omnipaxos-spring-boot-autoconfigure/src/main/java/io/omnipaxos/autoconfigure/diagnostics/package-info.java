/**
 * Explains what keeps a node from starting.
 */
@NullMarked
package io.omnipaxos.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
