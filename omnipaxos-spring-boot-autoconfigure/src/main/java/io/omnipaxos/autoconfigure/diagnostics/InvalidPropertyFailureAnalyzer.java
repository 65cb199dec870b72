package io.omnipaxos.autoconfigure.diagnostics;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains a start that was refused because of a property of ours. Comes before Spring
 * Boot's own explanation of properties that can't be bound, which names an exception
 * where this one says what to do.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
class InvalidPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidConfigurationPropertyValueException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure,
			InvalidConfigurationPropertyValueException cause) {
		if (!cause.getName().startsWith("omnipaxos.")) {
			return null;
		}
		Object value = cause.getValue();
		String description = (value != null) ? "The property '%s' can't be '%s'.".formatted(cause.getName(), value)
				: "The property '%s' is not set.".formatted(cause.getName());
		return new FailureAnalysis(description, "It %s.".formatted(cause.getReason()), cause);
	}

}
