/**
 * Tests of the application events.
 */
@NullMarked
package io.omnipaxos.autoconfigure.event;

import org.jspecify.annotations.NullMarked;
