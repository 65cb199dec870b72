package io.omnipaxos.node.wire;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.cbor.CBORFactory;

/**
 * How the one object model of frames becomes bytes.
 */
public enum FrameFormat {

	/** Compact: what nodes speak. */
	CBOR("application/cbor", CBORFactory.builder().streamReadConstraints(Constraints.OF_A_FRAME).build()),

	/** Readable, with bytes in Base64: what a human types. */
	JSON("application/json", JsonFactory.builder().streamReadConstraints(Constraints.OF_A_FRAME).build());

	private final String mediaType;

	private final TokenStreamFactory factory;

	FrameFormat(String mediaType, TokenStreamFactory factory) {
		this.mediaType = mediaType;
		this.factory = factory;
	}

	/** Returns the media type, without parameters. */
	public String mediaType() {
		return this.mediaType;
	}

	TokenStreamFactory factory() {
		return this.factory;
	}

	private static final class Constraints {

		// A string is never longer than its frame, and the frame's length is bounded.
		static final StreamReadConstraints OF_A_FRAME = StreamReadConstraints.builder()
			.maxNestingDepth(16)
			.maxNumberLength(32)
			.maxNameLength(64)
			.maxStringLength(Integer.MAX_VALUE)
			.build();

	}

}
