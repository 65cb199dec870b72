package io.omnipaxos.sample.faults;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import javax.sql.DataSource;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Makes every commit take as many milliseconds longer as a file says, as long as there is
 * such a file. The property {@code slow-disk.file} names it.
 */
class SlowDisk implements BeanPostProcessor {

	private final Path file;

	SlowDisk(Environment environment) {
		this.file = Path.of(environment.getRequiredProperty("slow-disk.file"));
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return (bean instanceof DataSource disk) ? new SlowDataSource(disk) : bean;
	}

	private void delay() throws IOException {
		if (Files.exists(this.file)) {
			long end = System.nanoTime()
					+ TimeUnit.MILLISECONDS.toNanos(Long.parseLong(Files.readString(this.file).strip()));
			while (System.nanoTime() < end) {
				LockSupport.parkNanos(end - System.nanoTime());
			}
		}
	}

	private final class SlowDataSource extends DelegatingDataSource {

		SlowDataSource(DataSource disk) {
			super(disk);
		}

		@Override
		public Connection getConnection() throws SQLException {
			Connection connection = super.getConnection();
			return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
					(proxy, method, arguments) -> call(connection, method, arguments));
		}

		private Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
			if (method.getName().equals("commit")) {
				delay();
			}
			try {
				return method.invoke(connection, arguments);
			}
			catch (InvocationTargetException ex) {
				throw ex.getCause();
			}
		}

	}

}
