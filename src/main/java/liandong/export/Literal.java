package liandong.export;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Collectors;
import liandong.calendar.Limit;
import liandong.incident.Term;

/**
 * Values as they stand in the code of a rule.
 *
 * <p>Code is the one place where a word that somebody typed could come to life, so letters, digits and a few signs stand
 * for themselves and everything else is written by its number. Octal numbers below 128: {@code \}{@code u0022} would be a
 * quote to the Java compiler, before it looks where strings end. Capitals from there on: MVEL knows no others.
 */
final class Literal {
    private static final String PLAIN_SIGNS = " -_.,:~%+<>";

    private Literal() {}

    /** A text as a string literal of Java, of DRL and of MVEL. */
    static String of(String text) {
        var literal = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 128 ? isPlain(c) : isVisible(c)) {
                literal.append(c);
            } else {
                literal.append(c < 128 ? String.format("\\%03o", (int) c) : String.format("\\u%04X", (int) c));
            }
        }
        return literal.append('"').toString();
    }

    private static boolean isPlain(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || PLAIN_SIGNS.indexOf(c) >= 0;
    }

    /** Whether a character outside ASCII can be seen: not a control, a space, a mark of direction, half of a pair… */
    private static boolean isVisible(char c) {
        return switch (Character.getType(c)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.MATH_SYMBOL -> true;
            default -> false;
        };
    }

    /** A number as it compares with others, whatever their decimals. */
    static String of(BigDecimal number) {
        return number.toPlainString() + "B";
    }

    /** A day. */
    static String of(LocalDate day) {
        return "LocalDate.of( " + day.getYear() + ", " + day.getMonthValue() + ", " + day.getDayOfMonth() + " )";
    }

    /** What a row concludes, as Java. */
    static String ofConclusion(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Literal::ofConclusion).collect(Collectors.joining(", ", "List.of( ", " )"));
        }
        if (value instanceof Integer || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof BigDecimal number) {
            return "new BigDecimal( \"" + number.toPlainString() + "\" )";
        }
        if (value instanceof LocalDate day) {
            return of(day);
        }
        return of(text(value));
    }

    /**
     * The simple type that holds what a row concludes. Drools makes 0 or false of an empty Integer or Boolean, but leaves what
     * is more general empty.
     */
    static Class<?> holder(Class<?> type) {
        if (type == Integer.class) {
            return Number.class;
        }
        return type == Boolean.class ? Object.class : carrier(type);
    }

    /** The simple type that carries a value of a type to whoever does not know ours. */
    static Class<?> carrier(Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return Integer.class;
        }
        if (type == boolean.class || type == Boolean.class) {
            return Boolean.class;
        }
        return type == List.class || type == BigDecimal.class || type == LocalDate.class ? type : String.class;
    }

    private static String text(Object value) {
        if (value instanceof Term term) {
            return term.code();
        }
        if (value instanceof Limit limit) {
            return limit.label();
        }
        if (value instanceof String || value instanceof LocalTime) {
            return value.toString();
        }
        throw new IllegalStateException("no literal for " + value.getClass());
    }
}
