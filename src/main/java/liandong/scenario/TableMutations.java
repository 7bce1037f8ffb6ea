package liandong.scenario;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.analysis.ConditionSpace;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.problem.CellRef;
import liandong.problem.Problem;
import liandong.sheet.Cell;
import liandong.sheet.SheetData;
import liandong.table.Attribute;
import liandong.table.Condition;
import liandong.table.FreeColumnSheet;
import liandong.table.Grammar;
import liandong.table.HitPolicy;
import liandong.table.Row;
import liandong.table.SheetReader;
import liandong.table.Table;
import liandong.table.TableContract;
import org.jspecify.annotations.Nullable;

/**
 * The tables that a table would be if one cell of it said something else, or a row were gone, or two changed places.
 *
 * <p>Each is read from the changed sheet by the same reader, so that a change is exactly what a typing error would be;
 * one that cannot be read, or says the same as before, is none.
 */
public final class TableMutations {
    private static final Pattern BOUND = Pattern.compile("(≥|>|≤|<|)(-?\\d+(?:\\.\\d+)?)(?:~(-?\\d+(?:\\.\\d+)?))?");
    private static final Pattern AMOUNT = Pattern.compile("(-?\\d+(?:\\.\\d+)?)( .+)?");
    private static final Set<String> NOT_JUDGED = Set.of("编号", "依据", "状态", "生效", "失效", "备注");

    private final SheetData sheet;
    private final Table<? extends Row> table;
    private final Vocabulary vocabulary;
    private final FreeColumnSheet open;
    private final Set<String> conditions;
    /** The rows' indices by id. */
    private final Map<String, Integer> places = new HashMap<>();
    /** The words each column uses. */
    private final Map<Integer, List<String>> used = new HashMap<>();

    /** What is changed. */
    public enum Change {
        /** A bound is one more or one less. */
        BOUND,
        /** {@code ≥} becomes {@code >}, {@code ≤} becomes {@code <}, or the other way round. */
        COMPARISON,
        /** A condition names another label, or one word fewer. */
        LABEL,
        /** A condition is emptied. */
        CONDITION_EMPTIED,
        /** A conclusion says something else. */
        CONCLUSION,
        /** A row is gone. */
        ROW_DELETED,
        /** A row and the next have changed places, where both may cover one fact. */
        ROWS_SWAPPED
    }

    /**
     * One changed table.
     *
     * @param change what is changed
     * @param row the id of the row
     * @param at the cell; of a whole row, that of its id
     * @param column the column's header; empty for a whole row
     * @param was what stood there
     * @param now what stands there instead; empty for nothing
     */
    public record Variant(Change change, String row, CellRef at, String column, String was, String now) {}

    private TableMutations(SheetData sheet, Table<? extends Row> table, Vocabulary vocabulary) {
        this.sheet = sheet;
        this.table = table;
        this.vocabulary = vocabulary;
        this.open = FreeColumnSheet.read(sheet);
        this.conditions = table.attributes().stream()
                .map(attribute -> Attribute.chinese(attribute.header()))
                .collect(Collectors.toSet());
        for (int row = 0; row < table.rows().size(); row++) {
            places.put(table.rows().get(row).ref().id(), row);
        }
    }

    /**
     * The variants of a table.
     *
     * @param sheet the sheet it was read from
     */
    public static List<Variant> of(SheetData sheet, Table<? extends Row> table, Vocabulary vocabulary) {
        return new TableMutations(sheet, table, vocabulary).all();
    }

    /**
     * The table as a variant has it.
     *
     * @return null when it could not be read
     */
    public static @Nullable Table<? extends Row> table(
            SheetData sheet, Table<? extends Row> table, Vocabulary vocabulary, Variant variant) {
        SheetData changed = changed(sheet, variant);
        var problems = new ArrayList<Problem>();
        var reader = new SheetReader(vocabulary, LocalDate.EPOCH, problems::add);
        Table<? extends Row> read = reader.table(changed, table.type(), promise(table.hitPolicy()), new HashMap<>());
        return problems.stream().anyMatch(problem -> problem.code().isError()) ? null : read;
    }

    /**
     * The rows a variant touches, before and after, as tables in which all rows count.
     *
     * <p>A fact that none of them covers gets the same answer from the whole table either way.
     *
     * @param before the rows as they are
     * @param after the rows as the variant has them
     */
    public record Touched(Table<? extends Row> before, Table<? extends Row> after) {
        /** Whether the whole table may answer otherwise about a fact. */
        public boolean by(Variant variant, Object fact, LocalDate on) {
            int rows = before.match(fact, on).size();
            // Two rows in another order tell only where both cover the fact.
            return variant.change() == Change.ROWS_SWAPPED
                    ? rows > 1
                    : rows > 0 || !after.match(fact, on).isEmpty();
        }
    }

    /**
     * The rows a variant touches.
     *
     * @return null when the variant could not be read
     */
    public static @Nullable Touched touched(
            SheetData sheet, Table<? extends Row> table, Vocabulary vocabulary, Variant variant) {
        var problems = new ArrayList<Problem>();
        var reader = new SheetReader(vocabulary, LocalDate.EPOCH, problems::add);
        var before = reader.table(narrowed(sheet, variant), table.type(), promise(HitPolicy.ALL), new HashMap<>());
        var after = reader.table(
                changed(narrowed(sheet, variant), variant), table.type(), promise(HitPolicy.ALL), new HashMap<>());
        return problems.stream().anyMatch(problem -> problem.code().isError()) ? null : new Touched(before, after);
    }

    private static SheetData narrowed(SheetData sheet, Variant variant) {
        int row = variant.at().row();
        int last = variant.change() == Change.ROWS_SWAPPED ? row + 1 : row;
        return with(
                sheet,
                sheet.lines().stream()
                        .filter(line -> line.number() <= SheetReader.HEADER_ROW
                                || (line.number() >= row && line.number() <= last))
                        .toList());
    }

    private static SheetData changed(SheetData sheet, Variant variant) {
        int row = variant.at().row();
        var lines = new ArrayList<SheetData.Line>();
        for (SheetData.Line line : sheet.lines()) {
            boolean here = line.number() == row;
            switch (variant.change()) {
                case ROW_DELETED -> {
                    if (!here) {
                        lines.add(line);
                    }
                }
                case ROWS_SWAPPED -> {
                    if (here) {
                        lines.add(numbered(line(sheet, row + 1), row));
                    } else {
                        lines.add(line.number() == row + 1 ? numbered(line(sheet, row), row + 1) : line);
                    }
                }
                default -> lines.add(here ? with(line, variant.at().column(), variant.now()) : line);
            }
        }
        return with(sheet, List.copyOf(lines));
    }

    /** A sheet with other lines; how it looked has no part in what it says. */
    private static SheetData with(SheetData sheet, List<SheetData.Line> lines) {
        return new SheetData(sheet.file(), sheet.name(), false, lines, List.of(), List.of(), Set.of());
    }

    private static TableContract promise(HitPolicy hitPolicy) {
        return new TableContract(hitPolicy, false);
    }

    private static SheetData.Line line(SheetData sheet, int number) {
        return sheet.lines().stream()
                .filter(line -> line.number() == number)
                .findFirst()
                .orElseThrow();
    }

    private static SheetData.Line numbered(SheetData.Line line, int number) {
        return new SheetData.Line(number, line.hidden(), line.cells());
    }

    private static SheetData.Line with(SheetData.Line line, int column, String text) {
        var cells = new ArrayList<>(line.cells());
        boolean number = text.matches("-?\\d{1,15}(\\.\\d{1,6})?");
        cells.set(
                column,
                text.isEmpty() ? Cell.EMPTY : new Cell(text, number ? new BigDecimal(text) : null, null, false));
        return new SheetData.Line(line.number(), line.hidden(), List.copyOf(cells));
    }

    private List<Variant> all() {
        var all = new ArrayList<Variant>();
        int id = open.headings().stream()
                .filter(heading -> heading.name().equals("编号"))
                .mapToInt(FreeColumnSheet.Heading::column)
                .findFirst()
                .orElse(0);
        List<FreeColumnSheet.Entry> entries = open.entries();
        boolean ordered = table.hitPolicy() == HitPolicy.FIRST;
        ConditionSpace space = ordered ? ConditionSpace.of(table, vocabulary, LocalDate.EPOCH) : null;
        for (int i = 0; i < entries.size(); i++) {
            FreeColumnSheet.Entry entry = entries.get(i);
            String row = entry.cell(id).text();
            CellRef at = sheet.at(entry.row(), id);
            all.add(new Variant(Change.ROW_DELETED, row, at, "", row, ""));
            if (space != null && i + 1 < entries.size() && entries.get(i + 1).row() == entry.row() + 1) {
                String next = entries.get(i + 1).cell(id).text();
                if (together(space, row, next)) {
                    all.add(new Variant(Change.ROWS_SWAPPED, row, at, "", row, next));
                }
            }
            for (FreeColumnSheet.Heading heading : open.headings()) {
                Cell cell = entry.cell(heading.column());
                if (!NOT_JUDGED.contains(heading.name()) && !cell.isEmpty() && !cell.error()) {
                    CellRef place = sheet.at(entry.row(), heading.column());
                    cell(row, place, heading, cell.text(), all);
                }
            }
        }
        return all;
    }

    /** Whether both rows may cover one fact; where none can, their order says nothing. */
    private boolean together(ConditionSpace space, String one, String other) {
        Integer first = places.get(one);
        Integer second = places.get(other);
        return first == null
                || second == null
                || space.axes().stream()
                        .allMatch(axis -> axis.isText()
                                ? axis.both(first, second) != null
                                : ConditionSpace.meet(axis.row(first), axis.row(second)).length > 0);
    }

    private void cell(String row, CellRef at, FreeColumnSheet.Heading heading, String text, List<Variant> all) {
        boolean condition = conditions.contains(heading.name());
        if (!condition) {
            conclusion(heading, text)
                    .forEach(now -> all.add(new Variant(Change.CONCLUSION, row, at, heading.text(), text, now)));
            return;
        }
        all.add(new Variant(Change.CONDITION_EMPTIED, row, at, heading.text(), text, ""));
        condition(row, heading)
                .handle(
                        () -> {},
                        one -> labels(row, at, heading, text, all),
                        none -> labels(row, at, heading, text, all),
                        within -> {
                            Matcher bound = BOUND.matcher(text);
                            if (bound.matches()) {
                                bounds(row, at, heading, text, bound, all);
                            } else { // a date, or a number in full-width digits
                                labels(row, at, heading, text, all);
                            }
                        });
    }

    /** What a cell was read as. */
    private Condition condition(String row, FreeColumnSheet.Heading heading) {
        int place = Objects.requireNonNull(places.get(row));
        return table.columns().stream()
                .filter(column -> Attribute.chinese(column.attribute().header()).equals(heading.name()))
                .findFirst()
                .orElseThrow()
                .conditions()
                .get(place);
    }

    private void labels(String row, CellRef at, FreeColumnSheet.Heading heading, String text, List<Variant> all) {
        for (String now : words(heading, text)) {
            all.add(new Variant(Change.LABEL, row, at, heading.text(), text, now));
        }
    }

    private static void bounds(
            String row, CellRef at, FreeColumnSheet.Heading heading, String text, Matcher bound, List<Variant> all) {
        String sign = bound.group(1);
        var number = new BigDecimal(bound.group(2));
        for (int step : new int[] {1, -1}) {
            BigDecimal moved = number.add(BigDecimal.valueOf(step));
            String upper = bound.group(3);
            if (upper == null) {
                all.add(new Variant(Change.BOUND, row, at, heading.text(), text, sign + moved.toPlainString()));
            } else {
                all.add(new Variant(Change.BOUND, row, at, heading.text(), text, moved.toPlainString() + "~" + upper));
                all.add(new Variant(
                        Change.BOUND,
                        row,
                        at,
                        heading.text(),
                        text,
                        bound.group(2) + "~"
                                + new BigDecimal(upper)
                                        .add(BigDecimal.valueOf(step))
                                        .toPlainString()));
            }
        }
        String other = switch (sign) {
            case "≥" -> ">";
            case ">" -> "≥";
            case "≤" -> "<";
            case "<" -> "≤";
            default -> "";
        };
        if (!other.isEmpty()) {
            all.add(new Variant(
                    Change.COMPARISON, row, at, heading.text(), text, other + text.substring(sign.length())));
        }
    }

    /** A condition on labels or words with one of them left out, or another in the place of the only one. */
    private List<String> words(FreeColumnSheet.Heading heading, String text) {
        boolean none = Grammar.excludes(text);
        String prefix = none ? "非 " : "";
        List<String> words = List.of((none ? text.substring(1).strip() : text).split("、", -1));
        if (words.size() > 1) {
            return Stream.iterate(0, i -> i < words.size(), i -> i + 1)
                    .map(without -> prefix
                            + Stream.iterate(0, i -> i < words.size(), i -> i + 1)
                                    .filter(i -> !i.equals(without))
                                    .map(words::get)
                                    .collect(Collectors.joining("、")))
                    .toList();
        }
        return others(heading, words.get(0)).stream().map(word -> prefix + word).toList();
    }

    private List<String> conclusion(FreeColumnSheet.Heading heading, String text) {
        Matcher amount = AMOUNT.matcher(text);
        if (amount.matches()) {
            String unit = amount.group(2) == null ? "" : amount.group(2);
            var number = new BigDecimal(amount.group(1));
            return Stream.of(1, -1)
                    .map(step -> number.add(BigDecimal.valueOf(step)).toPlainString() + unit)
                    .toList();
        }
        if (text.contains("、")) {
            return List.of(text.substring(0, text.lastIndexOf('、')));
        }
        return others(heading, text);
    }

    /** The word that stands next in the same column, in its order: what a slip would have put there. */
    private List<String> others(FreeColumnSheet.Heading heading, String text) {
        if (text.equals("是") || text.equals("否")) {
            return List.of(text.equals("是") ? "否" : "是");
        }
        boolean free = table.attributes().stream()
                .filter(attribute -> Attribute.chinese(attribute.header()).equals(heading.name()))
                .anyMatch(Attribute::isText);
        if (free) {
            return List.of(text + "※");
        }
        List<String> list = used.computeIfAbsent(
                heading.column(),
                column -> open.entries().stream()
                        .map(entry -> entry.cell(column).text())
                        .filter(cell -> !cell.isEmpty() && !cell.contains("、") && !Grammar.excludes(cell))
                        .distinct()
                        .toList());
        if (list.size() < 2) {
            return List.of(sibling(text));
        }
        return List.of(list.get((list.indexOf(text) + 1) % list.size()));
    }

    /** Another word of the set that a word belongs to; the word with a mark when it belongs to none, as text does. */
    private String sibling(String text) {
        Collection<Class<? extends Term>> sets = vocabulary.sets();
        for (Class<? extends Term> set : sets) {
            if (vocabulary.find(set, text) != null) {
                return vocabulary.all(set).stream()
                        .map(Term::label)
                        .filter(label -> !label.equals(text))
                        .findFirst()
                        .orElse(text + "※");
            }
        }
        return text + "※";
    }
}
