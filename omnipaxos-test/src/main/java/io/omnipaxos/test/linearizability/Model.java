package io.omnipaxos.test.linearizability;

/**
 * An object as it behaves when only one client uses it, one action after the other.
 *
 * @param <S> states of the object, compared with {@code equals} and never changed
 * @param <A> what can be asked of it, together with the answer
 */
public interface Model<S, A> {

	/** Returns the state that the object begins in. */
	S initial();

	/** Returns whether the object, in that state, can answer as it did. */
	boolean allows(S state, A action);

	/** Returns the state after an action that was allowed. */
	S after(S state, A action);

	/**
	 * Returns whether any answer may show that the action was done. One that was not
	 * answered and that nobody can have seen is taken for one that was never done.
	 */
	boolean maybeSeen(A action);

}
