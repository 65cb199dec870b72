package io.omnipaxos.test.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.omnipaxos.test.simulation.InvariantViolation;
import io.omnipaxos.test.simulation.Observer;
import io.omnipaxos.test.simulation.RandomChance;
import io.omnipaxos.test.simulation.Trace;
import org.jspecify.annotations.Nullable;

/**
 * Why a run failed: the shortest plan that still fails in the same way, and its trace.
 */
final class Explanation {

	private static final Duration TIME_TO_SHRINK = Duration.ofSeconds(20);

	private static final int LONGEST_TRACE = 400;

	private final RandomRun run;

	private final InvariantViolation violation;

	private final Plan plan;

	Explanation(RandomRun run, InvariantViolation violation) {
		this.run = run;
		this.violation = violation;
		this.plan = run.plan();
	}

	String text() {
		List<Object> parts = new ArrayList<>(this.plan.steps());
		parts.addAll(recordLuck());
		InvariantViolation last = fails(parts);
		if (last == null) {
			return "%s%n%nNot found again when replayed; see %s".formatted(this.violation.getMessage(), command());
		}
		List<Object> shortest = new Shrinker<Object>((some) -> fails(some) != null, TIME_TO_SHRINK).shrink(parts);
		List<String> trace = new ArrayList<>();
		InvariantViolation shown = fails(shortest, new Trace(trace::add, false));
		String steps = shortest.stream().map(Object::toString).collect(Collectors.joining("\n"));
		List<String> end = trace.subList(Math.max(0, trace.size() - LONGEST_TRACE), trace.size());
		return "%s%n%nThe same with only these steps (%d of %d), of %s%nand %s:%n%s%n%nTrace:%n%s%n%s%n%nTo see it all: %s"
			.formatted(this.violation.getMessage(), shortest.size(), parts.size(), this.plan.settings().cluster(),
					this.plan.settings().server(), steps, String.join("\n", end),
					(shown != null) ? shown.getMessage() : "", command());
	}

	private List<Luck> recordLuck() {
		RecordingChance recording = new RecordingChance(new RandomChance(this.run.seed()));
		try {
			new PlanRun(this.plan, recording).run();
		}
		catch (InvariantViolation ex) {
			return recording.luck();
		}
		return List.of();
	}

	/** Returns how these parts of the plan fail, or nothing when they fail otherwise. */
	private @Nullable InvariantViolation fails(List<Object> parts, Observer... watchers) {
		List<Plan.Step> steps = new ArrayList<>();
		List<Luck> luck = new ArrayList<>();
		for (Object part : parts) {
			if (part instanceof Plan.Step step) {
				steps.add(step);
			}
			else if (part instanceof Luck one) {
				luck.add(one);
			}
		}
		try {
			new PlanRun(this.plan.with(steps), new ReplayedChance(luck), watchers).run();
			return null;
		}
		catch (InvariantViolation ex) {
			return ex.rule().equals(this.violation.rule()) ? ex : null;
		}
	}

	private String command() {
		return "mvn -ntp test -pl omnipaxos-test -am -Dtest='RandomRunTests#holdsForTheSeedThatIsAskedFor'"
				+ " -Dsurefire.failIfNoSpecifiedTests=false -Domnipaxos.trace=true " + this.run.properties();
	}

}
