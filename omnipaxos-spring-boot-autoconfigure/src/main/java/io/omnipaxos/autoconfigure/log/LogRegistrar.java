package io.omnipaxos.autoconfigure.log;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.omnipaxos.autoconfigure.ReplicatedEntry;
import io.omnipaxos.node.EntryType;
import io.omnipaxos.node.ReplicatedLog;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionReaderUtils;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.core.ResolvableType;

/**
 * Registers an {@link EntryType} for each {@link ReplicatedEntry @ReplicatedEntry} class
 * in the application's packages, and a {@link ReplicatedLog} for each entry type, whether
 * found here or defined by the application.
 */
final class LogRegistrar implements BeanDefinitionRegistryPostProcessor {

	private static final Pattern SUFFIX = Pattern.compile("(?<=.)EntryType(#\\d+)?$");

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
				String name = LogFactory.nameOfLog(type) + "EntryType";
				register(registry, name, EntryType.class, ResolvableType.forClass(type), "entryType", type);
			}
		}
		for (String entryType : entryTypesWithoutLog(beans)) {
			ResolvableType type = typeOfEntries(beans, entryType);
			String name = SUFFIX.matcher(entryType).replaceFirst("") + "Log";
			register(registry, name, ReplicatedLog.class, type, "log", entryType);
		}
	}

	private Set<Class<?>> annotatedTypes(ConfigurableListableBeanFactory beans) {
		return AutoConfigurationPackages.has(beans) ? this.scanner.scan(AutoConfigurationPackages.get(beans))
				: Set.of();
	}

	private static boolean exists(ConfigurableListableBeanFactory beans, Class<?> type, ResolvableType generic) {
		return beans.getBeanNamesForType(ResolvableType.forClassWithGenerics(type, generic), true, false).length > 0;
	}

	/** To be asked before a log is registered: those of one type can't be told apart. */
	private static List<String> entryTypesWithoutLog(ConfigurableListableBeanFactory beans) {
		return Stream.of(beans.getBeanNamesForType(EntryType.class, true, false))
			.filter((entryType) -> !exists(beans, ReplicatedLog.class, typeOfEntries(beans, entryType)))
			.toList();
	}

	private static ResolvableType typeOfEntries(ConfigurableListableBeanFactory beans, String entryType) {
		// Resolves the type of a factory method, where that has not happened yet.
		beans.getType(entryType, false);
		ResolvableType bean = beans.containsBeanDefinition(entryType)
				? beans.getMergedBeanDefinition(entryType).getResolvableType()
				: ResolvableType.forClass(EntryType.class);
		return bean.as(EntryType.class).getGeneric(0);
	}

	private static void register(BeanDefinitionRegistry registry, String name, Class<?> type, ResolvableType generic,
			String factoryMethod, Object argument) {
		RootBeanDefinition definition = new RootBeanDefinition();
		definition.setTargetType(ResolvableType.forClassWithGenerics(type, generic));
		definition.setFactoryBeanName(OmniPaxosLogAutoConfiguration.LOG_FACTORY);
		definition.setFactoryMethodName(factoryMethod);
		definition.getConstructorArgumentValues().addGenericArgumentValue(argument);
		registry.registerBeanDefinition(
				registry.isBeanNameInUse(name) ? BeanDefinitionReaderUtils.uniqueBeanName(name, registry) : name,
				definition);
	}

}
