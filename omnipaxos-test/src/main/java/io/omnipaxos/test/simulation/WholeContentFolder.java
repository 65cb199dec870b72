package io.omnipaxos.test.simulation;

import java.util.Arrays;
import java.util.List;

import io.omnipaxos.core.SnapshotFolder;
import io.omnipaxos.core.model.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Folds entries into a snapshot that still holds all of them, so that nothing can be
 * missing or twice without being seen. Each ends with a mark of the node, so that pieces
 * of two nodes' snapshots can't be put together without being seen. Entries must have no
 * control characters.
 */
public final class WholeContentFolder implements SnapshotFolder {

	private static final char FIRST_MARK = 1;

	private static final char LAST_MARK = ' ' - 1;

	private final char mark;

	/**
	 * Creates the folder of one node.
	 * @param number place of the node in its cluster, from 0
	 */
	public WholeContentFolder(int number) {
		if (number < 0 || number > LAST_MARK - FIRST_MARK) {
			throw new IllegalArgumentException("There is no mark for node number " + number);
		}
		this.mark = (char) (FIRST_MARK + number);
	}

	@Override
	public Fold begin(@Nullable Payload base) {
		StringBuilder content = new StringBuilder();
		if (base != null) {
			entries(base).forEach((entry) -> content.append(entry).append(this.mark));
		}
		return new Fold() {

			@Override
			public void add(List<Payload> entries) {
				entries.forEach((entry) -> content.append(entry.asText()).append(WholeContentFolder.this.mark));
			}

			@Override
			public Payload finish() {
				return Payload.ofText(content.toString());
			}

		};
	}

	/**
	 * Returns the entries that a snapshot holds.
	 * @throws InvariantViolation if it is not of one node
	 */
	public static List<String> entries(Payload snapshot) {
		String content = snapshot.asText();
		if (content.isEmpty()) {
			return List.of();
		}
		int[] marks = content.chars().filter((character) -> character <= LAST_MARK).distinct().toArray();
		if (marks.length != 1 || content.charAt(content.length() - 1) != marks[0]) {
			throw new InvariantViolation("a snapshot is made of one node's pieces",
					"%d bytes with the marks %s".formatted(snapshot.size(), Arrays.toString(marks)), null);
		}
		List<String> entries = List.of(content.split(Character.toString(marks[0]), -1));
		return entries.subList(0, entries.size() - 1);
	}

}
