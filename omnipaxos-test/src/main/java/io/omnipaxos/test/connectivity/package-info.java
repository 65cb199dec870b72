/**
 * How fast a cluster decides again when not everybody can talk to everybody.
 */
@NullMarked
package io.omnipaxos.test.connectivity;

import org.jspecify.annotations.NullMarked;
