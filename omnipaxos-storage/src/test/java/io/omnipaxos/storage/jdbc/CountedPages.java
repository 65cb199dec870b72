package io.omnipaxos.storage.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

/** Counts the bytes of entries that queries bring, whether anybody takes them or not. */
final class CountedPages {

	private static final String PAGE = "select first_index, part, parts";

	private final DataSource real;

	private final List<Integer> bytes = new ArrayList<>();

	CountedPages(DataSource real) {
		this.real = real;
	}

	DataSource dataSource() {
		return (DataSource) counted(DataSource.class, this.real);
	}

	/** Returns how many bytes each query has brought, and forgets it. */
	List<Integer> taken() {
		List<Integer> taken = List.copyOf(this.bytes);
		this.bytes.clear();
		return taken;
	}

	private Object counted(Class<?> type, Object target) {
		return Proxy.newProxyInstance(CountedPages.class.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> {
					if (method.getName().equals("executeQuery")) {
						this.bytes.add(bytesOf((PreparedStatement) target));
					}
					Object result = call(target, method, arguments);
					if (result instanceof Connection) {
						return counted(Connection.class, result);
					}
					return (result instanceof PreparedStatement && arguments[0].toString().startsWith(PAGE))
							? counted(PreparedStatement.class, result) : result;
				});
	}

	private static int bytesOf(PreparedStatement statement) throws SQLException {
		int bytes = 0;
		try (ResultSet row = statement.executeQuery()) {
			while (row.next()) {
				byte[] data = row.getBytes(4);
				bytes += (data != null) ? data.length : 0;
			}
		}
		return bytes;
	}

	private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

}
