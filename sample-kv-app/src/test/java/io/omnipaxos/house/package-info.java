/**
 * Rules that hold for the whole project: who may know whom, how large things may get, and
 * that the documents say what the code does.
 */
@NullMarked
package io.omnipaxos.house;

import org.jspecify.annotations.NullMarked;
