package io.omnipaxos.storage.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import javax.sql.DataSource;

/**
 * Hands out real connections, of which one fails: at the n-th statement or commit after
 * it was told to.
 */
final class FaultyDataSource {

	private final DataSource real;

	private final Map<String, Queue<Consumer<Connection>>> hooks = new HashMap<>();

	private Fault fault = Fault.REFUSED;

	private int countdown = -1;

	private int countdownAfterwards = -1;

	private boolean rollbackFails;

	FaultyDataSource(DataSource real) {
		this.real = real;
	}

	/** Makes the n-th statement from now on fail. */
	void failAt(int n, Fault fault) {
		this.fault = fault;
		this.countdown = n;
		this.countdownAfterwards = -1;
		this.rollbackFails = false;
	}

	/** Makes another statement fail, the n-th after the one that fails first. */
	void failAgainAt(int n) {
		this.countdownAfterwards = n;
	}

	/**
	 * Does something before the n-th call of a method from now on, of those that execute.
	 * @param action what to do, told the real connection
	 */
	void before(String method, int n, Consumer<Connection> action) {
		Queue<Consumer<Connection>> calls = this.hooks.computeIfAbsent(method, (name) -> new ArrayDeque<>());
		IntStream.range(1, n).forEach((call) -> calls.add((connection) -> {
		}));
		calls.add(action);
	}

	/** Returns whether all faults have happened, and lets no more happen. */
	boolean hasFailed() {
		boolean failed = this.countdown == 0;
		this.countdown = -1;
		this.countdownAfterwards = -1;
		return failed;
	}

	DataSource dataSource() {
		return proxy(DataSource.class, (proxy, method, args) -> {
			Object result = call(this.real, method, args);
			return (result instanceof Connection connection) ? faulty(connection) : result;
		});
	}

	private Connection faulty(Connection connection) {
		return proxy(Connection.class, (proxy, method, args) -> {
			if (method.getName().equals("rollback") && this.rollbackFails) {
				this.rollbackFails = false;
				throw new NoClassDefFoundError("Rollback");
			}
			Object result = method.getName().equals("commit") ? execute(connection, connection, method, args)
					: call(connection, method, args);
			if (result instanceof PreparedStatement statement) {
				return faulty(connection, PreparedStatement.class, statement);
			}
			return (result instanceof Statement statement) ? faulty(connection, Statement.class, statement) : result;
		});
	}

	private <S extends Statement> S faulty(Connection connection, Class<S> type, S statement) {
		return proxy(type, (proxy, method, args) -> method.getName().startsWith("execute")
				? execute(connection, statement, method, args) : call(statement, method, args));
	}

	private Object execute(Connection connection, Object target, Method method, Object[] args) throws Throwable {
		Consumer<Connection> hook = this.hooks.getOrDefault(method.getName(), new ArrayDeque<>()).poll();
		if (hook != null) {
			hook.accept(connection);
		}
		boolean fails = this.countdown > 0 && --this.countdown == 0;
		if (!fails) {
			return call(target, method, args);
		}
		if (this.countdownAfterwards > 0) {
			this.countdown = this.countdownAfterwards;
			this.countdownAfterwards = -1;
		}
		if (this.fault == Fault.ERROR || this.fault == Fault.ERROR_AFTER_ERROR) {
			this.rollbackFails = this.fault == Fault.ERROR_AFTER_ERROR;
			throw new NoClassDefFoundError("Statement");
		}
		if (this.fault == Fault.REFUSED) {
			throw new SQLException("No space left on device", "53100");
		}
		if (this.fault == Fault.DEADLOCK) {
			connection.rollback();
			throw new SQLException("Deadlock detected", "40P01");
		}
		if (this.fault == Fault.ANSWER_LOST) {
			call(target, method, args);
		}
		connection.close();
		throw new SQLException("Connection reset", "08006");
	}

	private static Object call(Object target, Method method, Object[] args) throws Throwable {
		try {
			return method.invoke(target, args);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private static <T> T proxy(Class<T> type, InvocationHandler handler) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	/** What goes wrong. */
	enum Fault {

		/** The database refuses, and is otherwise well. */
		REFUSED,

		/** The JVM has no memory, or a class is not to be found. */
		ERROR,

		/** The same, and once more in the rollback that follows. */
		ERROR_AFTER_ERROR,

		/** The database rolls back, to let another transaction go on. */
		DEADLOCK,

		/** The connection is lost before the statement gets there. */
		STATEMENT_LOST,

		/** The connection is lost before the answer gets here. */
		ANSWER_LOST

	}

}
