/**
 * Applications in which names are taken.
 */
@NullMarked
package io.omnipaxos.autoconfigure.lognames;

import org.jspecify.annotations.NullMarked;
