@NullMarked
package io.omnipaxos.node;

import org.jspecify.annotations.NullMarked;
