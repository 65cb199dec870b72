package io.omnipaxos.test.linearizability;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.omnipaxos.test.linearizability.RegisterModel.Action;
import org.jspecify.annotations.Nullable;

/** One value, absent at first, that clients write and read. */
public final class RegisterModel implements Model<@Nullable Object, Action> {

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
	public @Nullable Object initial() {
		return null;
	}

	@Override
	public boolean allows(@Nullable Object state, Action action) {
		return !(action instanceof Read seen) || Objects.equals(seen.value(), state);
	}

	@Override
	public @Nullable Object after(@Nullable Object state, Action action) {
		return (action instanceof Write write) ? write.value() : state;
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
