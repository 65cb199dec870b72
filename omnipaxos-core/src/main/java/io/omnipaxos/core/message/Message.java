package io.omnipaxos.core.message;

/**
 * What nodes say to each other about one log. Every message is an immutable value whose
 * constructor has checked it as far as it can be checked alone.
 */
public sealed interface Message permits ElectionMessage, PrepareMessage, AcceptMessage, CatchUpMessage, ProposalMessage,
		ReadMessage, CompactionMessage {

}
