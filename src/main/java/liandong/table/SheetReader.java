package liandong.table;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import liandong.incident.Bounds;
import liandong.incident.Column;
import liandong.incident.Nearest;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.sheet.Cell;
import liandong.sheet.SheetData;
import org.jspecify.annotations.Nullable;

/**
 * Turns the rows of a sheet into records: a title row, a header row, then data.
 *
 * <p>Columns are found by their headers and may stand in any order. All problems are told; a row with a problem gives no
 * record.
 */
public final class SheetReader {
    public static final int HEADER_ROW = 2;
    /** The header of the column of row ids. */
    public static final String ID = "编号";

    /** What people write on a row that they no longer want. */
    private static final Pattern GIVEN_UP = Pattern.compile("[（(\\[【]?(?:已|现已)?(?:作废|废止|停用|失效|删除|取消)[）)\\]】。]?");

    private static final String SOURCE = "依据";
    static final String STATUS = "状态";
    static final String FROM = "生效";
    static final String UNTIL = "失效";
    private static final String NOTE = "备注";
    private static final String ALIASES = "又名";
    private static final String PARENT = "上级";
    private static final List<String> DECISION_COLUMNS = List.of(ID, SOURCE, STATUS, FROM, UNTIL, NOTE);
    private static final List<String> WORD_COLUMNS = List.of(SOURCE, STATUS, NOTE);
    /** The first format of policies whose rows without conditions say "the rest" only where that is what they mean. */
    private static final int UNCONDITIONAL_SINCE = 3;

    /** The first format of policies whose tables have all columns of conclusions, also those whose cells may be empty. */
    private static final int COLUMNS_NEEDED_SINCE = 3;

    private static final List<String> NEEDED_COLUMNS = List.of(ID, SOURCE, STATUS);

    /** How lines begin that people put below a table. */
    private static final Pattern FOOTER = Pattern.compile(
            "(?:合计|总计|小计|共计|累计|备注|说明|附注|注\\d*[:：]|填表|制表|审核|审批|复核|批准|负责人|联系人|编制|经办|[※＊*]|total|note).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** As many ranges of rows as one sentence names. */
    private static final int MOST_RANGES = 10;

    private final Vocabulary vocabulary;
    private final Consumer<Problem> problems;
    private final Grammar grammar;
    private final Characters characters;
    private final LocalDate today;
    /** The sheets in which a former status has been told, with the word. */
    private final Set<String> formerStatuses = new HashSet<>();

    /**
     * A reader of sheets.
     *
     * @param vocabulary the words cells may use
     * @param today the day on which rows that have ended are reported
     * @param problems gets everything that is wrong
     */
    public SheetReader(Vocabulary vocabulary, LocalDate today, Consumer<Problem> problems) {
        this(vocabulary, today, problems, null);
    }

    /**
     * A reader of sheets of a policy.
     *
     * @param labels gets the words that cells name, and what they name that is none; null to tell that at once
     */
    public SheetReader(Vocabulary vocabulary, LocalDate today, Consumer<Problem> problems, @Nullable LabelUse labels) {
        this.vocabulary = vocabulary;
        this.today = today;
        this.problems = problems;
        this.grammar = new Grammar(vocabulary, problems, labels);
        this.characters = new Characters(problems);
    }

    /**
     * Reads a decision table.
     *
     * @param sheet the sheet
     * @param type what its rows conclude; says which facts it is asked about
     * @param promise which covering rows count, and whether every fact is covered
     * @param ids ids that rows of other tables have; this table's are added
     */
    public <R extends Row> Table<R> table(
            SheetData sheet, Class<R> type, TableContract promise, Map<String, CellRef> ids) {
        Class<?> about = type.getAnnotation(liandong.table.Sheet.class).about();
        Layout<R> layout = layout(sheet, type, Attribute.of(about), DECISION_COLUMNS);
        var rows = new ArrayList<R>();
        List<ColumnDraft> drafts = layout.conditionColumns();
        var validity = new ArrayList<Condition>();
        for (SheetData.Line line : layout.data()) {
            var own = new ArrayList<Condition>();
            for (ColumnDraft draft : drafts) {
                Condition condition = grammar.condition(
                        draft.attribute(), line.cell(draft.column()), sheet.at(line.number(), draft.column()));
                if (condition != null) {
                    own.add(condition);
                }
            }
            Condition valid = validity(layout, line);
            RowRef ref = ref(layout, line, promise.hitPolicy(), ids);
            R row = layout.record(line, ref);
            if (row != null && ref != null && valid != null && own.size() == drafts.size()) {
                rows.add(row);
                validity.add(valid);
                for (int i = 0; i < drafts.size(); i++) {
                    ColumnDraft draft = drafts.get(i);
                    draft.conditions().add(own.get(i));
                    draft.texts().add(line.cell(draft.column()).text());
                }
            }
        }
        grammar.tellJoinedWords();
        List<Table.ConditionColumn> columns = drafts.stream()
                .map(draft -> new Table.ConditionColumn(
                        draft.attribute(),
                        List.copyOf(draft.conditions()),
                        ColumnIndex.of(draft.attribute(), draft.conditions(), terms(draft.attribute())),
                        List.copyOf(draft.texts())))
                .toList();
        return new Table<>(type, sheet.file(), sheet.name(), promise, rows, columns, validity, layout.at);
    }

    /** A condition column while its rows are being read. */
    private record ColumnDraft(Attribute attribute, int column, List<Condition> conditions, List<String> texts) {}

    /**
     * A record and the row it was read from.
     *
     * @param record what the row says
     * @param row the row, from 1
     * @param cells where its cells stand, by the Chinese names of their columns
     */
    public record Placed<T extends Record>(T record, int row, Map<String, CellRef> cells) {
        /**
         * A cell of the row.
         *
         * @param header the Chinese name of a column that every row fills in
         */
        public CellRef at(String header) {
            return Objects.requireNonNull(cells.get(header), header);
        }
    }

    /** Reads a sheet of plain records, such as the days of a calendar: conclusions only. */
    public <T extends Record> List<Placed<T>> records(SheetData sheet, Class<T> type) {
        Layout<T> layout = layout(sheet, type, Map.of(), WORD_COLUMNS);
        var records = new ArrayList<Placed<T>>();
        for (SheetData.Line line : layout.data()) {
            T record = layout.record(line, null);
            look(layout, line);
            if (record != null) {
                var cells = new HashMap<String, CellRef>();
                layout.at.forEach((header, column) -> cells.put(header, sheet.at(line.number(), column)));
                records.add(new Placed<>(record, line.number(), cells));
            }
        }
        return List.copyOf(records);
    }

    /**
     * Reads a set of terms and adds it to a vocabulary, each row seeing the rows above it, so that a term may lie within
     * one that stands before it.
     *
     * @param places told where each term's label stands
     */
    public static <T extends Record & Term> Vocabulary terms(
            SheetData sheet,
            Class<T> type,
            Vocabulary vocabulary,
            Map<Term, CellRef> places,
            Consumer<Problem> problems) {
        return terms(sheet, type, vocabulary, places, problems, null);
    }

    /**
     * Reads a set of terms of a policy.
     *
     * @param labels gets the words that its cells name, and what they name that is none; null to tell that at once
     */
    public static <T extends Record & Term> Vocabulary terms(
            SheetData sheet,
            Class<T> type,
            Vocabulary vocabulary,
            Map<Term, CellRef> places,
            Consumer<Problem> problems,
            @Nullable LabelUse labels) {
        var words = new ArrayList<T>();
        var names = new HashMap<String, CellRef>();
        Vocabulary grown = vocabulary.with(type, words);
        var reader = new SheetReader(grown, LocalDate.EPOCH, problems);
        Layout<T> layout = reader.layout(sheet, type, Map.of(), WORD_COLUMNS);
        List<SheetData.Line> lines = layout.data();
        var aliases = new ArrayList<Map.Entry<String, CellRef>>();
        var unread = new HashSet<String>();
        boolean nests = Stream.of(type.getRecordComponents()).anyMatch(component -> component.getType() == type);
        for (SheetData.Line line : lines) {
            if (nests) {
                grown = with(vocabulary, type, words, unread);
            }
            if (nests && reader.isAhead(layout, line, grown, lines)) {
                // What else is wrong with it is told all the same; of its parent enough has been said.
                CellRef parent = layout.cellAt(line, PARENT);
                layout.record(line, null, new Grammar(grown, problem -> {
                    if (!problem.at().equals(parent)) {
                        problems.accept(problem);
                    }
                }));
                reader.look(layout, line);
                unread.addAll(layout.names(line));
                continue;
            }
            T word = layout.record(line, null, new Grammar(grown, problems, labels));
            reader.look(layout, line);
            if (word == null) {
                unread.addAll(layout.names(line));
                continue;
            }
            for (String name : new String[] {word.code(), word.label()}) {
                String header = name.equals(word.code()) ? "代码" : "名称";
                CellRef here = sheet.at(line.number(), layout.at.getOrDefault(header, 0));
                CellRef other = names.putIfAbsent(name, here);
                if (other == null) {
                    reader.characters.mustBePlain(name, here);
                }
                if (other != null && other.row() != here.row()) {
                    problems.accept(Problem.of(Code.DUPLICATE_LABEL, here, name, other));
                }
            }
            words.add(word);
            places.put(word, sheet.at(line.number(), layout.at.getOrDefault("名称", 0)));
            for (String alias : word.aliases()) {
                aliases.add(Map.entry(alias, sheet.at(line.number(), layout.at.getOrDefault(ALIASES, 0))));
            }
        }
        // After all names, so that it is told at the other name's cell that somebody has that name.
        for (Map.Entry<String, CellRef> alias : aliases) {
            CellRef other = names.putIfAbsent(alias.getKey(), alias.getValue());
            if (other == null) {
                reader.characters.mustBePlain(alias.getKey(), alias.getValue());
            } else {
                problems.accept(Problem.of(Code.DUPLICATE_LABEL, alias.getValue(), alias.getKey(), other));
            }
        }
        boolean headless = layout.shifted || !layout.has("代码") || !layout.has("名称");
        return headless ? vocabulary.unread(type, Set.of()) : with(vocabulary, type, words, unread);
    }

    /** A vocabulary with the words of a set that could be read, and the names of those that could not. */
    private static Vocabulary with(
            Vocabulary vocabulary, Class<? extends Term> type, List<? extends Term> words, Set<String> unread) {
        Vocabulary grown = vocabulary.with(type, words);
        return unread.isEmpty() ? grown : grown.unread(type, unread);
    }

    /** Whether a line says that it lies within itself, or within a line below it; tells so. */
    private boolean isAhead(
            Layout<? extends Term> layout, SheetData.Line line, Vocabulary above, List<SheetData.Line> lines) {
        String parent = layout.cell(line, PARENT).text();
        if (parent.isEmpty() || above.find(layout.type, parent) != null) {
            return false;
        }
        for (SheetData.Line other : lines) {
            boolean named = layout.cell(other, "名称").text().equals(parent)
                    || layout.cell(other, "代码").text().equals(parent)
                    || List.of(layout.cell(other, ALIASES).text().split("、")).contains(parent);
            if (named && other.number() >= line.number()) {
                problems.accept(Problem.of(Code.PARENT_BELOW, layout.cellAt(line, PARENT), parent, other.number()));
                return true;
            }
        }
        return false;
    }

    /** Tells of a status that the format of the policy does not know; a word need not have any. */
    private void look(Layout<?> layout, SheetData.Line line) {
        if (vocabulary.format() >= RowStatus.THREE_WORDS_SINCE && layout.isFilled(line, STATUS)) {
            status(layout.cell(line, STATUS).text(), layout.cellAt(line, STATUS));
        }
    }

    @SuppressWarnings("unchecked") // just found to be a set of terms
    private Collection<? extends Term> terms(Attribute attribute) {
        return Term.class.isAssignableFrom(attribute.type())
                ? vocabulary.all((Class<? extends Term>) attribute.type())
                : List.of();
    }

    private @Nullable Condition validity(Layout<?> layout, SheetData.Line line) {
        LocalDate from = date(layout, line, FROM);
        LocalDate until = date(layout, line, UNTIL);
        if (from == null && until == null) {
            return layout.isFilled(line, FROM) || layout.isFilled(line, UNTIL) ? null : Condition.ANY;
        }
        if (from != null && until != null && until.isBefore(from)) {
            problems.accept(Problem.of(Code.INVERTED_DATES, layout.cellAt(line, UNTIL), until, from));
            return null;
        }
        if (until != null && until.isBefore(today)) {
            problems.accept(Problem.of(Code.EXPIRED_ROW, layout.cellAt(line, UNTIL), until));
        }
        return new Condition.Within(day(from), true, day(until), true);
    }

    private static @Nullable BigDecimal day(@Nullable LocalDate date) {
        return date == null ? null : Attribute.number(date);
    }

    private @Nullable LocalDate date(Layout<?> layout, SheetData.Line line, String header) {
        if (!layout.isFilled(line, header)) {
            return null;
        }
        Cell cell = layout.cell(line, header);
        return (LocalDate) grammar.conclusion(LocalDate.class, false, true, header, cell, layout.cellAt(line, header));
    }

    private @Nullable RowRef ref(Layout<?> layout, SheetData.Line line, HitPolicy hitPolicy, Map<String, CellRef> ids) {
        String id = layout.cell(line, ID).text();
        CellRef at = layout.cellAt(line, ID);
        boolean whole = true;
        for (String words : List.of(ID, SOURCE)) {
            if (layout.cell(line, words).error()) {
                Cell cell = layout.cell(line, words);
                problems.accept(Problem.of(cell.fault(), layout.cellAt(line, words), cell.text()));
                whole = false;
            }
        }
        if (id.isEmpty()) {
            if (layout.has(ID)) {
                problems.accept(Problem.of(Code.MISSING_ID, at));
            }
            whole = false;
        } else {
            characters.mustBePlain(id, at);
            characters.mustBeUnquoted(id, at);
            CellRef other = ids.putIfAbsent(id, at);
            if (other != null) {
                problems.accept(Problem.of(Code.DUPLICATE_ID, at, id, other));
                whole = false;
            }
        }
        String source = layout.cell(line, SOURCE).text();
        if (source.isEmpty()) {
            layout.missing(line, SOURCE);
            whole = false;
        }
        RowStatus status = null;
        if (layout.isFilled(line, STATUS)) {
            status = status(layout.cell(line, STATUS).text(), layout.cellAt(line, STATUS));
        } else {
            layout.missing(line, STATUS);
        }
        if (!whole || status == null) {
            return null;
        }
        String says = layout.says(line, otherwise(layout, hitPolicy));
        return new RowRef(id, layout.sheet.file(), layout.sheet.name(), line.number(), says, source, status);
    }

    /**
     * What stands in the place of conditions where a row has none: the rest of the cases in a table whose first row counts;
     * any case where every row counts; nothing where the table has no conditions at all. Policies of earlier formats say
     * "the rest" everywhere, as they did.
     */
    private String otherwise(Layout<?> layout, HitPolicy hitPolicy) {
        if (vocabulary.format() >= UNCONDITIONAL_SINCE && hitPolicy != HitPolicy.FIRST) {
            return layout.conditions.isEmpty() ? "" : "不限 → ";
        }
        return "其余 → ";
    }

    /** The status that a cell names, by the words of the policy's format; null when it names none of them. */
    private @Nullable RowStatus status(String word, CellRef at) {
        List<RowStatus> words = RowStatus.of(vocabulary.format());
        RowStatus status = vocabulary.find(RowStatus.class, word);
        if (status != null && words.contains(status)) {
            return status;
        }
        if (status != null && status.isFormer()) {
            if (formerStatuses.add(at.section() + " " + word)) {
                problems.accept(Problem.of(
                        Code.FORMER_STATUS, at, status.label(), status.today().label(), RowStatus.APPROVED.label()));
            }
            return status.today();
        }
        grammar.unknown(RowStatus.class, words, word, STATUS, at);
        return null;
    }

    private <T> Layout<T> layout(
            SheetData sheet, Class<T> type, Map<String, Attribute> attributes, List<String> fixed) {
        var layout = new Layout<>(sheet, type);
        var names = new LinkedHashMap<String, String>();
        fixed.forEach(name -> names.put(name, ""));
        attributes.forEach((name, attribute) -> names.put(name, english(attribute.header())));
        layout.conclusions.forEach((name, component) -> names.put(
                name,
                english(component.getAccessor().getAnnotation(Column.class).value())));
        List<String> missing = needed(layout.conclusions, fixed);
        HeaderRow header = HeaderRow.of(sheet, names, missing, problems);
        layout.header = header;
        if (header.isLost()) {
            return layout;
        }
        header.line().cells().forEach(cell -> missing.remove(Attribute.chinese(cell.text())));
        int width = sheet.lines().stream()
                .filter(line -> line.number() >= header.number())
                .mapToInt(line -> line.cells().size())
                .max()
                .orElse(0);
        var headless = new ArrayList<Integer>();
        for (int column = 0; column < width; column++) {
            String text = header.cell(column).text();
            String name = Attribute.chinese(text);
            CellRef at = sheet.at(header.number(), column);
            if (text.isEmpty()) {
                int empty = column;
                if (sheet.lines().stream()
                        .anyMatch(
                                line -> header.isData(line) && !line.cell(empty).isEmpty())) {
                    headless.add(column);
                }
            } else if (layout.at.putIfAbsent(name, column) != null) {
                problems.accept(Problem.of(Code.DUPLICATE_COLUMN, at, text));
            } else if (!layout.conclusions.containsKey(name) && !fixed.contains(name)) {
                Attribute attribute = attributes.get(name);
                if (attribute == null) {
                    String nearest = meant(text, names, missing);
                    missing.remove(nearest); // told here
                    problems.accept(
                            nearest == null
                                    ? Problem.of(Code.OWN_COLUMN, at, text)
                                    : Problem.of(Code.MISTYPED_COLUMN, at, text, nearest));
                    characters.mustBePlain(name, at);
                } else {
                    layout.conditions.put(name, attribute);
                }
            }
        }
        if (missing.isEmpty() && isShifted(layout, headless)) {
            String letter = letter(sheet.at(header.number(), 0));
            problems.accept(Problem.of(Code.SHIFTED_HEADER, sheet.at(header.number(), 0), letter, header.number()));
            layout.shifted = true;
            return layout;
        }
        headless(layout, headless, missing);
        missing.forEach(name -> problems.accept(Problem.of(Code.MISSING_COLUMN, sheet.at(header.number(), 0), name)));
        layout.prose();
        layout.look(width);
        return layout;
    }

    /** The columns that a sheet cannot do without, in the order in which they are told. */
    private List<String> needed(Map<String, RecordComponent> conclusions, List<String> fixed) {
        var needed = new ArrayList<String>();
        conclusions.forEach((name, component) -> {
            Column column = component.getAccessor().getAnnotation(Column.class);
            boolean mayBeAbsent = column.mayBeAbsent()
                    // Policies of earlier formats could leave it out, and load as they did.
                    || (column.optional() && vocabulary.format() < COLUMNS_NEEDED_SINCE);
            if (!mayBeAbsent) {
                needed.add(name);
            }
        });
        if (fixed == DECISION_COLUMNS) {
            needed.addAll(NEEDED_COLUMNS);
        }
        return needed;
    }

    /** The English part of a header; empty when it has none. */
    private static String english(String header) {
        return header.substring(Attribute.chinese(header).length()).strip();
    }

    /**
     * The column that a header which is none's was meant for: by its English name, by a few wrong characters, or because it holds
     * the name of a column that is missing, as 牵头单位 that of 牵头; null when it is a column of somebody's own.
     */
    private static @Nullable String meant(String header, Map<String, String> names, List<String> missing) {
        String name = Attribute.chinese(header);
        for (Map.Entry<String, String> each : names.entrySet()) {
            if (each.getValue().equalsIgnoreCase(name) || each.getValue().equalsIgnoreCase(header.strip())) {
                return each.getKey();
            }
        }
        String nearest = Nearest.of(name, names.keySet());
        List<String> held = missing.stream().filter(name::contains).toList();
        return nearest == null && held.size() == 1 ? held.get(0) : nearest;
    }

    /** Whether each header stands one column to the right of its cells: the first column has none, and the last header no cells. */
    private static boolean isShifted(Layout<?> layout, List<Integer> headless) {
        int last = layout.at.values().stream().mapToInt(column -> column).max().orElse(0);
        List<SheetData.Line> rows =
                layout.sheet.lines().stream().filter(layout.header::isData).toList();
        return headless.equals(List.of(0))
                && layout.at.containsValue(1)
                && rows.stream()
                        .allMatch(line ->
                                !line.cell(0).isEmpty() && line.cell(last).isEmpty());
    }

    private static String letter(CellRef at) {
        return at.toString().replaceFirst(".*!([A-Z]+)\\d+$", "$1");
    }

    /** Tells of columns that hold cells but have no header: among the others one was lost, behind them stand notes. */
    private void headless(Layout<?> layout, List<Integer> headless, List<String> missing) {
        int last = layout.at.values().stream().mapToInt(column -> column).max().orElse(0);
        for (int column : headless) {
            CellRef at = layout.sheet.at(layout.header.number(), column);
            problems.accept(
                    column > last && missing.isEmpty()
                            ? Problem.of(Code.OWN_COLUMN, at, letter(at))
                            : Problem.of(
                                    Code.MISSING_HEADER,
                                    at,
                                    letter(at),
                                    missing.isEmpty() ? "" : "（" + String.join("、", missing) + "）"));
        }
    }

    /** The lines below the header row; tells of gaps, hidden rows and merged cells among them, each kind once. */
    static List<SheetData.Line> data(SheetData sheet, HeaderRow header, Consumer<Problem> problems) {
        return data(sheet, header, Integer.MAX_VALUE, problems);
    }

    /** The lines below the header row as far as a row that the table ends with. */
    private static List<SheetData.Line> data(SheetData sheet, HeaderRow header, int last, Consumer<Problem> problems) {
        for (SheetData.Block block : sheet.merged()) {
            if (block.lastRow() > header.number() && block.row() <= last) {
                problems.accept(
                        Problem.of(Code.MERGED_CELLS, sheet.at(block.row(), block.column()), sheet.range(block)));
            }
        }
        var data = new ArrayList<SheetData.Line>();
        var rows = new EnumMap<Code, List<Rows>>(Code.class);
        int notes = notes(header);
        int expected = header.number() + 1;
        for (SheetData.Line line : sheet.lines()) {
            if (line.number() > header.number() && line.number() <= last) {
                if (line.number() > expected) {
                    Rows.add(rows, Code.BLANK_GAP, expected, line.number() - 1);
                }
                if (line.hidden()) {
                    Code how = sheet.filters(line) ? Code.FILTERED_ROW : Code.HIDDEN_ROW;
                    Rows.add(rows, how, line.number(), line.number());
                }
                if (line.struck()) {
                    Rows.add(rows, Code.STRUCK_ROW, line.number(), line.number());
                }
                if (isGivenUp(line, notes)) {
                    Rows.add(rows, Code.GIVEN_UP_ROW, line.number(), line.number());
                }
                if (header.isData(line)) {
                    data.add(line);
                }
                expected = line.number() + 1;
            }
        }
        rows.forEach((kind, ranges) ->
                problems.accept(Problem.of(kind, sheet.at(ranges.get(0).from(), 0), Rows.shown(ranges))));
        return data;
    }

    /** The column of notes; -1 when there is none. */
    private static int notes(HeaderRow header) {
        return IntStream.range(0, header.line().cells().size())
                .filter(column -> header.cell(column).text().startsWith("备注"))
                .findFirst()
                .orElse(-1);
    }

    /** Whether somebody wrote before the id of a row, or in its note alone, that it is not to count any more. */
    private static boolean isGivenUp(SheetData.Line line, int notes) {
        String note = notes < 0 || notes >= line.cells().size()
                ? ""
                : line.cells().get(notes).text();
        return GIVEN_UP.matcher(line.cells().get(0).text()).lookingAt()
                || GIVEN_UP.matcher(note).matches();
    }

    /** Rows that follow each other, the last included. */
    private record Rows(int from, int to) {
        static void add(Map<Code, List<Rows>> rows, Code kind, int from, int to) {
            List<Rows> ranges = rows.computeIfAbsent(kind, each -> new ArrayList<>());
            Rows last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
            if (last != null && last.to + 1 == from) {
                ranges.set(ranges.size() - 1, new Rows(last.from, to));
            } else {
                ranges.add(new Rows(from, to));
            }
        }

        /** As a person lists them: 5、7–9; of many the first, and how many rows there are. */
        static String shown(List<Rows> ranges) {
            String first = ranges.stream()
                    .limit(MOST_RANGES)
                    .map(rows -> rows.from == rows.to ? String.valueOf(rows.from) : rows.from + "–" + rows.to)
                    .collect(Collectors.joining("、"));
            int count =
                    ranges.stream().mapToInt(rows -> rows.to - rows.from + 1).sum();
            return ranges.size() > MOST_RANGES ? first + "… (" + count + ")" : first;
        }
    }

    /** Where the columns of a sheet stand, and how a line becomes a record. */
    private final class Layout<T> {
        private final SheetData sheet;
        private final Map<String, RecordComponent> conclusions = new LinkedHashMap<>();
        private final Map<String, Attribute> conditions = new LinkedHashMap<>();
        private final Map<String, Integer> at = new LinkedHashMap<>();
        private final Set<Integer> prose = new HashSet<>();
        private final Class<T> type;
        private HeaderRow header;
        /** Whether its headers stand beside their columns, so that no cell says what it seems to. */
        private boolean shifted;

        private final Constructor<T> constructor;
        private final RecordComponent[] components;
        /** The components as they are read, in their order; null for that which is the row itself. */
        private @Nullable List<@Nullable Part> parts;
        /** What is read out of a line, in this order. */
        private @Nullable List<Spoken> spokenConditions;

        private @Nullable List<Spoken> spokenConclusions;

        Layout(SheetData sheet, Class<T> type) {
            this.sheet = sheet;
            this.type = type;
            this.header = HeaderRow.second(sheet);
            this.components = type.getRecordComponents();
            for (RecordComponent component : components) {
                Column column = component.getAccessor().getAnnotation(Column.class);
                if (column != null) {
                    conclusions.put(Attribute.chinese(column.value()), component);
                }
            }
            try {
                this.constructor = type.getDeclaredConstructor(
                        Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
                constructor.setAccessible(true);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException("not a record: " + type, e);
            }
        }

        List<ColumnDraft> conditionColumns() {
            var drafts = new ArrayList<ColumnDraft>();
            conditions.forEach((name, attribute) -> drafts.add(
                    new ColumnDraft(attribute, at.getOrDefault(name, 0), new ArrayList<>(), new ArrayList<>())));
            return drafts;
        }

        /**
         * The lines that hold data, gaps and hidden rows having been told. Where a needed column is missing they make no
         * records, but their other cells are still worth reading.
         */
        List<SheetData.Line> data() {
            if (shifted || header.isLost()) {
                return List.of();
            }
            int end = sheet.lines().size();
            while (end > 0 && isFooter(sheet.lines().get(end - 1))) {
                end--;
            }
            int last = end == 0 ? header.number() : sheet.lines().get(end - 1).number();
            if (end < sheet.lines().size()) {
                SheetData.Line footer = sheet.lines().get(end);
                problems.accept(Problem.of(Code.FOOTER_ROWS, sheet.at(footer.number(), 0), first(footer)));
            }
            List<SheetData.Line> data = SheetReader.data(sheet, header, last, problems);
            data.forEach(this::look);
            return data;
        }

        /** Whether a line below the table only sums it up, or says something about it. */
        private boolean isFooter(SheetData.Line line) {
            boolean whole = (!has(ID) || isFilled(line, SOURCE))
                    && conclusions.entrySet().stream()
                            .filter(column -> !column.getValue()
                                    .getAccessor()
                                    .getAnnotation(Column.class)
                                    .optional())
                            .allMatch(column -> isFilled(line, column.getKey()));
            return line.number() > header.number()
                    && !whole
                    && FOOTER.matcher(first(line)).matches();
        }

        private String first(SheetData.Line line) {
            return line.cells().stream()
                    .filter(cell -> !cell.isEmpty())
                    .findFirst()
                    .orElse(Cell.EMPTY)
                    .text();
        }

        /** Tells what is hidden of the sheet itself, and looks at its header. */
        private void look(int width) {
            if (sheet.hidden()) {
                problems.accept(Problem.of(Code.HIDDEN_SHEET, sheet.at(1, 0), sheet.name()));
            }
            for (int column = 0; column < width; column++) {
                if (sheet.hiddenColumns().contains(column)
                        && !header.cell(column).isEmpty()) {
                    problems.accept(Problem.of(
                            Code.HIDDEN_COLUMN,
                            sheet.at(header.number(), column),
                            header.cell(column).text()));
                }
            }
            look(header.line());
        }

        /** Looks at the cells of a line as texts, whatever they mean. */
        private void look(SheetData.Line line) {
            for (int column = 0; column < line.cells().size(); column++) {
                Cell cell = line.cell(column);
                if (cell.number() == null
                        && !cell.isEmpty()
                        && (cell.untrimmed() != null || !Characters.areVisible(cell.text()))) {
                    CellRef where = sheet.at(line.number(), column);
                    characters.mustBeVisible(cell.text(), where);
                    if (cell.untrimmed() != null && !prose.contains(column)) {
                        problems.accept(Problem.of(Code.SURROUNDING_BLANKS, where, cell.untrimmed()));
                    }
                }
            }
        }

        /** Finds the columns that hold sentences for people, where a blank at the end is nobody's business. */
        private void prose() {
            at.forEach((name, column) -> {
                RecordComponent component = conclusions.get(name);
                boolean sentence = component == null
                        ? name.equals(SOURCE) || name.equals(NOTE)
                        : component.getType() == String.class && !Term.class.isAssignableFrom(type);
                if (sentence) {
                    prose.add(column);
                }
            });
        }

        boolean has(String header) {
            return at.containsKey(header);
        }

        /** Tells of an empty cell that must not be; a missing column has been told already. */
        void missing(SheetData.Line line, String header) {
            if (has(header)) {
                problems.accept(Problem.of(Code.MISSING_VALUE, cellAt(line, header), header));
            }
        }

        Cell cell(SheetData.Line line, String header) {
            Integer column = at.get(header);
            return column == null ? Cell.EMPTY : line.cell(column);
        }

        /** The names that a line gives a term: its code, label and other names. */
        List<String> names(SheetData.Line line) {
            return Stream.of(cell(line, "代码"), cell(line, "名称"), cell(line, ALIASES))
                    .flatMap(cell -> Stream.of(cell.text().split("、", -1)))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .toList();
        }

        boolean isFilled(SheetData.Line line, String header) {
            return !cell(line, header).isEmpty();
        }

        CellRef cellAt(SheetData.Line line, String header) {
            return sheet.at(line.number(), at.getOrDefault(header, 0));
        }

        /**
         * A line as a person would read it out: its conditions, an arrow, its conclusions.
         *
         * @param otherwise what stands before the conclusions when no condition is filled in
         */
        String says(SheetData.Line line, String otherwise) {
            if (spokenConditions == null || spokenConclusions == null) {
                spokenConditions = spoken(conditions.keySet());
                spokenConclusions = spoken(conclusions.keySet());
            }
            var text = new StringBuilder();
            append(text, line, spokenConditions);
            text.append(text.isEmpty() ? otherwise : " → ");
            append(text, line, spokenConclusions);
            return text.toString();
        }

        private List<Spoken> spoken(Collection<String> headers) {
            return headers.stream()
                    .filter(at::containsKey)
                    .map(header -> new Spoken(header, at.getOrDefault(header, 0)))
                    .toList();
        }

        private static void append(StringBuilder text, SheetData.Line line, List<Spoken> columns) {
            boolean first = true;
            for (Spoken each : columns) {
                Cell cell = line.cell(each.column());
                if (!cell.isEmpty()) {
                    text.append(first ? "" : "，")
                            .append(each.header())
                            .append(' ')
                            .append(cell.text());
                    first = false;
                }
            }
        }

        private List<@Nullable Part> parts() {
            if (parts == null) {
                var all = new ArrayList<@Nullable Part>();
                for (RecordComponent component : components) {
                    Column column = component.getAccessor().getAnnotation(Column.class);
                    all.add(column == null ? null : Part.of(component, column, type, at));
                }
                parts = Collections.unmodifiableList(all);
            }
            return parts;
        }

        @Nullable
        T record(SheetData.Line line, @Nullable RowRef ref) {
            return record(line, ref, grammar);
        }

        @Nullable
        T record(SheetData.Line line, @Nullable RowRef ref, Grammar words) {
            var values = new Object[components.length];
            boolean whole = true;
            List<@Nullable Part> parts = parts();
            for (int i = 0; i < values.length; i++) {
                Part part = parts.get(i);
                if (part == null) {
                    values[i] = ref;
                } else {
                    values[i] = conclusion(line, part, words);
                    whole &= values[i] != null
                            || (part.optional() && part.cell(line).isEmpty());
                }
            }
            if (!whole) {
                return null;
            }
            try {
                return constructor.newInstance(values);
            } catch (InvocationTargetException | InstantiationException | IllegalAccessException e) {
                throw new IllegalStateException("cannot make " + constructor, e);
            }
        }

        private @Nullable Object conclusion(SheetData.Line line, Part part, Grammar words) {
            Cell cell = part.cell(line);
            if (cell.isEmpty() && !part.optional()) {
                missing(line, part.header());
                return null;
            }
            CellRef where = sheet.at(line.number(), Math.max(0, part.at()));
            Object value = part.names()
                    ? words.names(cell, where)
                    : words.conclusion(part.type(), part.list(), part.optional(), part.header(), cell, where);
            Bounds bounds = part.bounds();
            BigDecimal number = value instanceof Integer whole
                    ? BigDecimal.valueOf(whole)
                    : value instanceof BigDecimal decimal ? decimal : null;
            if (bounds != null
                    && number != null
                    && (number.compareTo(BigDecimal.valueOf(bounds.min())) < 0
                            || number.compareTo(BigDecimal.valueOf(bounds.max())) > 0)) {
                problems.accept(
                        Problem.of(Code.OUT_OF_RANGE, where, number.toPlainString(), bounds.min(), bounds.max()));
                return null;
            }
            return value;
        }
    }

    /** A column that is read out, and where it stands. */
    private record Spoken(String header, int column) {}

    /**
     * A component of a record and the column it is read from.
     *
     * @param names whether it lists the names of a term
     * @param at where its column stands; negative where there is none
     */
    private record Part(
            String header,
            Class<?> type,
            boolean list,
            boolean names,
            boolean optional,
            @Nullable Bounds bounds,
            int at) {
        static Part of(RecordComponent component, Column column, Class<?> record, Map<String, Integer> at) {
            String header = Attribute.chinese(column.value());
            boolean list = component.getType() == List.class;
            Class<?> type = list
                    ? (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
                    : component.getType();
            return new Part(
                    header,
                    type,
                    list,
                    list && type == String.class && Term.class.isAssignableFrom(record),
                    column.optional(),
                    component.getAccessor().getAnnotation(Bounds.class),
                    at.getOrDefault(header, -1));
        }

        Cell cell(SheetData.Line line) {
            return at < 0 ? Cell.EMPTY : line.cell(at);
        }
    }
}
