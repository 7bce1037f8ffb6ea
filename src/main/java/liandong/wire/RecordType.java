package liandong.wire;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.engine.Concluded;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Member;
import liandong.incident.Presented;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a record type by reflection, found out once: asking the JDK anew for each record takes longer than
 * everything else about reading or writing it.
 *
 * @param components its components, in their order
 * @param names what they are called in JSON
 * @param constructor takes their values
 */
public record RecordType(List<Component> components, Set<String> names, Constructor<?> constructor) {
    private static final Set<String> SHARED = Set.of("because", "unconfirmed", "warnings");

    private static final ClassValue<RecordType> KNOWN = new ClassValue<>() {
        @Override
        protected RecordType computeValue(Class<?> type) {
            return read(type);
        }
    };

    /**
     * A component.
     *
     * @param json what it is called in JSON
     * @param type its type; {@code List.class} for a list
     * @param element what it is a list of; null when it is no list
     * @param nullable whether it may be null
     * @param bounds what its value must lie within; null for any
     * @param member what it means; null when nothing says so
     * @param column the column it fills or is asked in; null for none
     * @param shared whether it is one of those that {@link Concluded} gives every decision, which no decision writes itself
     */
    public record Component(
            String name,
            String json,
            Class<?> type,
            @Nullable Class<?> element,
            boolean nullable,
            @Nullable Bounds bounds,
            @Nullable Member member,
            @Nullable Column column,
            boolean shared,
            Method accessor) {
        /** Its value in a record. */
        public @Nullable Object of(Record record) {
            try {
                return accessor.invoke(record);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + accessor, e);
            }
        }

        /** What it, or each of its elements, is. */
        public Class<?> value() {
            return element == null ? type : element;
        }

        /** The record that answers write for it, or for each of its elements: itself, or what it is presented as. */
        public Class<?> written() {
            return presented(value());
        }

        /** Whether the members within it stand in its place. */
        public boolean flattened() {
            return member != null && member.flattened();
        }

        /** Whether an empty list or text of it, or no, is left out. */
        public boolean leftOutWhenEmpty() {
            return member != null && member.leftOutWhenEmpty();
        }

        /** What staff call it: Chinese, a space, English; empty when nothing names it. */
        public String label() {
            if (member != null && !member.label().isEmpty()) {
                return member.label();
            }
            return column == null ? "" : column.value();
        }

        /** What part it plays. */
        public Member.Role role() {
            return member == null ? Member.Role.NONE : member.role();
        }
    }

    /** What is known of a type. */
    public static RecordType of(Class<?> type) {
        return KNOWN.get(type);
    }

    /** The type that is written for values of a type; see {@link Presented}. */
    public static Class<?> presented(Class<?> type) {
        try {
            return Presented.class.isAssignableFrom(type)
                    ? type.getMethod("presented").getReturnType()
                    : type;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("the interface has it", e);
        }
    }

    private static RecordType read(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            List<Component> described =
                    Stream.of(components).map(each -> component(type, each)).toList();
            return new RecordType(
                    described,
                    described.stream().map(Component::json).collect(Collectors.toUnmodifiableSet()),
                    constructor);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has it", e);
        }
    }

    private static Component component(Class<?> type, RecordComponent component) {
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        Member member = accessor.getAnnotation(Member.class);
        String name = component.getName();
        return new Component(
                name,
                member == null || member.name().isEmpty() ? name : member.name(),
                component.getType(),
                component.getType() == List.class && component.getGenericType() instanceof ParameterizedType list
                        ? raw(list.getActualTypeArguments()[0])
                        : null,
                component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                accessor.getAnnotation(Bounds.class),
                member,
                accessor.getAnnotation(Column.class),
                Concluded.class.isAssignableFrom(type) && SHARED.contains(name),
                accessor);
    }

    private static Class<?> raw(java.lang.reflect.Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
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
