/** The code of the README, compiled and run. */
@NullMarked
package io.omnipaxos.node.example;

import org.jspecify.annotations.NullMarked;
