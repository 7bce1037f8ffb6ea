package liandong.table;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    private static final Pattern NONE = Pattern.compile("无|没有|none|nothing", Pattern.CASE_INSENSITIVE);
    private static final Pattern COMPARED = Pattern.compile("(≥|>|≤|<|=|)(.+)");
    private static final Pattern DIGITS = Pattern.compile(NUMBER);
    /** As many labels as can be said in one sentence. */
    private static final int FEW = 12;
    /** As many decimals as a fraction of a day has that somebody typed: a time of day that is shown as such has more. */
    private static final int SHORT_FRACTION = 4;

    /** Far more than anybody reads in a cell; what a table of them costs stays within bounds. */
    private static final int MOST_NUMBERS = 100;

    private static final Pattern OPEN_RANGE = Pattern.compile("([\\[(])([^.]+(?:\\.\\d+)?)\\.\\.(.+)([])])");
    /** What spreadsheet programs count days from. */
    private static final LocalDate SPREADSHEET_EPOCH = LocalDate.of(1899, 12, 30);

    private static final BigDecimal FIRST_DAY = BigDecimal.valueOf(32_874); // 1990
    private static final BigDecimal LAST_DAY = BigDecimal.valueOf(73_051); // 2100
    /** For examples: no leap year, so that 2月29日 is shown as a day there is. */
    private static final int EXAMPLE_YEAR = 2027;

    /** Of {@code 2-29} a day is made, of {@code 2-30} a month of 1930. */
    private static final int LAST_SHORT_DAY = 28;

    /** The first format that refuses percentages where something, or money, is counted; those before read 30% as 30. */
    private static final int NO_PERCENTAGES_SINCE = 3;

    private final Vocabulary vocabulary;
    private final Consumer<Problem> problems;
    private final @Nullable LabelUse labels;
    private final Characters characters;
    /** The words to look for that the table has so far, and those among them that may be several in one. */
    private final Set<String> words = new HashSet<>();

    private final Map<CellRef, List<String>> perhapsJoined = new LinkedHashMap<>();

    /**
     * A grammar.
     *
     * @param vocabulary the words cells may use
     * @param problems gets everything that is wrong
     */
    public Grammar(Vocabulary vocabulary, Consumer<Problem> problems) {
        this(vocabulary, problems, null);
    }

    /**
     * A grammar for cells of a policy.
     *
     * @param labels gets what is named, and what is none, in place of {@code problems}; null to tell that at once
     */
    public Grammar(Vocabulary vocabulary, Consumer<Problem> problems, @Nullable LabelUse labels) {
        this.vocabulary = vocabulary;
        this.problems = problems;
        this.labels = labels;
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
        if (!attribute.isText() && cell.text().strip().equals("非")) {
            problems.accept(Problem.of(Code.EXCLUDES_NOTHING, at, attribute.header()));
            return null;
        }
        if (attribute.isNumber()) {
            Cell number = meant(cell, attribute.header());
            return whole(attribute, within(attribute, number, at), number, at);
        }
        if (cell.date() != null && attribute.isText()) {
            problems.accept(Problem.of(Code.WRONG_TYPE, at, cell.text(), attribute.header()));
            return null;
        }
        if (isNothing(attribute, cell.text())) {
            nothingAsked(attribute, cell.text(), at);
            return null;
        }
        if (isLoose(cell.text(), attribute.isText() || isKnown(attribute, cell.text()), attribute.header(), true, at)) {
            return null;
        }
        Named named = named(attribute, cell.text());
        if (named.words().isEmpty()) {
            problems.accept(Problem.of(Code.LEAVE_EMPTY, at, cell.text(), attribute.header()));
            return null;
        }
        for (String word : named.words()) {
            String compared = attribute.isText() || isKnown(attribute, word) ? null : Wording.compared(word);
            if (compared != null && isKnown(attribute, compared)) {
                problems.accept(Problem.of(Code.COMPARED_LABEL, at, cell.text(), attribute.header()));
                return null;
            }
            if (word.startsWith("非") && named.words().size() > 1 && !isKnown(attribute, word)) {
                problems.accept(Problem.of(Code.MISPLACED_NOT, at, cell.text(), attribute.header()));
                return null;
            }
        }
        var values = new ArrayList<Object>();
        for (String word : named.words()) {
            Object value = value(attribute, word, at);
            if (value != null) {
                values.add(value);
            }
        }
        if (values.size() < named.words().size()) {
            return null;
        }
        if (attribute.isText() && !named.none()) {
            mustSayNotByItsSign(named, at);
        }
        String form = (named.none() ? "非 " : "") + String.join("、", named.forms());
        if (!form.equals(named.written())) {
            problems.accept(Problem.of(Code.READ_AS, at, cell.text(), form));
        }
        return named.none() ? new Condition.NoneOf(values) : new Condition.OneOf(values);
    }

    /** Tells of words by which people say that a text must not hold others, and which are looked for themselves. */
    private void mustSayNotByItsSign(Named named, CellRef at) {
        List<String> words = named.words();
        for (int i = 0; i < words.size(); i++) {
            String excluded = Wording.excludedWord(words.get(i));
            if (excluded != null) {
                // 不含A、B means neither; 不含 further back leaves open what belongs to it.
                List<String> rest = i == 0 ? words.subList(1, words.size()) : List.of();
                String meant = Stream.concat(Stream.of(excluded), rest.stream())
                        .map(Characters::listed)
                        .collect(Collectors.joining("、"));
                problems.accept(Problem.of(Code.WORDED_EXCLUSION, at, words.get(i), "非 " + meant));
                return;
            }
        }
    }

    /**
     * Tells of what stands for all that no other row names, or says that nobody knows yet.
     *
     * @param known whether the text is a word of its own here
     * @param rest whether the rest can be asked for at all
     */
    private boolean isLoose(String text, boolean known, String header, boolean rest, CellRef at) {
        if (known || !(Wording.isNotYetKnown(text) || (rest && Wording.isTheRest(text)))) {
            return false;
        }
        Code code = Wording.isNotYetKnown(text) ? Code.NOT_YET_KNOWN : Code.THE_REST;
        problems.accept(Problem.of(code, at, text, header));
        return true;
    }

    private boolean isNothing(Attribute attribute, String text) {
        if (attribute.isText()) {
            return false;
        }
        return attribute.isBoolean() ? Wording.isEither(text) : Wording.isNothing(text) && !isKnown(attribute, text);
    }

    /**
     * The names in a cell.
     *
     * @param none whether they are excluded
     * @param words the names as written
     * @param forms the names in the form of cells
     * @param written what the cell would have to be if nothing were to be told
     */
    private record Named(boolean none, List<String> words, List<String> forms, String written) {}

    /** Takes a cell apart: as it is meant to be written, else as people write lists and exclusions. */
    private Named named(Attribute attribute, String text) {
        boolean none = excludes(text);
        String list = none ? text.substring(1).strip() : text;
        List<String> words = List.of(list.split("\\s*、\\s*", -1));
        if (!attribute.isText() && !words.stream().allMatch(word -> isKnown(attribute, word))) {
            String excluded = none ? null : Wording.excluded(text);
            if (excluded != null) {
                none = true;
                list = excluded;
            }
            words = listed(list, word -> isKnown(attribute, word));
        } else {
            words = words.stream().filter(word -> !word.isEmpty()).toList();
        }
        List<String> forms = words.stream().map(word -> form(attribute, word)).toList();
        return new Named(none, words, forms, none == excludes(text) ? tidy(text) : (none ? "非 " : "") + tidy(text));
    }

    /** The parts of a list: between 、, else between whatever parts it so that more of its names are known. */
    private static List<String> listed(String list, Predicate<String> known) {
        List<String> best = Stream.of(list.split("、", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
        for (boolean words : new boolean[] {false, true}) {
            List<String> parts = Wording.names(list, words);
            if (parts.size() > best.size() && parts.stream().allMatch(known)) {
                return parts;
            }
        }
        return best;
    }

    @SuppressWarnings("unchecked") // the attribute's type was just found to be a set of terms
    private boolean isKnown(Attribute attribute, String word) {
        if (attribute.isText()) {
            return !word.isEmpty();
        }
        return attribute.isBoolean()
                ? yes(word) != null
                : vocabulary.find((Class<? extends Term>) attribute.type(), word) != null;
    }

    /** A word in the form of cells: only signs for yes and no have another. */
    private static String form(Attribute attribute, String word) {
        String sign = attribute.isBoolean() && plainYes(word) == null ? Wording.yes(word) : null;
        return sign == null ? word : sign;
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
            Boolean yes = yes(word);
            if (yes == null) {
                problems.accept(Problem.of(Code.NOT_YES_OR_NO, at, word, attribute.header()));
            }
            return yes;
        }
        return term((Class<? extends Term>) attribute.type(), word, Attribute.chinese(attribute.header()), at);
    }

    /** A word to look for in texts; full-width letters are found in either width. */
    private String word(String word, CellRef at) {
        characters.mustBePlain(normalised(word), at);
        characters.mustBeUnquoted(word, at);
        if (Wording.excludedWord(word) == null) {
            characters.mustBeOneWord(word, at);
            if (Wording.mayBeJoined(word)) {
                perhapsJoined.computeIfAbsent(at, cell -> new ArrayList<>()).add(word);
            }
        }
        words.add(normalised(word));
        return normalised(word);
    }

    /** Tells of words to look for that are two with 或 or 和 between them, as all words of their table are known now. */
    void tellJoinedWords() {
        perhapsJoined.forEach((at, joined) -> joined.forEach(word -> {
            List<String> parts = Wording.joined(word, this::isWord);
            if (!parts.isEmpty() && !Characters.isDivided(word)) {
                int first = word.indexOf(parts.get(0)) + parts.get(0).length();
                String joint =
                        word.substring(first, word.indexOf(parts.get(1), first)).strip();
                problems.accept(Problem.of(Code.DIVIDED_WORD, at, word, joint, String.join("、", parts)));
            }
        }));
        words.clear();
        perhapsJoined.clear();
    }

    private boolean isWord(String part) {
        return words.contains(normalised(part))
                || vocabulary.sets().stream().anyMatch(set -> vocabulary.find(set, part) != null);
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

    /** The same condition; null, having told of it, when it wants exactly what is no whole number of something counted. */
    private @Nullable Condition whole(Attribute attribute, @Nullable Condition condition, Cell cell, CellRef at) {
        boolean never = condition != null
                && attribute.isWhole()
                && condition.<Boolean>fold(() -> false, one -> false, none -> false, Grammar::isFraction);
        if (never) {
            problems.accept(Problem.of(Code.NOT_A_WHOLE_NUMBER, at, cell.text(), attribute.header()));
        }
        return never ? null : condition;
    }

    /** Whether only single numbers are wanted, and one of them is not whole. */
    private static boolean isFraction(Condition.Within within) {
        return within.ranges().stream().anyMatch(Grammar::isFraction);
    }

    private static boolean isFraction(Condition.Range range) {
        return range.from() != null
                && range.to() != null
                && range.from().compareTo(range.to()) == 0
                && range.from().stripTrailingZeros().scale() > 0;
    }

    private Condition.@Nullable Within within(Attribute attribute, Cell cell, CellRef at) {
        LocalDate date = cell.date();
        BigDecimal number = cell.number();
        if (attribute.isDate() && date != null) {
            return exactly(Attribute.number(date));
        }
        if (!attribute.isDate() && date != null) {
            dateAmongNumbers(date, attribute.header(), true, at);
            return null;
        }
        if (!attribute.isDate() && number != null) {
            return exactly(number);
        }
        String typed = cell.text();
        boolean none = excludes(typed);
        List<String> parts = Stream.of((none ? typed.substring(1) : typed).split("、", -1))
                .map(Grammar::unified)
                .toList();
        if (parts.stream().allMatch(part -> range(attribute, part) != null)) {
            return union(attribute, none, parts, cell, at);
        }
        String cases = attribute.isDate() ? null : Wording.casesOrMore(typed);
        if (cases != null) {
            problems.accept(Problem.of(Code.CASES_OR_MORE, at, typed, cases));
            return null;
        }
        return worded(attribute, cell, at);
    }

    /** What a cell says in other words than those of the form of cells; null when that cannot be told, which is told. */
    private Condition.@Nullable Within worded(Attribute attribute, Cell cell, CellRef at) {
        String typed = cell.text();
        if (isWrongPercentage(typed, attribute.header())) {
            boundsNotRead(attribute, cell, at);
            return null;
        }
        Wording.Bounds whole = Wording.bounds(attribute, typed);
        String excluded = whole == null ? Wording.excluded(typed) : null;
        if (excluded != null && Stream.of(excluded.split("、", -1)).anyMatch(part -> Wording.excluded(part) != null)) {
            problems.accept(Problem.of(Code.MISPLACED_NOT, at, typed, attribute.header()));
            return null;
        }
        List<Wording.Bounds> ranges =
                whole != null ? List.of(whole) : Wording.ranges(attribute, excluded == null ? typed : excluded);
        for (Wording.Bounds range : ranges) {
            if (range.other() != null) {
                problems.accept(Problem.of(Code.BOUND_IN_DOUBT, at, typed, range.form(), range.other()));
                return null;
            }
        }
        if (ranges.isEmpty()) {
            boundsNotRead(attribute, cell, at);
            return null;
        }
        List<String> parts = ranges.stream().map(Wording.Bounds::form).toList();
        return union(attribute, excluded != null, parts, cell, at);
    }

    /**
     * The numbers that lie in one of some ranges, or in none of them; null, having told of it, where that cannot be meant.
     *
     * @param none whether the ranges are excluded
     * @param parts the ranges in the form of cells
     */
    private Condition.@Nullable Within union(
            Attribute attribute, boolean none, List<String> parts, Cell cell, CellRef at) {
        if (parts.size() > MOST_NUMBERS) {
            problems.accept(Problem.of(Code.TOO_MANY_NUMBERS, at, attribute.header(), parts.size(), MOST_NUMBERS));
            return null;
        }
        var ranges = new ArrayList<Condition.Range>();
        for (String part : parts) {
            Condition.Range range = range(attribute, part);
            if (range == null) {
                boundsNotRead(attribute, cell, at);
                return null;
            }
            if (range.from() != null && range.to() != null && range.from().compareTo(range.to()) > 0) {
                String turned = shown(attribute, range.to()) + "~" + shown(attribute, range.from());
                problems.accept(Problem.of(Code.INVERTED_RANGE, at, parts.size() > 1 ? part : cell.text(), turned));
                return null;
            }
            ranges.add(range);
        }
        List<Condition.Range> union = Condition.Range.union(ranges);
        List<Condition.Range> asked = none ? Condition.Range.complement(union) : union;
        if (asked.isEmpty() || (asked.get(0).from() == null && asked.get(0).to() == null)) {
            Code code = asked.isEmpty() ? Code.EXCLUDES_EVERY_NUMBER : Code.EVERY_NUMBER;
            problems.accept(Problem.of(code, at, cell.text(), attribute.header()));
            return null;
        }
        Stream<String> forms =
                union.size() == parts.size() ? parts.stream() : union.stream().map(range -> form(attribute, range));
        told(cell.text(), (none ? "非 " : "") + forms.collect(Collectors.joining("、")), at);
        return new Condition.Within(asked);
    }

    /** Tells how a cell is read, where its form is another than what was typed. */
    private void told(String typed, String form, CellRef at) {
        if (!form.equals(tidy(typed))) {
            // Of other signs than full-width ones only the form that is wanted can be shown.
            Code code = normalised(typed).equals(form) ? Code.UNUSUAL_CHARACTERS : Code.READ_AS;
            problems.accept(Problem.of(code, at, typed, form));
        }
    }

    /** A list or an exclusion without the blanks that make no difference. */
    private static String tidy(String typed) {
        return typed.replaceFirst("^非[ \u3000]+", "非 ").replaceAll("\\s*、\\s*", "、");
    }

    /** Tells of a condition that asks nothing. An empty cell holds for everything, also where 无 was meant as none. */
    private void nothingAsked(Attribute attribute, String typed, CellRef at) {
        boolean none = NONE.matcher(typed).matches();
        problems.accept(Problem.of(none ? Code.NOTHING_OR_ANY : Code.LEAVE_EMPTY, at, typed, attribute.header()));
    }

    /** Tells of a date that lacks its year, or that no calendar has; false for any other text. */
    private boolean isImpossibleDate(String typed, String header, CellRef at) {
        MonthDay yearless = Wording.dayWithoutYear(typed);
        YearMonth month = Wording.monthWithoutDay(typed);
        if (yearless != null) {
            problems.accept(Problem.of(Code.DATE_WITHOUT_YEAR, at, typed, header, yearless.atYear(EXAMPLE_YEAR)));
        } else if (month != null) {
            problems.accept(Problem.of(
                    Code.IMPOSSIBLE_DATE, at, typed, String.valueOf(month.lengthOfMonth()), month.atEndOfMonth()));
        }
        Integer none = Wording.monthThereIsNot(typed);
        if (none != null) {
            problems.accept(Problem.of(Code.NO_SUCH_MONTH, at, typed, none));
        }
        return yearless != null || month != null || none != null;
    }

    private void boundsNotRead(Attribute attribute, Cell cell, CellRef at) {
        BigDecimal number = cell.number();
        LocalDate meant = attribute.isDate() && number != null ? asDate(number) : null;
        String open =
                isWrongPercentage(cell.text(), attribute.header()) ? null : Wording.openRange(attribute, cell.text());
        if (open != null) {
            problems.accept(Problem.of(Code.OPEN_RANGE, at, cell.text(), open));
        } else if (Wording.isNothing(cell.text())) {
            nothingAsked(attribute, cell.text(), at);
        } else if (isLoose(cell.text(), false, attribute.header(), true, at)) {
            return;
        } else if (meant != null) {
            problems.accept(Problem.of(Code.NUMBER_IN_DATES, at, cell.text(), attribute.header(), meant));
        } else if (!attribute.isDate() || !isImpossibleDate(cell.text(), attribute.header(), at)) {
            Code code = attribute.isDate() ? Code.DATE_CONDITION : Code.NUMBER_CONDITION;
            problems.accept(Problem.of(code, at, cell.text(), attribute.header()));
            characters.mustBePlain(unified(cell.text()), at);
            String plain = Wording.withoutLookalikes(cell.text());
            if (!plain.equals(cell.text()) && Wording.bounds(attribute, plain) != null) {
                characters.tellLookalike(cell.text(), plain, at);
            }
        }
    }

    /** A range in the form of cells. */
    private static String form(Attribute attribute, Condition.Range range) {
        BigDecimal from = range.from();
        BigDecimal to = range.to();
        if (from == null) {
            return to == null ? "" : (range.toIncluded() ? "≤" : "<") + shown(attribute, to);
        }
        if (to == null) {
            return (range.fromIncluded() ? "≥" : ">") + shown(attribute, from);
        }
        return from.compareTo(to) == 0
                ? shown(attribute, from)
                : Wording.range(range.fromIncluded(), shown(attribute, from), shown(attribute, to), range.toIncluded());
    }

    private static String shown(Attribute attribute, BigDecimal bound) {
        return attribute.isDate() ? LocalDate.ofEpochDay(bound.longValueExact()).toString() : bound.toPlainString();
    }

    /** What one range in the form of cells holds; null when it is not in that form. */
    private static Condition.@Nullable Range range(Attribute attribute, String text) {
        int tilde = text.indexOf('~');
        Matcher open = OPEN_RANGE.matcher(text);
        if (tilde > 0 || open.matches()) {
            BigDecimal from = bound(attribute, tilde > 0 ? text.substring(0, tilde) : open.group(2));
            BigDecimal to = bound(attribute, tilde > 0 ? text.substring(tilde + 1) : open.group(3));
            boolean fromIncluded = tilde > 0 || open.group(1).equals("[");
            boolean toIncluded = tilde > 0 || open.group(4).equals("]");
            return from == null || to == null ? null : new Condition.Range(from, fromIncluded, to, toIncluded);
        }
        Matcher compared = COMPARED.matcher(text);
        BigDecimal bound = compared.matches() ? bound(attribute, compared.group(2)) : null;
        if (bound == null) {
            return null;
        }
        return switch (compared.group(1)) {
            case "≥" -> new Condition.Range(bound, true, null, false);
            case ">" -> new Condition.Range(bound, false, null, false);
            case "≤" -> new Condition.Range(null, false, bound, true);
            case "<" -> new Condition.Range(null, false, bound, false);
            default -> new Condition.Range(bound, true, bound, true);
        };
    }

    /**
     * Tells of a date where a number is wanted: spreadsheet programs make one of {@code 3-9}.
     *
     * @param range whether a range may stand here
     */
    private void dateAmongNumbers(LocalDate date, String header, boolean range, CellRef at) {
        boolean month = date.getDayOfMonth() == 1 && date.getYear() % 100 > LAST_SHORT_DAY;
        int second = month ? date.getYear() % 100 : date.getDayOfMonth();
        String typed = date.getMonthValue() + "-" + second;
        boolean ordered = date.getMonthValue() <= second;
        String meant = ordered ? date.getMonthValue() + "~" + second : "3~9";
        problems.accept(
                range
                        ? Problem.of(Code.DATE_IN_NUMBERS, at, date, header, typed, meant)
                        : Problem.of(Code.DATE_FOR_NUMBER, at, date, header, typed));
    }

    /** The day that a number is in a spreadsheet program; null when it is no day of our time. */
    private static @Nullable LocalDate asDate(BigDecimal number) {
        boolean day = number.signum() > 0 && number.compareTo(LAST_DAY) < 0;
        return day && number.compareTo(FIRST_DAY) > 0 ? SPREADSHEET_EPOCH.plusDays(number.longValue()) : null;
    }

    /** What is asked of a number that is no attribute of any fact; null when the cell asks nothing, or not in this way. */
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
                .replaceAll("(?<!\\d)\\s+|\\s+(?!\\d)", ""); // 3 5 is not 35
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

    /** The term a word names; null when the set has none such, which has been told unless its sheet cannot be read. */
    public <T extends Term> @Nullable T term(Class<T> set, String word, String header, CellRef at) {
        T term = vocabulary.find(set, word);
        if (term != null && labels != null) {
            labels.uses(set, term);
        } else if (term == null && !vocabulary.isUnread(set, word)) {
            if (labels == null || set.isEnum()) {
                unknown(set, vocabulary.all(set), word, header, at);
            } else {
                var told = new ArrayList<Problem>();
                new Grammar(vocabulary, told::add).unknown(set, vocabulary.all(set), word, header, at);
                labels.misses(set, word, at, told);
            }
        }
        return term;
    }

    /** Tells that a word is none of a set: what it probably was meant to be, else what there is. */
    void unknown(Class<? extends Term> set, List<? extends Term> choices, String word, String header, CellRef at) {
        List<String> alike = choices.stream()
                .map(Term::label)
                .filter(label -> normalised(label).equals(normalised(word)))
                .toList();
        if (alike.size() == 1) {
            problems.accept(Problem.of(Code.LABEL_IN_OTHER_WIDTH, at, word, header, alike.get(0)));
            return;
        }
        String nearest = Vocabulary.nearest(choices, word);
        String labels = choices.stream().map(Term::label).collect(Collectors.joining("、"));
        if (nearest != null) {
            problems.accept(Problem.of(Code.MISTYPED_LABEL, at, word, header, nearest));
        } else if (set.isEnum()) {
            problems.accept(Problem.of(Code.UNKNOWN_CHOICE, at, word, labels));
        } else {
            String sheet = Vocabulary.sheet(set);
            boolean few = !choices.isEmpty() && choices.size() <= FEW;
            problems.accept(Problem.of(
                    Code.UNKNOWN_LABEL, at, word, sheet == null ? header : sheet, few ? "（" + labels + "）" : ""));
        }
        characters.mustBePlain(word, at);
        characters.mustBeUnquoted(word, at);
    }

    /** Yes or no; null for anything else, which is told. */
    public @Nullable Boolean yes(String word, CellRef at, String header) {
        Boolean yes = yes(word);
        if (yes == null) {
            problems.accept(Problem.of(Code.NOT_YES_OR_NO, at, word, header));
        } else if (plainYes(word) == null) {
            problems.accept(Problem.of(Code.READ_AS, at, word, yes ? "是" : "否"));
        }
        return yes;
    }

    private static @Nullable Boolean yes(String word) {
        Boolean plain = plainYes(word);
        String sign = plain == null ? Wording.yes(word) : null;
        return sign == null ? plain : (Boolean) sign.equals("是");
    }

    private static @Nullable Boolean plainYes(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "是", "true", "yes" -> Boolean.TRUE;
            case "否", "false", "no" -> Boolean.FALSE;
            default -> null;
        };
    }

    /** A cell of a conclusion column that must be filled in; see the other method. */
    @Nullable
    Object conclusion(Class<?> type, boolean list, String header, Cell cell, CellRef at) {
        return conclusion(type, list, false, header, cell, at);
    }

    /**
     * A cell of a conclusion column, as the type its component wants; null when it is empty or cannot be understood.
     *
     * @param list whether the cell may list several
     * @param optional whether it may be empty
     */
    @SuppressWarnings("unchecked") // each branch has just looked at the type
    @Nullable
    Object conclusion(Class<?> type, boolean list, boolean optional, String header, Cell cell, CellRef at) {
        if (cell.error()) {
            problems.accept(Problem.of(cell.fault(), at, cell.text()));
            return null;
        }
        if (!list && cell.isEmpty()) {
            return null;
        }
        boolean terms = Term.class.isAssignableFrom(type);
        boolean known = terms && vocabulary.find((Class<? extends Term>) type, cell.text()) != null;
        if (optional && type != String.class && !known && Wording.isNothing(cell.text())) {
            problems.accept(Problem.of(Code.LEAVE_EMPTY, at, cell.text(), header));
            return null;
        }
        if (list) {
            return terms ? terms((Class<? extends Term>) type, header, cell, at) : words(cell, at);
        }
        if (!cell.isEmpty() && type != String.class && isLoose(cell.text(), known, header, false, at)) {
            return null;
        }
        if (terms && !known && isSeveral((Class<? extends Term>) type, cell.text(), header, at)) {
            return null;
        }
        if (terms && !known) {
            List<String> names =
                    listed(cell.text(), name -> vocabulary.find((Class<? extends Term>) type, name) != null);
            if (names.size() > 1) {
                Term joined = vocabulary.find((Class<? extends Term>) type, String.join("", names));
                problems.accept(
                        joined == null
                                ? Problem.of(Code.SEVERAL_LABELS, at, cell.text(), header)
                                : Problem.of(Code.MISTYPED_LABEL, at, cell.text(), header, joined.label()));
                return null;
            }
        }
        if (terms) {
            return term((Class<? extends Term>) type, cell.text(), header, at);
        }
        if (type == String.class) {
            return cell.text();
        }
        if (type == boolean.class || type == Boolean.class) {
            return yes(cell.text(), at, header);
        }
        if (type == LocalDate.class) {
            return day(header, cell, at);
        }
        boolean number = type == int.class || type == Integer.class || type == BigDecimal.class;
        if (number && cell.date() != null) {
            dateAmongNumbers(cell.date(), header, false, at);
            return null;
        }
        return number ? plain(type, header, meant(cell, header), at) : plain(type, header, cell, at);
    }

    /** Tells of a run of names, or of a name that is excluded, where one name is wanted. */
    private boolean isSeveral(Class<? extends Term> set, String text, String header, CellRef at) {
        List<String> run = Wording.fromTo(text);
        if (run != null && run.stream().allMatch(name -> vocabulary.find(set, name) != null)) {
            problems.accept(Problem.of(Code.RUN_OF_LABELS, at, text, header, run.get(0), run.get(1)));
            return true;
        }
        String excluded = excludes(text) ? text.substring(1).strip() : Wording.excluded(text);
        if (excluded != null
                && listed(excluded, name -> vocabulary.find(set, name) != null).stream()
                        .allMatch(name -> vocabulary.find(set, name) != null)) {
            problems.accept(Problem.of(Code.CONCLUDES_NOT, at, text, header));
            return true;
        }
        return false;
    }

    /** A cell as the numbers of its column are meant: where there can be no percentage, 80% is a text. */
    private Cell meant(Cell cell, String header) {
        return vocabulary.format() >= NO_PERCENTAGES_SINCE && Wording.hasNoPercentages(header) ? cell.asShown() : cell;
    }

    /** Whether a text says a percentage where there can be none. */
    private boolean isWrongPercentage(String typed, String header) {
        return vocabulary.format() >= NO_PERCENTAGES_SINCE
                && (typed.contains("%") || typed.contains("％"))
                && Wording.hasNoPercentages(header);
    }

    private @Nullable Object plain(Class<?> type, String header, Cell cell, CellRef at) {
        String text = normalised(cell.text());
        Object value = parsed(type, cell, text);
        if (value == null) {
            boolean number = type == int.class || type == Integer.class || type == BigDecimal.class;
            String form = number && isWrongPercentage(cell.text(), header) ? null : form(type, header, cell.text());
            value = form == null ? null : parsed(type, new Cell(form, null, null, false), form);
            if (value == null || form == null) {
                notRead(type, header, cell, at);
                characters.mustBePlain(text, at);
            } else {
                boolean sameDay = type == Limit.class && Wording.isSameDay(cell.text());
                String shown = sameDay ? "当日" : form;
                if (!shown.equals(cell.text())) {
                    problems.accept(Problem.of(Code.READ_AS, at, cell.text(), shown));
                }
            }
        } else if (value instanceof Number && cell.number() == null && text.equals(cell.text())) {
            // Not told of conditions: a column that also holds 3~9 is best formatted as text.
            problems.accept(Problem.of(Code.NUMBER_AS_TEXT, at, cell.text()));
        } else if (type != ZoneId.class && !text.equals(cell.text())) {
            problems.accept(Problem.of(Code.UNUSUAL_CHARACTERS, at, cell.text(), text));
        }
        if (value instanceof Limit limit && limit.takesYears()) {
            long years = Math.round(limit.aboutDays() / 365.25);
            problems.accept(Problem.of(Code.LIMIT_TAKES_YEARS, at, limit.label(), years));
        }
        return value;
    }

    private List<Object> words(Cell cell, CellRef at) {
        var words = new ArrayList<Object>();
        for (String word : cell.text().split("、", -1)) {
            if (!word.isBlank()) {
                words.add(word(word.strip(), at));
            }
        }
        return List.copyOf(words);
    }

    private List<Object> terms(Class<? extends Term> set, String header, Cell cell, CellRef at) {
        List<String> names = listed(cell.text(), name -> vocabulary.find(set, name) != null);
        var terms = new ArrayList<Object>();
        for (String name : names) {
            Object term = term(set, name, header, at);
            if (term != null) {
                terms.add(term);
            }
        }
        boolean split = names.size() > 1 && names.stream().anyMatch(name -> !isPart(cell.text(), name));
        if (split && terms.size() == names.size()) {
            problems.accept(Problem.of(Code.READ_AS, at, cell.text(), String.join("、", names)));
        }
        return List.copyOf(terms);
    }

    private static boolean isPart(String list, String name) {
        return Stream.of(list.split("、", -1)).anyMatch(part -> part.strip().equals(name));
    }

    private static @Nullable Object parsed(Class<?> type, Cell cell, String text) {
        if (type == int.class || type == Integer.class) {
            return whole(text);
        }
        if (type == BigDecimal.class) {
            return DIGITS.matcher(text).matches() ? new BigDecimal(text) : null;
        }
        if (type == LocalTime.class) {
            return time(cell, text);
        }
        if (type == ZoneId.class) {
            return parsed(cell.text(), ZoneId::of);
        }
        if (type == Limit.class) {
            return Limit.parse(text);
        }
        throw new IllegalStateException("no cell grammar for " + type);
    }

    /** What a cell holds in other words, in the form of cells; null when that cannot be told. */
    private static @Nullable String form(Class<?> type, String header, String typed) {
        if (type == LocalTime.class) {
            return Wording.time(typed);
        }
        if (type == Limit.class) {
            return Wording.limit(typed);
        }
        return type == ZoneId.class ? null : Wording.number(typed, header);
    }

    private void notRead(Class<?> type, String header, Cell cell, CellRef at) {
        Code code;
        String hours = Wording.hours(cell.text());
        if (hours != null && (type == LocalTime.class || type == Limit.class)) {
            String[] times = hours.split("~", -1);
            problems.accept(
                    type == Limit.class
                            ? Problem.of(Code.LIMIT_WITHOUT_LENGTH, at, cell.text(), hours)
                            : Problem.of(Code.TWO_TIMES, at, cell.text(), header, times[0], times[1]));
            return;
        }
        if (type == Limit.class && isLooseLimit(cell, at)) {
            return;
        }
        boolean number = type == int.class || type == Integer.class || type == BigDecimal.class;
        if (number && Wording.isNothing(cell.text())) {
            problems.accept(Problem.of(Code.NUMBER_NEEDED, at, cell.text(), header));
            return;
        }
        if (type == LocalTime.class) {
            code = Code.NOT_A_TIME;
        } else if (type == ZoneId.class) {
            code = Code.NOT_A_ZONE;
        } else if (type == Limit.class) {
            boolean bare = DIGITS.matcher(normalised(cell.text())).matches();
            Code other = Wording.isAtOnce(cell.text()) ? Code.LIMIT_AT_ONCE : Code.BAD_LIMIT;
            code = bare ? Code.LIMIT_WITHOUT_UNIT : other;
        } else {
            code = type == BigDecimal.class ? Code.NOT_A_NUMBER : Code.NOT_A_WHOLE_NUMBER;
        }
        problems.accept(Problem.of(code, at, cell.text(), header));
        String plain = Wording.withoutLookalikes(cell.text());
        if (!plain.equals(cell.text())
                && (parsed(type, new Cell(plain, null, null, false), plain) != null
                        || form(type, header, plain) != null)) {
            characters.tellLookalike(cell.text(), plain, at);
        }
    }

    /** Tells of a limit whose length is the time of day that a spreadsheet program made of it, has a remark, or is the next day. */
    private boolean isLooseLimit(Cell cell, CellRef at) {
        LocalTime time = cell.number() == null || cell.number().scale() <= SHORT_FRACTION ? null : time(cell, "");
        String alone = Wording.limitBeforeRemark(cell.text());
        if (time != null) {
            int minutes = time.toSecondOfDay() / 60;
            String length = minutes % 60 == 0 ? minutes / 60 + " 小时" : minutes + " 分钟";
            problems.accept(Problem.of(Code.LIMIT_IS_A_TIME, at, time, length));
        } else if (alone != null) {
            problems.accept(Problem.of(Code.LIMIT_WITH_REMARK, at, cell.text(), alone));
        } else if (Wording.isNextDay(cell.text())) {
            problems.accept(Problem.of(Code.LIMIT_IS_NEXT_DAY, at, cell.text()));
        }
        return time != null || alone != null || Wording.isNextDay(cell.text());
    }

    /** The day in a cell; null when it holds none, which is told. */
    @Nullable
    LocalDate day(String header, Cell cell, CellRef at) {
        if (cell.date() != null) {
            LocalDateTime moment = cell.moment();
            if (moment != null && !moment.toLocalTime().equals(LocalTime.MIDNIGHT)) {
                problems.accept(Problem.of(Code.READ_AS, at, moment.toString().replace('T', ' '), cell.date()));
            }
            return cell.date();
        }
        String text = normalised(cell.text());
        LocalDate day = parsed(text, LocalDate::parse);
        String form = day == null ? Wording.date(cell.text()) : text;
        if (form == null) {
            LocalDate meant = cell.number() == null ? null : asDate(cell.number());
            String first = Wording.firstOfSeveralDays(cell.text());
            if (first != null) {
                problems.accept(Problem.of(Code.SEVERAL_DAYS, at, cell.text(), header, first));
                return null;
            }
            if (meant == null && isImpossibleDate(cell.text(), header, at)) {
                return null;
            }
            problems.accept(
                    meant == null
                            ? Problem.of(Code.NOT_A_DATE, at, cell.text(), header)
                            : Problem.of(Code.NUMBER_IN_DATES, at, cell.text(), header, meant));
            characters.mustBePlain(text, at);
            return null;
        }
        if (!form.equals(cell.text())) {
            Code code = form.equals(text) ? Code.UNUSUAL_CHARACTERS : Code.READ_AS;
            problems.accept(Problem.of(code, at, cell.text(), form));
        }
        return LocalDate.parse(form);
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
