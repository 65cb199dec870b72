/**
 * Auto-configuration of an OmniPaxos node in a Spring Boot application.
 */
@NullMarked
package io.omnipaxos.autoconfigure;

import org.jspecify.annotations.NullMarked;
