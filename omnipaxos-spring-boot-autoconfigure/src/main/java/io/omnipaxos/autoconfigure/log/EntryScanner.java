package io.omnipaxos.autoconfigure.log;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

import io.omnipaxos.autoconfigure.ReplicatedEntry;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Finds the {@link ReplicatedEntry @ReplicatedEntry} types below some packages.
 */
final class EntryScanner {

	private final ResourceLoader resources;

	private final ClassPathScanningCandidateComponentProvider candidates;

	EntryScanner(Environment environment, ResourceLoader resources) {
		this.resources = resources;
		this.candidates = new AnyTypeProvider(environment);
		this.candidates.setResourceLoader(resources);
		this.candidates.addIncludeFilter(new AnnotationTypeFilter(ReplicatedEntry.class));
	}

	Set<Class<?>> scan(Collection<String> packages) {
		Set<Class<?>> types = new LinkedHashSet<>();
		for (String name : packages) {
			for (BeanDefinition candidate : this.candidates.findCandidateComponents(name)) {
				types.add(ClassUtils.resolveClassName(String.valueOf(candidate.getBeanClassName()),
						this.resources.getClassLoader()));
			}
		}
		return types;
	}

	/**
	 * Takes interfaces too: an entry may be a sealed family of records. An annotation
	 * that is annotated itself speaks for the types that it is on.
	 */
	private static final class AnyTypeProvider extends ClassPathScanningCandidateComponentProvider {

		AnyTypeProvider(Environment environment) {
			super(false, environment);
		}

		@Override
		protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
			return definition.getMetadata().isIndependent() && !definition.getMetadata().isAnnotation();
		}

	}

}
