package liandong.wire;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;
import liandong.incident.Bounds;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a record type by reflection, found out once: asking the JDK anew for each record takes longer than
 * everything else about reading or writing it.
 *
 * @param components its components, in their order
 * @param constructor takes their values
 */
record RecordType(List<Component> components, Constructor<?> constructor) {
    private static final ClassValue<RecordType> KNOWN = new ClassValue<>() {
        @Override
        protected RecordType computeValue(Class<?> type) {
            return read(type);
        }
    };

    /**
     * A component.
     *
     * @param element what it is a list of; null when it is no list
     * @param nullable whether it may be null
     * @param bounds what its value must lie within; null for any
     */
    record Component(
            String name,
            Class<?> type,
            @Nullable Class<?> element,
            boolean nullable,
            @Nullable Bounds bounds,
            Method accessor) {
        /** Its value in a record. */
        @Nullable
        Object of(Record record) {
            try {
                return accessor.invoke(record);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + accessor, e);
            }
        }
    }

    static RecordType of(Class<?> type) {
        return KNOWN.get(type);
    }

    private static RecordType read(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            return new RecordType(
                    Stream.of(components).map(RecordType::component).toList(),
                    type.getDeclaredConstructor(
                            Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new)));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has it", e);
        }
    }

    private static Component component(RecordComponent component) {
        return new Component(
                component.getName(),
                component.getType(),
                component.getType() == List.class && component.getGenericType() instanceof ParameterizedType list
                        ? (Class<?>) list.getActualTypeArguments()[0]
                        : null,
                component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                component.getAccessor().getAnnotation(Bounds.class),
                component.getAccessor());
    }

    /** A record of values, in the order of the components. */
    Record make(@Nullable Object[] values) {
        try {
            return (Record) constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + constructor, e);
        }
    }
}
