package io.omnipaxos.test.linearizability;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.omnipaxos.test.linearizability.RegisterModel.Action;
import org.jspecify.annotations.Nullable;

/** One value, absent at first, that clients write and read. */
public final class RegisterModel implements Model<Optional<Object>, Action> {

	private final Set<Object> read = new HashSet<>();

	/** Creates the register of one history. */
	public RegisterModel(List<Operation<Action>> history) {
		for (Operation<Action> operation : history) {
			if (operation.action() instanceof Read seen && seen.value() != null) {
				this.read.add(seen.value());
			}
		}
	}

	@Override
	public Optional<Object> initial() {
		return Optional.empty();
	}

	@Override
	public boolean allows(Optional<Object> state, Action action) {
		return !(action instanceof Read seen) || Optional.ofNullable(seen.value()).equals(state);
	}

	@Override
	public Optional<Object> after(Optional<Object> state, Action action) {
		return (action instanceof Write write) ? Optional.of(write.value()) : state;
	}

	@Override
	public boolean maybeSeen(Action action) {
		return action instanceof Write write && this.read.contains(write.value());
	}

	/** What can be asked of a register. */
	public sealed interface Action {

	}

	/** Writes a value. */
	public record Write(Object value) implements Action {
	}

	/** Reads the value, {@code null} when there was none. */
	public record Read(@Nullable Object value) implements Action {
	}

}
