package io.omnipaxos.benchmarks.cluster;

import java.io.IOException;

/** How a node is away from its cluster for a time. */
enum Absence {

	/** Its process does nothing, and then goes on with its code compiled. */
	PAUSED {

		@Override
		void begin(NodeProcess node) throws IOException {
			node.pause();
		}

		@Override
		void end(NodeProcess node) throws IOException {
			node.resume();
		}

	},

	/** Its process ends, and a young one takes its place. */
	RESTARTED {

		@Override
		void begin(NodeProcess node) {
			node.close();
		}

		@Override
		void end(NodeProcess node) throws IOException {
			node.restart();
		}

	};

	abstract void begin(NodeProcess node) throws IOException;

	abstract void end(NodeProcess node) throws IOException;

}
