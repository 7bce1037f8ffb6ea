package liandong.table;

import java.lang.invoke.CallSite;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Term;
import org.jspecify.annotations.Nullable;

/**
 * Something that is known of a fact and that a condition may ask about.
 *
 * <p>Found from the fact's own type: every component or method that carries a {@link Column}, those of records it is
 * made of included. A new component is a new condition column, with no other change.
 *
 * @param name the component's name, as in JSON
 * @param header Chinese name, a space, English name
 * @param type its Java type
 * @param optional whether it may be unknown
 * @param bounds the least and greatest it can be; null when it is no number, or has none
 * @param of reads it from a fact; gives null when it is not known
 */
public record Attribute(
        String name,
        String header,
        Class<?> type,
        boolean optional,
        @Nullable Bounds bounds,
        Function<Object, @Nullable Object> of) {

    /** The attributes of a type of facts by their Chinese name. */
    public static Map<String, Attribute> of(Class<?> factType) {
        return BY_TYPE.get(factType);
    }

    /** Each getter is a class of its own, made once. */
    private static final ClassValue<Map<String, Attribute>> BY_TYPE = new ClassValue<>() {
        @Override
        protected Map<String, Attribute> computeValue(Class<?> factType) {
            var attributes = new LinkedHashMap<String, Attribute>();
            collect(factType, null, false, attributes);
            return Collections.unmodifiableMap(attributes);
        }
    };

    private static void collect(
            Class<?> type,
            @Nullable Function<Object, @Nullable Object> path,
            boolean optional,
            Map<String, Attribute> attributes) {
        Stream.of(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Column.class) && !Modifier.isStatic(method.getModifiers()))
                .sorted(Comparator.comparing(Method::getName))
                .forEach(method -> {
                    String header = method.getAnnotation(Column.class).value();
                    var attribute = new Attribute(
                            method.getName(),
                            header,
                            method.getReturnType(),
                            optional || isNullable(method),
                            method.getAnnotation(Bounds.class),
                            then(path, getter(type, method)));
                    attributes.put(chinese(header), attribute);
                });
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType().isRecord() && !Term.class.isAssignableFrom(component.getType())) {
                collect(
                        component.getType(),
                        then(path, getter(type, component.getAccessor())),
                        optional || isNullable(component.getAccessor()),
                        attributes);
            }
        }
    }

    private static boolean isNullable(Method method) {
        return method.getAnnotatedReturnType().isAnnotationPresent(Nullable.class);
    }

    private static Function<Object, @Nullable Object> then(
            @Nullable Function<Object, @Nullable Object> path, Function<Object, @Nullable Object> getter) {
        return path == null
                ? getter
                : fact -> {
                    Object at = path.apply(fact);
                    return at == null ? null : getter.apply(at);
                };
    }

    /** A compiled getter: conditions are asked in microseconds, and reflection alone would take half of them. */
    @SuppressWarnings("unchecked") // the lambda made here is a Function by its own type
    private static Function<Object, @Nullable Object> getter(Class<?> type, Method method) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            MethodHandle handle = lookup.unreflect(method);
            CallSite site = LambdaMetafactory.metafactory(
                    lookup,
                    "apply",
                    MethodType.methodType(Function.class),
                    MethodType.methodType(Object.class, Object.class),
                    handle,
                    MethodType.methodType(
                            MethodType.methodType(method.getReturnType()).wrap().returnType(), type));
            return (Function<Object, @Nullable Object>) site.getTarget().invoke();
        } catch (Throwable e) {
            throw new IllegalStateException("no getter for " + method, e);
        }
    }

    /** The part of a header that counts: up to the first space. */
    public static String chinese(String header) {
        String stripped = header.strip();
        int space = stripped.indexOf(' ');
        return space < 0 ? stripped : stripped.substring(0, space);
    }

    /** Its name in cells and headers. */
    public String chinese() {
        return chinese(header);
    }

    /** Whether it is a text, in which conditions look for words. */
    public boolean isText() {
        return type == String.class;
    }

    /** Whether conditions on it are bounds: a number or a date. */
    public boolean isNumber() {
        return List.<Class<?>>of(int.class, Integer.class, long.class, Long.class, BigDecimal.class, LocalDate.class)
                .contains(type);
    }

    /** Whether it is a date; its bounds are days since 1970. */
    public boolean isDate() {
        return type == LocalDate.class;
    }

    /** Whether only whole numbers, or days, are possible. */
    public boolean isWhole() {
        return isNumber() && type != BigDecimal.class;
    }

    /** Whether it is yes or no. */
    public boolean isBoolean() {
        return type == boolean.class || type == Boolean.class;
    }

    /** A number or date of this attribute as the number conditions compare with. */
    public static BigDecimal number(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof LocalDate date) {
            return BigDecimal.valueOf(date.toEpochDay());
        }
        return BigDecimal.valueOf(((Number) value).longValue());
    }
}
