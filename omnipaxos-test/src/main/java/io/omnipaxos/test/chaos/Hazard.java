package io.omnipaxos.test.chaos;

/** One kind of thing that makes a run harder. */
public enum Hazard {

	/** Messages are lost. */
	LOSS,

	/** Messages arrive twice. */
	DUPLICATION,

	/** Messages are delayed and overtake each other. */
	DELAY,

	/** Messages keep their order, whatever their delays. */
	IN_ORDER,

	/** Single links are cut, one way or both, and restored. */
	CUTS,

	/** All links but some are cut: halves, a hub, a chain, one node alone. */
	PARTITIONS,

	/** Both ends are told when a link is restored. */
	ANNOUNCED_LINKS,

	/** Nodes lose their power, and come back with what they had written. */
	CRASHES,

	/** The leader is what crashes. */
	LEADER_CRASHES,

	/** Nodes stand still for longer than an election timeout. */
	PAUSES,

	/** Writes take time. */
	SLOW_DISKS,

	/** Storages fail, which stops their node. */
	DISK_ERRORS,

	/** Read barriers are asked for. */
	BARRIERS,

	/** Logs are trimmed. */
	TRIMS,

	/** Logs are snapshotted. */
	SNAPSHOTS,

	/** Priorities change. */
	PRIORITIES,

	/** Nodes are told to take over. */
	TAKE_OVERS,

	/** Leaders are told to hand over. */
	HAND_OVERS,

	/** The configuration is ended. */
	STOP_SIGN,

	/** Every limit is so low that it is reached. */
	TINY_LIMITS,

	/** Entries are replicated in batches. */
	BATCHES,

	/** Quorums are no majorities. */
	FLEXIBLE_QUORUMS,

	/** Pids have gaps and do not start at one. */
	SPARSE_PIDS,

	/** Timeouts are not one and two ticks. */
	ODD_TIMEOUTS,

	/** Each direction of a link has faults of its own. */
	UNEVEN_LINKS,

	/** Some entries are long: where limits are low, too long. */
	LONG_ENTRIES,

	/** Nodes are told that connections are lost: some that are, and some that are not. */
	ANNOUNCED_LOSSES,

	/** Storages have no room for more entries for a while. */
	FULL_STORAGES,

	/** Storages can't be read for a while, which stops nobody but those who start. */
	STORAGES_AWAY

}
