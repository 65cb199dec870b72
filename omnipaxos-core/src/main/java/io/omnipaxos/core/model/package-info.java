/**
 * The values that the protocol is about: nodes, ballots, entries, configurations. All are
 * immutable, check themselves when they are made, and know nothing of roles or messages.
 */
@NullMarked
package io.omnipaxos.core.model;

import org.jspecify.annotations.NullMarked;
