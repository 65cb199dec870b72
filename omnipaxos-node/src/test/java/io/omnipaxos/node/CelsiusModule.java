package io.omnipaxos.node;

import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** Found on the class path, as the module of a language or of a library is. */
public final class CelsiusModule extends SimpleModule {

	public CelsiusModule() {
		super("celsius");
		addSerializer(Celsius.class, ToStringSerializer.instance);
	}

	record Celsius(int degrees) {

		@Override
		public String toString() {
			return this.degrees + " °C";
		}

	}

}
