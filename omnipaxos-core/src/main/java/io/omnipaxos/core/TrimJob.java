package io.omnipaxos.core;

/** Finds what was last proposed below the index, which is all that is kept of it. */
final class TrimJob implements CompactionJob {

	private final Local local;

	private final long index;

	private final SessionSearch sessions;

	TrimJob(Local local, long index) {
		this.local = local;
		this.index = index;
		this.sessions = new SessionSearch(local, index);
	}

	@Override
	public long index() {
		return this.index;
	}

	@Override
	public void step() {
		if (!this.sessions.isOver()) {
			this.sessions.step();
		}
		if (this.sessions.isOver()) {
			this.local.log().trim(this.index, this.sessions.found());
		}
	}

}
