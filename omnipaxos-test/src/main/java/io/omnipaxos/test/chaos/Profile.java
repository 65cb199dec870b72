package io.omnipaxos.test.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Which hazards a run meets.
 *
 * @param name what it is called on a command line
 * @param hazards hazards that may occur
 * @param each whether each seed meets all of them, or a random half
 */
public record Profile(String name, Set<Hazard> hazards, boolean each) {

	/** Any mixture of everything. */
	public static final Profile ALL = new Profile("all", EnumSet.allOf(Hazard.class), false);

	/** Nothing but appends and barriers. */
	public static final Profile CALM = new Profile("calm", EnumSet.of(Hazard.BARRIERS), true);

	/** Bad links. */
	public static final Profile LINKS = new Profile("links",
			EnumSet.of(Hazard.LOSS, Hazard.DUPLICATION, Hazard.DELAY, Hazard.CUTS, Hazard.PARTITIONS, Hazard.BARRIERS),
			true);

	/** Links like those of TCP: in order, and broken from time to time, which shows. */
	public static final Profile STREAMS = new Profile("streams", EnumSet.of(Hazard.DELAY, Hazard.IN_ORDER, Hazard.CUTS,
			Hazard.PARTITIONS, Hazard.ANNOUNCED_LINKS, Hazard.ANNOUNCED_LOSSES), true);

	/** Power cuts and bad disks. */
	public static final Profile NODES = new Profile("nodes", EnumSet.of(Hazard.CRASHES, Hazard.LEADER_CRASHES,
			Hazard.PAUSES, Hazard.SLOW_DISKS, Hazard.DISK_ERRORS, Hazard.BARRIERS), true);

	/** Logs that are trimmed and snapshotted while nodes are away. */
	public static final Profile COMPACTION = new Profile("compaction", EnumSet.of(Hazard.TRIMS, Hazard.SNAPSHOTS,
			Hazard.LOSS, Hazard.PARTITIONS, Hazard.CRASHES, Hazard.SLOW_DISKS, Hazard.TINY_LIMITS), true);

	/** Leaders that change all the time. */
	public static final Profile ELECTIONS = new Profile("elections", EnumSet.of(Hazard.PRIORITIES, Hazard.TAKE_OVERS,
			Hazard.HAND_OVERS, Hazard.PARTITIONS, Hazard.DELAY, Hazard.LOSS, Hazard.BARRIERS), true);

	private static final List<Profile> NAMED = List.of(ALL, CALM, LINKS, STREAMS, NODES, COMPACTION, ELECTIONS);

	/**
	 * Returns a profile by its name, or one of exactly the hazards listed.
	 * @param text a name, or hazards separated by commas
	 */
	public static Profile named(String text) {
		for (Profile profile : NAMED) {
			if (profile.name.equals(text)) {
				return profile;
			}
		}
		List<Hazard> listed = Arrays.stream(text.split(","))
			.map((hazard) -> Hazard.valueOf(hazard.trim().toUpperCase(Locale.ROOT).replace('-', '_')))
			.toList();
		return new Profile(text, EnumSet.copyOf(listed), true);
	}

	/** Draws the hazards of one run. */
	Set<Hazard> draw(SplittableRandom random) {
		if (this.each) {
			return this.hazards;
		}
		List<Hazard> some = new ArrayList<>(this.hazards);
		some.removeIf((hazard) -> random.nextBoolean());
		return some.isEmpty() ? EnumSet.noneOf(Hazard.class) : EnumSet.copyOf(some);
	}

}
