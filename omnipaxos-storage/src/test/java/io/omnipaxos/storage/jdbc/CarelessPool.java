package io.omnipaxos.storage.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Queue;

import javax.sql.DataSource;

/** A pool that hands out connections as it got them back, and in that order. */
final class CarelessPool implements AutoCloseable {

	private final DataSource database;

	private final Queue<Connection> idle = new ArrayDeque<>();

	CarelessPool(DataSource database) {
		this.database = database;
	}

	DataSource dataSource() {
		return (DataSource) Proxy.newProxyInstance(CarelessPool.class.getClassLoader(),
				new Class<?>[] { DataSource.class }, (proxy, method, arguments) -> pooled(take()));
	}

	private Connection take() throws SQLException {
		return this.idle.isEmpty() ? this.database.getConnection() : this.idle.remove();
	}

	private Connection pooled(Connection connection) {
		return (Connection) Proxy.newProxyInstance(CarelessPool.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("close")) {
						this.idle.add(connection);
						return null;
					}
					try {
						return method.invoke(connection, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	/** Returns what the pool has to give out. */
	Queue<Connection> idle() {
		return this.idle;
	}

	@Override
	public void close() throws SQLException {
		for (Connection connection : this.idle) {
			connection.close();
		}
	}

}
