/**
 * The application that README.md builds step by step; what it quotes stands here, and
 * runs.
 */
@NullMarked
package io.omnipaxos.sample.tutorial;

import org.jspecify.annotations.NullMarked;
