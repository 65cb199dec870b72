package io.omnipaxos.autoconfigure.rocksdb;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches when the application names a directory for RocksDB, and no kind of storage.
 */
class OnDirectoryAloneCondition extends SpringBootCondition {

	private static final String DIRECTORY = "omnipaxos.storage.rocksdb.path";

	private static final String TYPE = "omnipaxos.storage.type";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Environment environment = context.getEnvironment();
		boolean alone = environment.containsProperty(DIRECTORY) && !environment.containsProperty(TYPE);
		return new ConditionOutcome(alone, ConditionMessage.forCondition("OmniPaxos storage")
			.because("'%s' is %s '%s'".formatted(DIRECTORY, alone ? "set without" : "not set, or beside", TYPE)));
	}

}
