package io.omnipaxos.autoconfigure.log;

import java.util.Set;

import io.omnipaxos.autoconfigure.ReplicatedEntry;
import io.omnipaxos.node.EntryType;
import io.omnipaxos.node.ReplicatedLog;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Registers an {@link EntryType} for each {@link ReplicatedEntry @ReplicatedEntry} class
 * in the application's packages, and a {@link ReplicatedLog} for each entry type, whether
 * found here or defined by the application.
 */
final class LogRegistrar implements BeanDefinitionRegistryPostProcessor {

	private static final String SUFFIX = "EntryType";

	private final EntryScanner scanner;

	LogRegistrar(EntryScanner scanner) {
		this.scanner = scanner;
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		if (!(registry instanceof ConfigurableListableBeanFactory beans)) {
			throw new IllegalStateException("The types of beans can't be told from " + registry);
		}
		for (Class<?> type : annotatedTypes(beans)) {
			if (!exists(beans, EntryType.class, ResolvableType.forClass(type))) {
				String name = ClassUtils.getShortNameAsProperty(type) + SUFFIX;
				register(registry, name, EntryType.class, ResolvableType.forClass(type), "entryType", type);
			}
		}
		for (String entryType : beans.getBeanNamesForType(EntryType.class, true, false)) {
			ResolvableType type = typeOfEntries(beans, entryType);
			if (!exists(beans, ReplicatedLog.class, type)) {
				register(registry, nameOfLog(entryType), ReplicatedLog.class, type, "log", entryType);
			}
		}
	}

	private Set<Class<?>> annotatedTypes(ConfigurableListableBeanFactory beans) {
		return AutoConfigurationPackages.has(beans) ? this.scanner.scan(AutoConfigurationPackages.get(beans))
				: Set.of();
	}

	private static boolean exists(ConfigurableListableBeanFactory beans, Class<?> type, ResolvableType generic) {
		return beans.getBeanNamesForType(ResolvableType.forClassWithGenerics(type, generic), true, false).length > 0;
	}

	private static ResolvableType typeOfEntries(ConfigurableListableBeanFactory beans, String entryType) {
		// Resolves the type of a factory method, where that has not happened yet.
		beans.getType(entryType, false);
		ResolvableType bean = beans.containsBeanDefinition(entryType)
				? beans.getMergedBeanDefinition(entryType).getResolvableType()
				: ResolvableType.forClass(EntryType.class);
		return bean.as(EntryType.class).getGeneric(0);
	}

	private static String nameOfLog(String entryType) {
		boolean suffixed = entryType.endsWith(SUFFIX) && entryType.length() > SUFFIX.length();
		return (suffixed ? entryType.substring(0, entryType.length() - SUFFIX.length()) : entryType) + "Log";
	}

	private static void register(BeanDefinitionRegistry registry, String name, Class<?> type, ResolvableType generic,
			String factoryMethod, Object argument) {
		RootBeanDefinition definition = new RootBeanDefinition();
		definition.setTargetType(ResolvableType.forClassWithGenerics(type, generic));
		definition.setFactoryBeanName(OmniPaxosLogAutoConfiguration.LOG_FACTORY);
		definition.setFactoryMethodName(factoryMethod);
		definition.getConstructorArgumentValues().addGenericArgumentValue(argument);
		registry.registerBeanDefinition(name, definition);
	}

}
