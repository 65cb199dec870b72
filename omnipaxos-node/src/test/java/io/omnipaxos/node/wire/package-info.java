@NullMarked
package io.omnipaxos.node.wire;

import org.jspecify.annotations.NullMarked;
