package io.omnipaxos.node;

import io.omnipaxos.core.Notice.Compacted;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which trims are worth a warning. */
class ForgetfulTrimTests {

	private final ForgetfulTrim trim = new ForgetfulTrim("memory-1", 3);

	@Test
	void aTrimOfALogInMemoryIsToldOnce() {
		assertThat(this.trim.begins(new Compacted(5, false))).isTrue();
		assertThat(this.trim.begins(new Compacted(9, false))).isFalse();
	}

	@Test
	void aSnapshotBringsANodeBack() {
		assertThat(this.trim.begins(new Compacted(5, true))).isFalse();
		assertThat(this.trim.begins(new Compacted(9, false))).isTrue();
	}

	@Test
	void nothingIsGoneWhereNothingIsTrimmed() {
		assertThat(this.trim.begins(new Compacted(0, false))).isFalse();
	}

	@Test
	void whatIsOnDiskIsNotForgotten() {
		assertThat(new ForgetfulTrim("4f5c", 3).begins(new Compacted(5, false))).isFalse();
	}

	@Test
	void nobodyIsLeftToFetchFromWhereThereIsOneNode() {
		assertThat(new ForgetfulTrim("memory-1", 1).begins(new Compacted(5, false))).isFalse();
	}

}
