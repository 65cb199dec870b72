/**
 * Whole applications that form a cluster.
 */
@NullMarked
package io.omnipaxos.autoconfigure.cluster;

import org.jspecify.annotations.NullMarked;
