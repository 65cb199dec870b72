package io.omnipaxos.sample.tutorial;

import java.util.Map;

/** The last value of every key. */
public record KeyValueSnapshot(Map<String, Long> values) {
}
