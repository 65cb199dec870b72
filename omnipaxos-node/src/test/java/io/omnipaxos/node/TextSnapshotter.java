package io.omnipaxos.node;

import java.util.List;
import java.util.stream.Stream;

import tools.jackson.core.type.TypeReference;

/** Keeps every entry, so that a test sees exactly which ones a snapshot holds. */
final class TextSnapshotter implements Snapshotter<String, List<String>> {

	private final Runnable whenCreating;

	private TextSnapshotter(Runnable whenCreating) {
		this.whenCreating = whenCreating;
	}

	static EntryType<String> type() {
		return type(() -> {
		});
	}

	static EntryType<String> type(Runnable whenCreating) {
		return TestCluster.TEXTS.snapshots(new TextSnapshotter(whenCreating),
				JacksonEntryCodec.of(new TypeReference<List<String>>() {
				}));
	}

	@Override
	public List<String> create(List<String> entries) {
		this.whenCreating.run();
		return List.copyOf(entries);
	}

	@Override
	public List<String> merge(List<String> base, List<String> delta) {
		return Stream.concat(base.stream(), delta.stream()).toList();
	}

}
