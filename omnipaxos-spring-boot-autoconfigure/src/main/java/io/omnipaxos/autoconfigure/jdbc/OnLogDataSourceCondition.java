package io.omnipaxos.autoconfigure.jdbc;

import java.util.Objects;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches when it is known which data source is for the logs.
 */
class OnLogDataSourceCondition extends AnyNestedCondition {

	OnLogDataSourceCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnSingleCandidate(DataSource.class)
	static class SingleCandidate {

	}

	@Conditional(OnQualifiedDataSource.class)
	static class Qualified {

	}

	/**
	 * Takes those that are no default candidates, too, as a second data source had better
	 * be none: {@code @ConditionalOnBean} does not.
	 */
	static class OnQualifiedDataSource extends SpringBootCondition {

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			ConfigurableListableBeanFactory beans = Objects.requireNonNull(context.getBeanFactory());
			boolean qualified = Stream.of(beans.getBeanNamesForType(DataSource.class, true, false))
				.anyMatch((name) -> beans.findAnnotationOnBean(name, OmniPaxosDataSource.class, false) != null);
			ConditionMessage.Builder message = ConditionMessage.forCondition(OmniPaxosDataSource.class);
			return new ConditionOutcome(qualified,
					qualified ? message.because("a data source has it") : message.because("no data source has it"));
		}

	}

}
