package liandong.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.incident.Column;
import liandong.incident.Nested;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import liandong.sheet.Escapes;
import liandong.table.Attribute;
import liandong.table.Condition;
import liandong.table.HitPolicy;
import liandong.table.Row;
import liandong.table.RowRef;
import liandong.table.RowStatus;
import liandong.table.Sheet;
import liandong.table.Table;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.ss.usermodel.IndexedColors;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.jspecify.annotations.Nullable;

/**
 * A table as a standard decision table of Drools, which any Drools project can compile.
 *
 * <p>The workbook stands alone: it declares the type of the facts it is asked about and of the answers it gives, in simple
 * Java types. Rules go off from the top down ({@code Sequential}), each row that covers a fact inserts an {@code Answer},
 * and the hit policy is part of the rules:
 *
 * <ul>
 *   <li>{@link HitPolicy#ALL}: nothing more;
 *   <li>{@link HitPolicy#FIRST}: a row covers a fact only while there is no answer for it;
 *   <li>{@link HitPolicy#UNIQUE}: a last rule takes back the answers for a fact that has several, and inserts a {@code
 *       Clash}.
 * </ul>
 *
 * <p>Columns left of the rule table are a person's: Drools passes over them. Everything from there on is code, so no word of
 * a cell gets there but as a {@link Literal}.
 */
public final class DroolsTable {
    /** What the name of such a workbook ends in: by any other, Drools takes it for an empty file. */
    public static final String SUFFIX = ".drl.xlsx";

    private static final String PACKAGE = "liandong.tables.";
    private static final Pattern SAFE_NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,99}");

    private static final Set<String> KEYWORDS = Set.of(
            "accumulate",
            "and",
            "collect",
            "contains",
            "declare",
            "end",
            "eval",
            "exists",
            "extends",
            "forall",
            "from",
            "function",
            "global",
            "in",
            "matches",
            "not",
            "or",
            "over",
            "query",
            "rule",
            "then",
            "unit",
            "when",
            // and what an answer has of its own
            "fact",
            "on",
            "row");

    /** Where the rule table begins; what is left of it is passed over. */
    private static final int FIRST_COLUMN = 3;

    private static final int HEADER_ROWS = 5;
    private static final int CHARACTER = 256;
    private static final String ALWAYS = "X";

    /**
     * A column of the rule table.
     *
     * @param kind its keyword
     * @param code its snippet; empty where Drools wants none
     * @param header its name for people
     * @param width in characters
     * @param cell what stands in the row of an index; empty for nothing
     */
    private record RuleColumn(String kind, String code, String header, int width, Function<Integer, String> cell) {
        boolean isOfPattern() {
            return kind.equals("CONDITION") && !code.startsWith("not ");
        }
    }

    private final Table<? extends Row> table;
    private final Class<?> about;
    private final List<RecordComponent> conclusions;

    private DroolsTable(Table<? extends Row> table, Class<?> about) {
        this.table = table;
        this.about = about;
        this.conclusions = Stream.of(table.type().getRecordComponents())
                .filter(component -> component.getAccessor().isAnnotationPresent(Column.class))
                .toList();
    }

    /** What its file is best called, e.g. {@code "duty-rows.drl.xlsx"}; in ASCII: not every system can write 派单目录. */
    public static String fileName(Table<? extends Row> table) {
        return name(table).replace('_', '-') + SUFFIX;
    }

    /** The package its rules and types are in, e.g. {@code "liandong.tables.duty_rows"}. */
    public static String packageName(Table<? extends Row> table) {
        return PACKAGE + name(table);
    }

    private static String name(Table<? extends Row> table) {
        String type = table.type().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_");
        return type.toLowerCase(Locale.ROOT) + "s"; // so that no name is a word of Java, as "case" would be
    }

    /**
     * A table as a workbook.
     *
     * @param problems gets cells that are too long once they are written out as code
     * @return the .xlsx file; not to be used when there are problems
     */
    public static byte[] workbook(Table<? extends Row> table, Consumer<Problem> problems) {
        return workbook(table, table.type().getAnnotation(Sheet.class).about(), problems);
    }

    static byte[] workbook(Table<? extends Row> table, Class<?> about, Consumer<Problem> problems) {
        try (var workbook = new SXSSFWorkbook();
                var bytes = new ByteArrayOutputStream()) {
            new DroolsTable(table, about).write(workbook, problems);
            workbook.write(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ———— What stands in it ————

    private List<RuleColumn> parts() {
        var parts = new ArrayList<RuleColumn>();
        parts.add(new RuleColumn(
                "NAME", "", "编号 Id", 12, row -> ruleName(table.rows().get(row).ref())));
        // A pattern without any constraint would be left out, and with it the fact.
        parts.add(new RuleColumn("CONDITION", "this != null ?", "任何 Any", 8, row -> ALWAYS));
        List<Attribute> attributes = table.attributes();
        for (int i = 0; i < attributes.size(); i++) {
            int column = i;
            Attribute attribute = attributes.get(i);
            parts.add(new RuleColumn(
                    "CONDITION",
                    guard(attribute),
                    attribute.header(),
                    28,
                    row -> constraint(attribute, table.conditions(row).get(column))));
        }
        if (isDated()) {
            parts.add(new RuleColumn("CONDITION", "!on.isBefore( $param )", "生效 From", 24, row -> day(row, true)));
            parts.add(new RuleColumn("CONDITION", "!on.isAfter( $param )", "失效 Until", 24, row -> day(row, false)));
        }
        if (table.hitPolicy() == HitPolicy.FIRST) {
            parts.add(new RuleColumn(
                    "CONDITION", "not Answer( fact == $fact )", "尚无结论 No answer yet", 14, row -> ALWAYS));
        }
        parts.add(new RuleColumn(
                "ACTION",
                "Answer answer = new Answer(); answer.setFact( $fact ); answer.setRow( $param );",
                "行 Row",
                14,
                row -> Literal.of(table.rows().get(row).ref().id())));
        for (RecordComponent component : conclusions) {
            parts.add(new RuleColumn(
                    "ACTION",
                    "answer." + setter(field(component.getName())) + "( $param );",
                    component.getAccessor().getAnnotation(Column.class).value(),
                    24,
                    row -> conclusion(component, table.rows().get(row))));
        }
        parts.add(new RuleColumn("ACTION", "insert( answer );", "得出 Conclude", 10, row -> ALWAYS));
        return parts;
    }

    private boolean isDated() {
        return Stream.iterate(0, row -> row + 1)
                .limit(table.rows().size())
                .anyMatch(row -> table.inForce(row) != Condition.ANY);
    }

    private String day(int row, boolean from) {
        BigDecimal day = table.inForce(row)
                .<@Nullable BigDecimal>fold(() -> null, one -> null, none -> null, within -> {
                    Condition.Range days = within.ranges().get(0); // 生效, 失效: one range
                    return from ? days.from() : days.to();
                });
        return day == null ? "" : Literal.of(LocalDate.ofEpochDay(day.longValueExact()));
    }

    /** The id as the rule's name; where it has signs that Drools would not quote soundly, the row's number instead. */
    private static String ruleName(RowRef ref) {
        return SAFE_NAME.matcher(ref.id()).matches() ? ref.id() : "row " + ref.row();
    }

    /** The condition as it is for every cell of a column: a value that is not known meets none. */
    private static String guard(Attribute attribute) {
        String name = field(attribute.name());
        if (attribute.isDate()) {
            return name + " != null, $param";
        }
        return name + " != null, " + (attribute.isText() ? name + " != \"\", " : "") + name + " $param";
    }

    private static String constraint(Attribute attribute, Condition condition) {
        String name = field(attribute.name());
        return condition.fold(
                () -> "",
                one -> among(attribute, one.values(), true),
                none -> among(attribute, none.values(), false),
                within -> within.ranges().stream()
                        .map(range -> attribute.isDate() ? days(name, range) : numbers(name, range))
                        .collect(Collectors.joining(attribute.isDate() ? " || " : " || " + name + " ")));
    }

    private static String numbers(String name, Condition.Range within) {
        BigDecimal from = within.from();
        BigDecimal to = within.to();
        if (from != null && to != null && from.compareTo(to) == 0) {
            return "== " + Literal.of(from);
        }
        var bounds = new ArrayList<String>();
        if (from != null) {
            bounds.add((within.fromIncluded() ? ">= " : "> ") + Literal.of(from));
        }
        if (to != null) {
            bounds.add((within.toIncluded() ? "<= " : "< ") + Literal.of(to));
        }
        return String.join(" && " + name + " ", bounds);
    }

    private static String days(String name, Condition.Range within) {
        var bounds = new ArrayList<String>();
        if (within.from() != null) {
            String from = Literal.of(LocalDate.ofEpochDay(within.from().longValueExact()));
            bounds.add(
                    within.fromIncluded()
                            ? "!" + name + ".isBefore( " + from + " )"
                            : name + ".isAfter( " + from + " )");
        }
        if (within.to() != null) {
            String to = Literal.of(LocalDate.ofEpochDay(within.to().longValueExact()));
            bounds.add(within.toIncluded() ? "!" + name + ".isAfter( " + to + " )" : name + ".isBefore( " + to + " )");
        }
        return String.join(" && ", bounds);
    }

    private static String among(Attribute attribute, Collection<Object> values, boolean one) {
        String name = field(attribute.name());
        if (attribute.isText() || isNested(attribute)) {
            return values.stream()
                    .map(value -> (one ? "contains " : "not contains ") + literal(value))
                    .collect(Collectors.joining((one ? " || " : ", ") + name + " "));
        }
        if (values.size() == 1) {
            return (one ? "== " : "!= ") + literal(values.iterator().next());
        }
        return values.stream()
                .map(DroolsTable::literal)
                .collect(Collectors.joining(", ", one ? "in ( " : "not in ( ", " )"));
    }

    private static String unconfirmed(RowStatus status) {
        return status.hasSource()
                ? ""
                : "（" + status.label() + " " + status.code().toLowerCase(Locale.ROOT) + "）";
    }

    private static String literal(Object value) {
        return Literal.ofConclusion(value);
    }

    private static boolean isNested(Attribute attribute) {
        return Nested.class.isAssignableFrom(attribute.type());
    }

    private static String conclusion(RecordComponent component, Row row) {
        Object value = value(component.getAccessor(), row);
        return value == null || value.equals(List.of()) ? "" : Literal.ofConclusion(value);
    }

    private static @Nullable Object value(Method accessor, Row row) {
        try {
            return accessor.invoke(row);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("no value of " + accessor, e);
        }
    }

    /** The field that carries an attribute or a conclusion: its own name, unless DRL keeps that for itself. */
    static String field(String name) {
        return KEYWORDS.contains(name) ? name + "_" : name;
    }

    private static String setter(String field) {
        return "set" + field.substring(0, 1).toUpperCase(Locale.ROOT) + field.substring(1);
    }

    // ———— The types it declares ————

    private String declarations() {
        var fields = new ArrayList<String>();
        fields.add("on : LocalDate");
        Attribute.of(about)
                .values()
                .forEach(each ->
                        fields.add(field(each.name()) + " : " + fieldType(each).getSimpleName()));
        String fact = about.getSimpleName();
        var results = new ArrayList<String>();
        results.add("fact : " + fact);
        results.add("row : String");
        conclusions.forEach(each -> results.add(
                field(each.getName()) + " : " + Literal.holder(each.getType()).getSimpleName()));
        return declared(fact, fields)
                + declared("Answer", results)
                + (table.hitPolicy() == HitPolicy.UNIQUE ? declared("Clash", List.of("fact : " + fact)) : "");
    }

    private static Class<?> fieldType(Attribute attribute) {
        if (isNested(attribute)) {
            return List.class;
        }
        if (attribute.isNumber() && !attribute.isDate()) {
            return BigDecimal.class;
        }
        return Literal.carrier(attribute.type());
    }

    private static String declared(String name, List<String> fields) {
        return "declare " + name + "\n    " + String.join("\n    ", fields) + "\nend\n";
    }

    // ———— How it is written ————

    private void write(SXSSFWorkbook workbook, Consumer<Problem> problems) {
        var styles = new Styles(workbook);
        List<RuleColumn> parts = parts();
        org.apache.poi.ss.usermodel.Sheet sheet = workbook.createSheet(table.sheet());
        int row = preamble(sheet, styles);
        int first = row;
        text(sheet, row, FIRST_COLUMN, "RuleTable " + name(table), styles.code);
        for (int i = 0; i < parts.size(); i++) {
            int column = FIRST_COLUMN + i;
            RuleColumn part = parts.get(i);
            text(sheet, row + 1, column, part.kind(), styles.code);
            text(sheet, row + 3, column, part.code(), styles.code);
            text(sheet, row + 4, column, part.header(), styles.header);
            sheet.setColumnWidth(column, part.width() * CHARACTER);
        }
        pattern(sheet, row + 2, parts, styles);
        String[] own = {"编号 Id", "这一行说的是 What the row says", "依据 Basis"};
        for (int column = 0; column < FIRST_COLUMN; column++) {
            text(sheet, row + 4, column, own[column], styles.header);
            sheet.setColumnWidth(column, (column == 0 ? 14 : 48) * CHARACTER);
        }
        row += HEADER_ROWS;
        sheet.createFreezePane(1, row, 1, row);
        for (int i = 0; i < table.rows().size(); i++, row++) {
            RowRef ref = table.rows().get(i).ref();
            text(sheet, row, 0, passedOver(ref.id()), styles.person);
            text(sheet, row, 1, passedOver(ref.says()), styles.person);
            text(sheet, row, 2, passedOver(ref.source() + unconfirmed(ref.status())), styles.person);
            for (int column = 0; column < parts.size(); column++) {
                String code = parts.get(column).cell().apply(i);
                if (code.length() > SpreadsheetVersion.EXCEL2007.getMaxTextLength()) {
                    problems.accept(Problem.of(
                            Code.TOO_LONG_TO_EXPORT,
                            new CellRef(table.file(), table.sheet(), ref.row(), 0),
                            parts.get(column).header(),
                            code.length(),
                            SpreadsheetVersion.EXCEL2007.getMaxTextLength()));
                } else {
                    text(sheet, row, FIRST_COLUMN + column, code, styles.cell);
                }
            }
        }
        if (table.hitPolicy() == HitPolicy.UNIQUE) {
            onlyOne(sheet, row + 1, styles);
        }
        sheet.getPrintSetup().setLandscape(true);
        sheet.setRepeatingRows(new CellRangeAddress(first + 4, first + 4, -1, -1));
    }

    /** Writes what stands above the rule table; gives the row that follows. */
    private int preamble(org.apache.poi.ss.usermodel.Sheet sheet, Styles styles) {
        text(
                sheet,
                0,
                0,
                "Drools 决策表 decision table: " + table.file() + " " + table.sheet() + "，" + rule(table.hitPolicy()),
                styles.title);
        text(
                sheet,
                1,
                0,
                "D 列起是代码，A–C 列供人阅读。From column D on this is code; columns A to C are for people. "
                        + "Insert one " + about.getSimpleName()
                        + " per question: on = the day it is asked on; labels by code; "
                        + "a List holds the term and those around it; texts in lower case and half width; null = not known.",
                styles.person);
        String[][] properties = {
            {"RuleSet", packageName(table)},
            {"Import", "java.math.BigDecimal, java.time.LocalDate, java.util.List"},
            {"Declare", declarations()},
            {"EscapeQuotes", "false"},
            {"Sequential", "true"},
            {"SequentialMaxPriority", String.valueOf(table.rows().size() + 1)},
        };
        int row = 2;
        for (String[] property : properties) {
            text(sheet, row, FIRST_COLUMN, property[0], styles.code);
            text(sheet, row, FIRST_COLUMN + 1, property[1], styles.code);
            // Above what is frozen there should be little; whoever wants to see it opens the group.
            sheet.getRow(row).setZeroHeight(true);
            row++;
        }
        sheet.groupRow(2, row - 1);
        return row;
    }

    private static String rule(HitPolicy hitPolicy) {
        return hitPolicy.label()
                + switch (hitPolicy) {
                    case FIRST -> "：自上而下，第一行覆盖的算数。The first covering row gives the Answer.";
                    case ALL -> "：凡覆盖的行都算数。Every covering row gives an Answer.";
                    case UNIQUE ->
                        "：恰有一行覆盖才算数，否则得 Clash。One covering row gives the Answer; several give a Clash and none counts.";
                };
    }

    /** The fact's pattern, over all columns that constrain it. */
    private void pattern(org.apache.poi.ss.usermodel.Sheet sheet, int row, List<RuleColumn> parts, Styles styles) {
        int from = -1;
        int to = -1;
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).isOfPattern()) {
                from = from < 0 ? FIRST_COLUMN + i : from;
                to = FIRST_COLUMN + i;
            }
        }
        text(sheet, row, from, "$fact : " + about.getSimpleName(), styles.code);
        if (to > from) {
            for (int column = from + 1; column <= to; column++) {
                // Drools sees a merged cell only where there is one.
                sheet.getRow(row).createCell(column).setCellStyle(styles.code);
            }
            sheet.addMergedRegion(new CellRangeAddress(row, row, from, to));
        }
    }

    private void onlyOne(org.apache.poi.ss.usermodel.Sheet sheet, int row, Styles styles) {
        String[][] cells = {
            {"RuleTable clash", "", ""},
            {"CONDITION", "CONDITION", "ACTION"},
            {"", "", ""},
            {
                "$fact : " + about.getSimpleName() + "()",
                "$all : List( size > 1 ) from collect( Answer( fact == $fact ) )",
                "for ( Object each : $all ) { delete( each ); } insert( new Clash( $fact ) );"
            },
            {"任何 Any", "有多行 Several rows", "都不算数 None counts"},
            {ALWAYS, ALWAYS, ALWAYS},
        };
        for (int i = 0; i < cells.length; i++) {
            for (int column = 0; column < cells[i].length; column++) {
                text(sheet, row + i, FIRST_COLUMN + column, cells[i][column], styles.code);
            }
        }
    }

    /** A text for people as Drools passes over it: one keyword counts wherever it stands. */
    private static String passedOver(String text) {
        String shown = text.length() > SpreadsheetVersion.EXCEL2007.getMaxTextLength() - 1
                ? text.substring(0, SpreadsheetVersion.EXCEL2007.getMaxTextLength() - 1)
                : text;
        return shown.strip().toLowerCase(Locale.ROOT).startsWith("ruletable") ? "·" + shown : shown;
    }

    private static void text(
            org.apache.poi.ss.usermodel.Sheet sheet, int row, int column, String text, CellStyle style) {
        if (!text.isEmpty()) {
            org.apache.poi.ss.usermodel.Row at = sheet.getRow(row);
            Cell cell = (at == null ? sheet.createRow(row) : at).createCell(column);
            cell.setCellValue(Escapes.encoded(text));
            cell.setCellStyle(style);
        }
    }

    /** How the parts of the sheet look. */
    private static final class Styles {
        private final CellStyle title;
        private final CellStyle person;
        private final CellStyle code;
        private final CellStyle header;
        private final CellStyle cell;

        Styles(SXSSFWorkbook workbook) {
            title = style(workbook, null, true);
            person = style(workbook, null, false);
            code = style(workbook, IndexedColors.GREY_25_PERCENT, false);
            header = style(workbook, IndexedColors.LIGHT_TURQUOISE, true);
            cell = style(workbook, null, false);
            header.setWrapText(true);
            // What begins with = or @ stays a text when somebody edits it.
            person.setQuotePrefixed(true);
            cell.setQuotePrefixed(true);
        }

        private static CellStyle style(SXSSFWorkbook workbook, @Nullable IndexedColors fill, boolean bold) {
            CellStyle style = workbook.createCellStyle();
            style.setVerticalAlignment(VerticalAlignment.TOP);
            if (fill != null) {
                style.setFillForegroundColor(fill.getIndex());
                style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
            }
            if (bold) {
                Font font = workbook.createFont();
                font.setBold(true);
                style.setFont(font);
            }
            return style;
        }
    }
}
