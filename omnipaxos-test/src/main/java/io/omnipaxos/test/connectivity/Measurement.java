package io.omnipaxos.test.connectivity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Numbers of election timeouts, and what they amount to. */
public final class Measurement {

	private final String what;

	private final List<Double> rounds = new ArrayList<>();

	Measurement(String what) {
		this.what = what;
	}

	void add(double electionTimeouts) {
		this.rounds.add(electionTimeouts);
	}

	/** Returns what was measured. */
	public String what() {
		return this.what;
	}

	/** Returns how often it was measured. */
	public int count() {
		return this.rounds.size();
	}

	/** Returns the longest that it took. */
	public double longest() {
		return share(1);
	}

	/** Returns what a share of all stayed within. */
	public double share(double part) {
		List<Double> sorted = new ArrayList<>(this.rounds);
		Collections.sort(sorted);
		return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(part * sorted.size())));
	}

	/** Returns a row of a table. */
	public String row() {
		return String.format(Locale.ROOT, "| %s | %d | %.2f | %.2f | %.2f | %.2f |", this.what, count(), share(0.5),
				share(0.99), share(0.999), longest());
	}

}
