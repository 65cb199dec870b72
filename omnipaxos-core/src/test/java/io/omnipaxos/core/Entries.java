package io.omnipaxos.core;

import java.util.List;
import java.util.stream.LongStream;

import io.omnipaxos.core.model.Entry;
import io.omnipaxos.core.model.NodeId;
import io.omnipaxos.core.model.Payload;
import io.omnipaxos.core.model.ProposalId;

/** Entries by their numbers, all of one session of node 3. */
final class Entries {

	private Entries() {
	}

	static Entry entry(long number) {
		return new Entry.Command(new ProposalId(new NodeId(3), 1, number), Payload.ofText("entry " + number));
	}

	static List<Entry> entries(long... numbers) {
		return LongStream.of(numbers).mapToObj(Entries::entry).toList();
	}

}
