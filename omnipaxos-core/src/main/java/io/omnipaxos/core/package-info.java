/**
 * The OmniPaxos protocol as a deterministic state machine.
 * <p>
 * Nothing here reads a clock, starts a thread, opens a socket or draws a random number.
 * Time arrives as ticks, messages arrive as method calls, and everything the protocol
 * wants done leaves as {@link io.omnipaxos.core.Effects}. The only thing asked of the
 * outside in between is the {@link io.omnipaxos.core.storage.Storage}, for entries that
 * are no longer in memory. The same inputs in the same order therefore always give the
 * same outputs, which is what lets a failing simulation be replayed from its seed.
 * <p>
 * This module depends on the JDK and on JSpecify, and on nothing else.
 */
@NullMarked
package io.omnipaxos.core;

import org.jspecify.annotations.NullMarked;
