package io.omnipaxos.test.storage;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

import io.omnipaxos.core.model.Ballot;
import io.omnipaxos.core.model.ClusterConfig;
import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.FlexibleQuorum;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;
import io.omnipaxos.core.model.SessionTable;

/** Things to store. */
public final class StorageSamples {

	private static final long PROPOSER = 7;

	private StorageSamples() {
	}

	/** Returns a ballot of number {@code n}. */
	public static Ballot ballot(long n) {
		return new Ballot(1, n, 3, new NodeId(2));
	}

	/** Returns a command that can be told from those of other numbers. */
	public static Entry command(long number) {
		return command(number, Payload.ofText("entry " + number));
	}

	/** Returns a command with a content of its own. */
	public static Entry command(long number, Payload content) {
		return new Entry.Command(new ProposalId(new NodeId(PROPOSER), 1, number + 1), content);
	}

	/** Returns the commands of the numbers {@code [from, to)}. */
	public static List<Entry> commands(long from, long to) {
		return LongStream.range(from, to).mapToObj(StorageSamples::command).toList();
	}

	/** Returns a configuration with quorums of its own. */
	public static ClusterConfig configuration(int id) {
		return new ClusterConfig(id, nodes(2, 5, 900_000_000_000L), new FlexibleQuorum(3, 2));
	}

	/** Returns a stop-sign, with metadata and quorums of its own. */
	public static Entry stopSign(long number) {
		return new Entry.StopSign(new ProposalId(new NodeId(PROPOSER), 1, number + 1), configuration(2),
				Payload.ofText("moving house"));
	}

	/** Returns a stop-sign with nothing in it that could be left out. */
	public static Entry plainStopSign(long number) {
		return new Entry.StopSign(new ProposalId(new NodeId(PROPOSER), 1, number + 1),
				new ClusterConfig(2, nodes(1), null), Payload.EMPTY);
	}

	/** Returns a session table in which every pid's last proposal is {@code seq}. */
	public static SessionTable sessions(long seq, long... pids) {
		return SessionTable.of(nodes(pids).stream().map((pid) -> new ProposalId(pid, 4, seq)).toList());
	}

	/** Returns bytes without a pattern, the same for the same arguments. */
	public static Payload bytes(int size, long seed) {
		byte[] bytes = new byte[size];
		new Random(seed).nextBytes(bytes);
		return Payload.of(bytes);
	}

	private static List<NodeId> nodes(long... pids) {
		return Arrays.stream(pids).mapToObj(NodeId::new).toList();
	}

}
