package io.omnipaxos.node;

/** Passes bytes through. */
enum BytesEntryCodec implements EntryCodec<byte[]> {

	INSTANCE;

	@Override
	public byte[] encode(byte[] entry) {
		return entry;
	}

	@Override
	public byte[] decode(byte[] bytes) {
		return bytes;
	}

}
