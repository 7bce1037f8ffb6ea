package liandong.table;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import liandong.calendar.Limit;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.sheet.Cell;
import org.jspecify.annotations.Nullable;

/**
 * What may stand in a cell, and what it means. The same in every table.
 *
 * <p>Every method tells the problems it finds and then gives null; it never throws for what a cell holds.
 */
public final class Grammar {
    private static final String NUMBER = "-?\\d{1,15}(?:\\.\\d{1,6})?";
    private static final Pattern COMPARED = Pattern.compile("(≥|>|≤|<|=|)(.+)");
    private static final Pattern DIGITS = Pattern.compile(NUMBER);

    private final Vocabulary vocabulary;
    private final Consumer<Problem> problems;
    private final Characters characters;

    /**
     * A grammar.
     *
     * @param vocabulary the words cells may use
     * @param problems gets everything that is wrong
     */
    public Grammar(Vocabulary vocabulary, Consumer<Problem> problems) {
        this.vocabulary = vocabulary;
        this.problems = problems;
        this.characters = new Characters(problems);
    }

    /** What a cell asks of an attribute; null when it cannot be understood. */
    @Nullable
    Condition condition(Attribute attribute, Cell cell, CellRef at) {
        if (cell.error()) {
            problems.accept(Problem.of(cell.fault(), at, cell.text()));
            return null;
        }
        if (cell.isEmpty()) {
            return Condition.ANY;
        }
        if (attribute.isNumber()) {
            return within(attribute, cell, at);
        }
        if (cell.date() != null) {
            problems.accept(Problem.of(Code.WRONG_TYPE, at, cell.text(), attribute.header()));
            return null;
        }
        boolean none = excludes(cell.text());
        String list = none ? cell.text().substring(1).strip() : cell.text();
        String[] words = list.split("、", -1);
        if (Stream.of(words).anyMatch(String::isBlank)) {
            problems.accept(Problem.of(Code.BAD_CONDITION, at, cell.text(), attribute.header()));
            return null;
        }
        var values = new ArrayList<Object>();
        for (String word : words) {
            Object value = value(attribute, word.strip(), at);
            if (value != null) {
                values.add(value);
            }
        }
        if (values.size() < words.length) {
            return null;
        }
        return none ? new Condition.NoneOf(values) : new Condition.OneOf(values);
    }

    /** Whether a cell names what must not be. */
    public static boolean excludes(String cell) {
        return cell.startsWith("非 ") || cell.startsWith("非\u3000");
    }

    @SuppressWarnings("unchecked") // the attribute's type was just found to be a set of terms
    private @Nullable Object value(Attribute attribute, String word, CellRef at) {
        if (attribute.isText()) {
            return word(word, at);
        }
        if (attribute.isBoolean()) {
            return yes(word, at, attribute.header());
        }
        return term((Class<? extends Term>) attribute.type(), word, Attribute.chinese(attribute.header()), at);
    }

    /** A word to look for in texts; full-width letters are found in either width. */
    private String word(String word, CellRef at) {
        characters.mustBePlain(normalised(word), at);
        characters.mustBeUnquoted(word, at);
        characters.mustBeOneWord(word, at);
        return normalised(word);
    }

    /** Names as they stand in a cell that lists several; null when the cell cannot be read. */
    @Nullable
    List<String> names(Cell cell, CellRef at) {
        if (cell.error()) {
            problems.accept(Problem.of(cell.fault(), at, cell.text()));
            return null;
        }
        return Stream.of(cell.text().split("、", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    private @Nullable Condition within(Attribute attribute, Cell cell, CellRef at) {
        LocalDate date = cell.date();
        BigDecimal number = cell.number();
        if (attribute.isDate() && date != null) {
            return exactly(Attribute.number(date));
        }
        if (!attribute.isDate() && date == null && number != null) {
            return exactly(number);
        }
        String text = unified(cell.text());
        int tilde = text.indexOf('~');
        Condition.Within within = null;
        if (tilde > 0) {
            BigDecimal from = bound(attribute, text.substring(0, tilde));
            BigDecimal to = bound(attribute, text.substring(tilde + 1));
            if (from != null && to != null && from.compareTo(to) <= 0) {
                within = new Condition.Within(from, true, to, true);
            }
        } else {
            Matcher compared = COMPARED.matcher(text);
            BigDecimal bound = compared.matches() ? bound(attribute, compared.group(2)) : null;
            if (bound != null) {
                within = switch (compared.group(1)) {
                    case "≥" -> new Condition.Within(bound, true, null, false);
                    case ">" -> new Condition.Within(bound, false, null, false);
                    case "≤" -> new Condition.Within(null, false, bound, true);
                    case "<" -> new Condition.Within(null, false, bound, false);
                    default -> exactly(bound);
                };
            }
        }
        if (within == null || date != null) {
            problems.accept(Problem.of(Code.BAD_CONDITION, at, cell.text(), attribute.header()));
            characters.mustBePlain(text, at);
            return null;
        }
        if (!text.equals(cell.text())) {
            problems.accept(Problem.of(Code.UNUSUAL_CHARACTERS, at, cell.text(), text));
        }
        return within;
    }

    /** Bounds of a number that is no attribute of any fact; null when the cell states none. */
    public Condition.@Nullable Within bounds(Cell cell, String header, CellRef at) {
        var number = new Attribute(header, header, BigDecimal.class, false, null, value -> value);
        Condition condition = condition(number, cell, at);
        return condition == null
                ? null
                : condition.<Condition.@Nullable Within>fold(() -> null, one -> null, none -> null, within -> within);
    }

    private static Condition.Within exactly(BigDecimal bound) {
        return new Condition.Within(bound, true, bound, true);
    }

    private static @Nullable BigDecimal bound(Attribute attribute, String text) {
        String stripped = text.strip();
        if (attribute.isDate()) {
            try {
                return Attribute.number(LocalDate.parse(stripped));
            } catch (DateTimeParseException e) {
                return null;
            }
        }
        return DIGITS.matcher(stripped).matches() ? new BigDecimal(stripped) : null;
    }

    /** Full-width digits and signs, and the ASCII ways of writing ≥ and ≤, as the grammar writes them. */
    private static String unified(String text) {
        return normalised(text)
                .replace(">=", "≥")
                .replace("<=", "≤")
                .replace('≧', '≥')
                .replace('≦', '≤')
                .replace('〜', '~')
                .replaceAll("\\s+", "");
    }

    /** Text as keywords are compared: half-width, lower case, of the same length as before. */
    public static String normalised(String text) {
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            char c = chars[i];
            if (c >= '！' && c <= '～') {
                c = (char) (c - '！' + '!');
            } else if (c == '\u3000') {
                c = ' ';
            }
            chars[i] = c < 128 ? Character.toLowerCase(c) : c;
        }
        return new String(chars);
    }

    /** The term a word names; null when the set has none such. */
    public <T extends Term> @Nullable T term(Class<T> set, String word, String header, CellRef at) {
        T term = vocabulary.find(set, word);
        if (term == null) {
            String nearest = vocabulary.nearest(set, word);
            problems.accept(
                    nearest == null
                            ? Problem.of(Code.UNKNOWN_LABEL, at, word, header)
                            : Problem.of(Code.MISTYPED_LABEL, at, word, header, nearest));
            characters.mustBePlain(word, at);
            characters.mustBeUnquoted(word, at);
        }
        return term;
    }

    /** Yes or no; null for anything else. */
    public @Nullable Boolean yes(String word, CellRef at, String header) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "是", "true", "yes" -> Boolean.TRUE;
            case "否", "false", "no" -> Boolean.FALSE;
            default -> {
                problems.accept(Problem.of(Code.WRONG_TYPE, at, word, header));
                yield null;
            }
        };
    }

    /** A cell of a conclusion column, as the type its component wants; null when it is empty or cannot be understood. */
    @SuppressWarnings("unchecked") // each branch has just looked at the type
    @Nullable
    Object conclusion(Class<?> type, boolean list, String header, Cell cell, CellRef at) {
        if (cell.error()) {
            problems.accept(Problem.of(cell.fault(), at, cell.text()));
            return null;
        }
        if (list) {
            var terms = new ArrayList<Object>();
            for (String word : cell.text().split("、", -1)) {
                if (!word.isBlank()) {
                    Object term = type == String.class
                            ? word(word.strip(), at)
                            : term((Class<? extends Term>) type, word.strip(), header, at);
                    if (term != null) {
                        terms.add(term);
                    }
                }
            }
            return List.copyOf(terms);
        }
        if (cell.isEmpty()) {
            return null;
        }
        if (Term.class.isAssignableFrom(type)) {
            return term((Class<? extends Term>) type, cell.text(), header, at);
        }
        if (type == String.class) {
            return cell.text();
        }
        if (type == boolean.class) {
            return yes(cell.text(), at, header);
        }
        String text = normalised(cell.text());
        Object value = null;
        if (type == int.class || type == Integer.class) {
            value = cell.date() == null ? whole(text) : null;
        } else if (type == BigDecimal.class) {
            value = cell.date() == null && DIGITS.matcher(text).matches() ? new BigDecimal(text) : null;
        } else if (type == LocalDate.class) {
            value = date(cell);
        } else if (type == LocalTime.class) {
            value = time(cell, text);
        } else if (type == ZoneId.class) {
            value = parsed(cell.text(), ZoneId::of);
        } else if (type == Limit.class) {
            value = Limit.parse(text);
        } else {
            throw new IllegalStateException("no cell grammar for " + type);
        }
        if (value == null) {
            problems.accept(Problem.of(Code.WRONG_TYPE, at, cell.text(), header));
            characters.mustBePlain(text, at);
        } else if (value instanceof Number && cell.number() == null && text.equals(cell.text())) {
            // Not told of conditions: a column that also holds 3~9 is best formatted as text.
            problems.accept(Problem.of(Code.NUMBER_AS_TEXT, at, cell.text()));
        } else if (type != ZoneId.class && !text.equals(cell.text())) {
            problems.accept(Problem.of(Code.UNUSUAL_CHARACTERS, at, cell.text(), text));
        }
        return value;
    }

    static @Nullable LocalDate date(Cell cell) {
        return cell.date() != null ? cell.date() : parsed(normalised(cell.text()), LocalDate::parse);
    }

    private static @Nullable Integer whole(String text) {
        if (!DIGITS.matcher(text).matches()) {
            return null;
        }
        try {
            return new BigDecimal(text).intValueExact();
        } catch (ArithmeticException e) {
            return null;
        }
    }

    /** A time of day: typed as text, or as the fraction of a day that spreadsheet programs make of it. */
    private static @Nullable LocalTime time(Cell cell, String text) {
        BigDecimal number = cell.number();
        if (number == null) {
            return parsed(text, LocalTime::parse);
        }
        long seconds = Math.round(number.doubleValue() * 86_400);
        return seconds >= 0 && seconds < 86_400 ? LocalTime.ofSecondOfDay(seconds) : null;
    }

    private static <T> @Nullable T parsed(String text, java.util.function.Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
