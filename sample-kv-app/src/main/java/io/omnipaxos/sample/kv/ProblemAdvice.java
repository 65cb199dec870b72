package io.omnipaxos.sample.kv;

import java.util.Locale;
import java.util.concurrent.TimeoutException;

import io.omnipaxos.core.AppendRefusedException;
import io.omnipaxos.core.CompactionException;
import io.omnipaxos.core.LogSealedException;
import io.omnipaxos.core.OverloadedException;
import io.omnipaxos.node.OutcomeUnknownException;
import io.omnipaxos.node.SubscriptionEndedException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Tells clients why the cluster did not serve them, when to try again, and, for a write,
 * what may be concluded: {@code not-written} is certain, {@code unknown} means that the
 * write may be there, or may yet come.
 */
@RestControllerAdvice
class ProblemAdvice {

	@ExceptionHandler
	ResponseEntity<ProblemDetail> noQuorum(NoQuorumException ex, HttpMethod method) {
		return unavailable("no-quorum", "not-written", 2, ex.getMessage(), method);
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> overloaded(OverloadedException ex, HttpMethod method) {
		return unavailable("overloaded", "not-written", 1, ex.getMessage(), method);
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> sealed(LogSealedException ex, HttpMethod method) {
		return unavailable("sealed", "not-written", 10, ex.getMessage(), method);
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> stopped(AppendRefusedException ex, HttpMethod method) {
		return stopped("not-written", ex, method);
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> outcomeUnknown(OutcomeUnknownException ex, HttpMethod method) {
		return stopped("unknown", ex, method);
	}

	/** One that did not fail was closed, as is done when this node stops. */
	@ExceptionHandler
	ResponseEntity<ProblemDetail> notApplying(SubscriptionEndedException ex, HttpMethod method) {
		return (ex.getCause() != null) ? unavailable("not-applying", "unknown", 10, ex.getMessage(), method)
				: stopped("unknown", ex, method);
	}

	/**
	 * Ends the connection with the answer: what is sent on it just when the web server
	 * closes it would get none, and its sender could not tell whether it was taken.
	 */
	static ResponseEntity<ProblemDetail> stopped(String outcome, RuntimeException ex, HttpMethod method) {
		ResponseEntity<ProblemDetail> answer = unavailable("stopped", outcome, 10, ex.getMessage(), method);
		return ResponseEntity.status(answer.getStatusCode())
			.headers(answer.getHeaders())
			.header(HttpHeaders.CONNECTION, "close")
			.body(answer.getBody());
	}

	/** The cluster is well; it takes no such entry, however often that is sent. */
	@ExceptionHandler
	ProblemDetail tooLarge(EntryTooLargeException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONTENT_TOO_LARGE, ex.getMessage());
		problem.setProperty("outcome", "not-written");
		return problem;
	}

	/** The cluster is well; what was asked of the log does not fit it, or not yet. */
	@ExceptionHandler
	ProblemDetail notCompacted(CompactionException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT,
				"%s. %s".formatted(ex.getMessage(), whatToDo(ex.reason())));
		problem.setProperty("reason", ex.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
		return problem;
	}

	private static String whatToDo(CompactionException.Reason reason) {
		return switch (reason) {
			case UNDECIDED -> "Ask again when this node has decided that much, or for less";
			case ALREADY_COMPACTED -> "There is nothing left to do, unless for a higher index";
			case NOT_DECIDED_EVERYWHERE -> "Ask again when every node is there and has decided that much, or for less";
			case NOT_LEADER -> "Ask the leader, which /actuator/omnipaxos tells";
			case NO_SNAPSHOTTER -> "Give its entries a snapshotter, or trim it at its leader";
		};
	}

	@ExceptionHandler(TimeoutException.class)
	ResponseEntity<ProblemDetail> timeout(HttpMethod method) {
		return unavailable("timeout", "unknown", 1, "The cluster did not answer in time", method);
	}

	private static ResponseEntity<ProblemDetail> unavailable(String reason, String outcome, int retryAfterSeconds,
			@Nullable String detail, HttpMethod method) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, detail);
		problem.setProperty("reason", reason);
		if (method != HttpMethod.GET) {
			problem.setProperty("outcome", outcome);
		}
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
			.header(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfterSeconds))
			.body(problem);
	}

}
