package liandong.export;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import liandong.incident.Column;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.table.Attribute;
import liandong.table.Condition;
import liandong.table.Row;
import liandong.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Facts of any type made at random, by its components alone, with a liking for what the rows of one table ask about.
 *
 * <p>Numbers and days lie on a bound of the table or next to one, labels come from the whole vocabulary, texts are made of
 * its words, and whatever may be unknown sometimes is. Every other fact is aimed at one row.
 */
final class RandomFacts {
    private static final OffsetDateTime MOMENT = OffsetDateTime.parse("2026-11-20T16:00:00+08:00");
    private static final BigDecimal ONE = BigDecimal.ONE;
    /** The header under which tables ask how long a text is, which is no component of a fact. */
    private static final String LENGTH = "正文字数 Text length";

    private static final BigDecimal LEAST = new BigDecimal("0.000001");

    private final Class<?> type;
    private final Vocabulary vocabulary;
    private final Random random;
    private final Map<String, List<Object>> pools = new HashMap<>();
    private final List<Map<String, List<Object>>> rows = new ArrayList<>();
    private final List<LocalDate> days = new ArrayList<>();
    /** Lengths of texts that the table asks about. */
    private final List<Object> lengths;

    RandomFacts(Table<? extends Row> table, Class<?> type, Vocabulary vocabulary, Random random) {
        this.type = type;
        this.vocabulary = vocabulary;
        this.random = random;
        for (int row = 0; row < table.rows().size(); row++) {
            var own = new HashMap<String, List<Object>>();
            for (int column = 0; column < table.attributes().size(); column++) {
                Attribute attribute = table.attributes().get(column);
                List<Object> values = values(table.conditions(row).get(column));
                if (!values.isEmpty()) {
                    own.put(attribute.header(), values);
                    pools.computeIfAbsent(attribute.header(), header -> new ArrayList<>())
                            .addAll(values);
                }
            }
            rows.add(own);
            values(table.inForce(row)).forEach(day -> days.add(LocalDate.ofEpochDay(((BigDecimal) day).longValue())));
        }
        days.add(LocalDate.of(2026, 11, 20));
        lengths = pools.getOrDefault(LENGTH, List.of());
    }

    /** The labels and words a condition names; of bounds, the values on them and next to them. */
    private static List<Object> values(Condition condition) {
        return condition.<List<Object>>fold(
                List::of,
                Condition.OneOf::values,
                Condition.NoneOf::values,
                within -> within.bounds()
                        .<Object>flatMap(bound -> Stream.of(
                                bound,
                                bound.setScale(bound.scale() + 2),
                                bound.add(ONE),
                                bound.subtract(ONE),
                                bound.add(LEAST),
                                bound.subtract(LEAST)))
                        .toList());
    }

    /** A day that matters to the table. */
    LocalDate day() {
        return days.get(random.nextInt(days.size()));
    }

    /** The next fact. */
    Object next() {
        Map<String, List<Object>> aim =
                rows.isEmpty() || random.nextBoolean() ? Map.of() : rows.get(random.nextInt(rows.size()));
        return record(type, aim);
    }

    /** A component of a record, and under which header it is asked about; empty when it is not. */
    private record Part(Class<?> type, Type generic, boolean nullable, String header) {}

    /** How a record is made. Reflection is slow, and each is made many times. */
    private record Shape(Constructor<?> constructor, List<Part> parts) {
        static Shape of(Class<?> of) {
            RecordComponent[] components = of.getRecordComponents();
            try {
                Constructor<?> constructor = of.getDeclaredConstructor(
                        Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
                constructor.setAccessible(true);
                return new Shape(
                        constructor, Stream.of(components).map(Shape::part).toList());
            } catch (NoSuchMethodException e) {
                throw new LinkageError("no record: " + of, e);
            }
        }

        private static Part part(RecordComponent component) {
            Column column = component.getAccessor().getAnnotation(Column.class);
            return new Part(
                    component.getType(),
                    component.getGenericType(),
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                    column == null ? "" : column.value());
        }
    }

    private static final Map<Class<?>, Shape> SHAPES = new ConcurrentHashMap<>();

    private Object record(Class<?> of, Map<String, List<Object>> aim) {
        Shape shape = SHAPES.computeIfAbsent(of, Shape::of);
        var values = new Object[shape.parts().size()];
        for (int i = 0; i < values.length; i++) {
            Part part = shape.parts().get(i);
            List<Object> aimed = aim.getOrDefault(part.header(), List.of());
            List<Object> pool = pools.getOrDefault(part.header(), List.of());
            if (!aimed.isEmpty() && random.nextInt(10) > 0) {
                pool = aimed;
            }
            // Where several rows cover a fact the first may count alone: the aim needs a fact that is quiet otherwise.
            boolean quiet = !aim.isEmpty() && aimed.isEmpty() && random.nextBoolean();
            values[i] = part.nullable() && random.nextInt(pool == aimed && !aimed.isEmpty() ? 20 : 4) == 0
                    ? null
                    : value(part.type(), part.generic(), pool, aim, quiet);
        }
        try {
            return shape.constructor().newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no random " + of, e);
        }
    }

    private Object value(Class<?> of, Type generic, List<Object> pool, Map<String, List<Object>> aim, boolean quiet) {
        if (of == String.class) {
            String text = quiet ? "" : text(pool);
            return lengths.isEmpty() || random.nextBoolean() ? text : padded(text);
        }
        if (of == boolean.class || of == Boolean.class) {
            return random.nextBoolean();
        }
        if (of == int.class || of == Integer.class) {
            return quiet || pool.isEmpty() || random.nextInt(8) == 0
                    ? quiet ? 0 : random.nextInt(12) - 1
                    : ((BigDecimal) any(pool)).intValue();
        }
        if (of == BigDecimal.class) {
            if (quiet) {
                return BigDecimal.ZERO;
            }
            return pool.isEmpty() || random.nextInt(8) == 0
                    ? BigDecimal.valueOf(random.nextInt(20_000) - 1_000, random.nextInt(4))
                    : any(pool);
        }
        if (of == LocalDate.class) {
            return pool.isEmpty()
                    ? MOMENT.toLocalDate().plusDays(random.nextInt(9) - 4)
                    : LocalDate.ofEpochDay(((BigDecimal) any(pool)).longValue());
        }
        if (of == OffsetDateTime.class) {
            return MOMENT.plusHours(random.nextInt(9) - 4);
        }
        if (of == List.class) {
            Class<?> element = (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[0];
            return Stream.generate(() -> value(element, element, List.of(), aim, quiet))
                    .limit(random.nextInt(3))
                    .toList();
        }
        if (Term.class.isAssignableFrom(of)) {
            return term(of.asSubclass(Term.class), pool, aim);
        }
        return record(of, aim);
    }

    private Term term(Class<? extends Term> of, List<Object> pool, Map<String, List<Object>> aim) {
        if (!pool.isEmpty() && random.nextInt(3) > 0) {
            return (Term) any(pool);
        }
        List<? extends Term> all = vocabulary.all(of);
        if (all.isEmpty() || (of.isRecord() && random.nextInt(30) == 0)) {
            return (Term) record(of, aim); // a word that no vocabulary has
        }
        return all.get(random.nextInt(all.size()));
    }

    /** Words of the table between others, some of them spoilt, some written wide or in capitals. */
    private String text(List<Object> words) {
        var text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            String word = words.isEmpty() || random.nextInt(4) == 0 ? "Aａ水" + i : (String) any(words);
            text.append(
                    switch (random.nextInt(6)) {
                        case 0 -> word.substring(0, word.length() - 1);
                        case 1 -> word.toUpperCase(java.util.Locale.ROOT);
                        case 2 -> wide(word);
                        default -> word;
                    });
            text.append(random.nextBoolean() ? "" : "，");
        }
        return text.toString();
    }

    /** A text as long as one that the table asks about, or one character more or less. */
    private String padded(String text) {
        return text + "水".repeat(Math.max(0, ((BigDecimal) any(lengths)).intValue() - text.length()));
    }

    private static String wide(String word) {
        var wide = new StringBuilder();
        word.chars().forEach(c -> wide.append((char) (c > ' ' && c < 127 ? c + 0xFEE0 : c == ' ' ? 0x3000 : c)));
        return wide.toString();
    }

    private Object any(List<Object> pool) {
        return pool.get(random.nextInt(pool.size()));
    }
}
