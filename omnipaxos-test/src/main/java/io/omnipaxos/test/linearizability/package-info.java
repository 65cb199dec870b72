/**
 * Whether what clients saw could have been seen of a single object that nobody shared:
 * one search, and a model of each object.
 */
@NullMarked
package io.omnipaxos.test.linearizability;

import org.jspecify.annotations.NullMarked;
