package liandong.policy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.calendar.StatutoryHolidays;
import liandong.calendar.StatutoryHolidays.Holiday;
import liandong.calendar.StatutoryHolidays.Reckoning;
import liandong.calendar.WorkingCalendar;
import liandong.calendar.WorkingCalendar.DayType;
import liandong.calendar.WorkingCalendar.Shift;
import liandong.incident.Bounds;
import liandong.incident.CodeMapping;
import liandong.incident.Column;
import liandong.incident.Nearest;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.incident.Weekday;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.problem.Problems;
import liandong.sheet.Cell;
import liandong.sheet.GeneratedSheets;
import liandong.sheet.SheetData;
import liandong.sheet.WorkbookReader;
import liandong.table.GuideReader;
import liandong.table.HitPolicy;
import liandong.table.LabelUse;
import liandong.table.Row;
import liandong.table.Sheet;
import liandong.table.SheetReader;
import liandong.table.SheetReader.Placed;
import liandong.table.Table;
import liandong.table.TableContract;
import org.jspecify.annotations.Nullable;

/** Reads and checks a policy as a whole. */
public final class PolicyLoader {
    private static final String VOCABULARY = "vocabulary.xlsx";
    private static final String CALENDAR = "calendar.xlsx";
    static final String GUIDE = "说明";

    /** The sheet of the calendar that names its zone, in one row. */
    private static final String ZONES = "时区";

    private static final String HOURS = "办公时间";

    private static final int YEARS_NAMED = 5;

    /** So many years with days that are made up for show that such days are usual. */
    private static final int OTHER_YEARS = 3;

    /** The names that spreadsheet programs and people give to a copy of a sheet. */
    private static final Pattern COPY = Pattern.compile(
            "(.+?)[\\s_-]*(?:[(（]\\d+[)）]|[(（]?(?:副本|备份|旧|原|copy|old|backup)\\s*\\d*[)）]?)", Pattern.CASE_INSENSITIVE);

    /** The words for what a reporter wants; they came with format 3. */
    private static final String NATURES = "诉求性质";

    private static final int NATURES_SINCE = 3;

    /** The sheet of the calendar that says which days are off by law; a policy may do without. */
    private static final String STATUTORY = "法定假日";

    /** The first format whose years count as announced only when all of their holidays are there. */
    private static final int WHOLE_YEARS = 3;

    /** The two sets of words that only escalation needs, which a policy may do without. */
    private static final String PAUSE_GROUNDS = "暂停事由";

    private static final String GROUND_PROOFS = "凭证";

    private static final String RETURN_REASONS = "退单理由";

    private final PolicyFiles files;
    private final PolicySchema schema;
    private final Function<ZoneId, LocalDate> today;
    private final Problems problems = new Problems();
    /** What is read beside this; null where only one workbook is wanted. */
    private @Nullable ReadAhead ahead;

    /** The sheets 认可 of the vocabulary and the calendar, which are read when the words are known. */
    private final List<SheetData> acceptances = new ArrayList<>();

    private final Map<Term, CellRef> places = new HashMap<>();
    /** What the cells of all workbooks name. */
    private final LabelUse labels = new LabelUse();
    /** What outside codes mean; known once the vocabulary has been read. */
    private List<CodeMapping> codeMap = List.of();
    /** Findings that are meant; known once the tables have been read. */
    private final List<AcceptedFinding> accepted = new ArrayList<>();
    /** By which format the policy was written; known once the vocabulary has been read. */
    private int format = PolicyFormat.NEWEST;
    /** The zone of the policy; known once its calendar has been read. */
    private ZoneId zone = ZoneOffset.UTC;

    private PolicyLoader(PolicyFiles files, PolicySchema schema, Function<ZoneId, LocalDate> today) {
        this.files = files;
        this.schema = schema;
        this.today = today;
    }

    /**
     * Reads a policy.
     *
     * @param schema what a policy may have
     * @param now the moment on whose day, in the zone of the policy's own calendar, rows that have ended are reported, among
     *     the policy's notes; in UTC when its zone cannot be read
     * @throws BadPolicyException if anything is wrong with it; says everything that is
     */
    public static Policy load(PolicyFiles files, PolicySchema schema, Instant now) throws BadPolicyException {
        return new PolicyLoader(files, schema, zone -> LocalDate.ofInstant(now, zone)).load();
    }

    /**
     * Reads a policy as on a day that somebody has named.
     *
     * @param schema what a policy may have
     * @param today the day on which rows that have ended are reported, among the policy's notes
     * @throws BadPolicyException if anything is wrong with it; says everything that is
     */
    public static Policy load(PolicyFiles files, PolicySchema schema, LocalDate today) throws BadPolicyException {
        return new PolicyLoader(files, schema, zone -> today).load();
    }

    private Policy load() throws BadPolicyException {
        var ahead = new ReadAhead(ruleFiles(), schema, files.tables());
        this.ahead = ahead;
        files.passedOver().forEach(path -> problems.accept(Problem.of(Code.PASSED_OVER_FILE, new FileRef(path))));
        Vocabulary vocabulary = vocabulary();
        WorkingCalendar calendar = calendar(vocabulary);
        Map<Class<? extends Row>, Table<? extends Row>> tables = tables(vocabulary);
        labels.tell(vocabulary, places, problems);
        RuleBase rules = rules(ahead);
        List<Problem> problems = this.problems.all();
        problems.sort(Problem.BY_PLACE);
        if (calendar == null
                || rules == null
                || problems.stream().anyMatch(problem -> problem.code().isError())) {
            throw new BadPolicyException(problems);
        }
        return new Policy(files, vocabulary, places, codeMap, accepted, calendar, tables, rules, problems);
    }

    private List<SheetData> sheets(String file) {
        byte[] bytes = files.tables().get(file);
        if (bytes == null) {
            problems.accept(Problem.of(Code.MISSING_FILE, new FileRef(file), file));
            return List.of();
        }
        List<SheetData> sheets =
                ahead == null ? WorkbookReader.read(file, bytes, problems) : ahead.workbook(file, problems);
        return sheets.stream()
                .filter(sheet -> !GeneratedSheets.NAMES.contains(sheet.name()))
                .toList();
    }

    /** A workbook's sheets by name; tells of sheets that nothing asks for, or that are missing though it needs them. */
    private Map<String, SheetData> sheets(String file, List<String> wanted, Predicate<String> dispensable) {
        var byName = new LinkedHashMap<String, SheetData>();
        List<SheetData> sheets = sheets(file);
        sheets.forEach(sheet -> byName.put(sheet.name(), sheet));
        if (file.equals(VOCABULARY)) {
            format = PolicyFormat.of(byName.get(GUIDE), problems); // what must be there depends on it
        }
        if (!sheets.isEmpty()) {
            for (SheetData sheet : sheets) {
                if (sheet.name().equals(AcceptedFinding.SHEET)) {
                    acceptances.add(sheet);
                } else if (!sheet.name().equals(GUIDE) && !wanted.contains(sheet.name())) {
                    unknown(sheet, wanted);
                }
            }
            for (String name : wanted) {
                if (!byName.containsKey(name) && !dispensable.test(name)) {
                    problems.accept(Problem.of(Code.MISSING_SHEET, new FileRef(file), name, file, 1, format));
                }
            }
        }
        return byName;
    }

    /** Tells of sheets that stand in another workbook too: of several at once, which is a workbook copied, in one finding. */
    private void twice(String file, String other, List<SheetData> sheets) {
        SheetData first = sheets.get(0);
        problems.accept(
                sheets.size() == 1
                        ? Problem.of(Code.DUPLICATE_SHEET, first.at(1, 0), first.name(), other)
                        : Problem.of(
                                Code.COPIED_WORKBOOK,
                                new FileRef(file),
                                sheets.size(),
                                other,
                                sheets.stream().map(SheetData::name).collect(Collectors.joining("、"))));
    }

    /** Tells of a sheet that nothing asks for: which one was meant, else which there can be. */
    private void unknown(SheetData sheet, Collection<String> names) {
        if (sheet.lines().stream().allMatch(line -> line.cells().stream().allMatch(Cell::isEmpty))) {
            problems.accept(Problem.of(Code.EMPTY_SHEET, sheet.at(1, 0), sheet.name()));
            return;
        }
        Matcher copy = COPY.matcher(sheet.name());
        if (copy.matches() && names.contains(copy.group(1))) {
            problems.accept(Problem.of(Code.COPIED_SHEET, sheet.at(1, 0), sheet.name(), copy.group(1)));
            return;
        }
        String nearest = Nearest.of(sheet.name(), names);
        problems.accept(Problem.of(
                Code.UNKNOWN_SHEET, sheet.at(1, 0), sheet.name(), nearest == null ? String.join("、", names) : nearest));
    }

    private static final Map<String, Class<?>> CALENDAR_SHEETS = calendarSheets();

    private static Map<String, Class<?>> calendarSheets() {
        var sheets = new LinkedHashMap<String, Class<?>>();
        sheets.put(ZONES, ZoneRow.class);
        sheets.put(HOURS, HoursRow.class);
        sheets.put("节假日", HolidayRow.class);
        sheets.put(STATUTORY, StatutoryRow.class);
        return sheets;
    }

    /** What the rows of a sheet become; {@code table} is asked when the sheet is none of the words or the calendar. */
    static @Nullable Class<?> ownType(String file, String sheet, Supplier<@Nullable Class<?>> table) {
        return switch (file) {
            case VOCABULARY ->
                switch (sheet) {
                    case CodeMapReader.SHEET -> CodeMapReader.CodeMapRow.class;
                    case OutlineReader.SHEET -> OutlineReader.OutlineRow.class;
                    default -> Vocabulary.sheetsAndSets().get(sheet);
                };
            case CALENDAR -> CALENDAR_SHEETS.get(sheet);
            default -> sheet.equals(AcceptedFinding.SHEET) ? AcceptedFinding.AcceptedRow.class : table.get();
        };
    }

    /** Whether a workbook is looked for by its name. */
    static boolean isFixed(String path) {
        String name = path.substring(PolicyFiles.TABLES.length());
        return path.startsWith(PolicyFiles.TABLES) && (name.equals(VOCABULARY) || name.equals(CALENDAR));
    }

    /** The words of a policy, as far as they can be read, whatever else is wrong with it. */
    public static Vocabulary vocabulary(PolicyFiles files) {
        return new PolicyLoader(files, new PolicySchema(List.of()), zone -> LocalDate.EPOCH).vocabulary();
    }

    /** The time zone of a policy, whatever else is wrong with it; UTC when it cannot be read. */
    public static ZoneId zone(PolicyFiles files) {
        var loader = new PolicyLoader(files, new PolicySchema(List.of()), zone -> LocalDate.EPOCH);
        return loader.sheets(CALENDAR).stream()
                .filter(sheet -> sheet.name().equals(ZONES))
                .flatMap(sheet -> new SheetReader(Vocabulary.empty(), LocalDate.EPOCH, problem -> {})
                        .records(sheet, ZoneRow.class).stream())
                .map(placed -> placed.record().zone())
                .findFirst()
                .orElse(ZoneOffset.UTC);
    }

    private Vocabulary vocabulary() {
        Map<String, Class<? extends Term>> sets = Vocabulary.sheetsAndSets();
        var wanted = new ArrayList<>(sets.keySet());
        wanted.add(CodeMapReader.SHEET);
        wanted.add(OutlineReader.SHEET);
        Map<String, SheetData> sheets = sheets(VOCABULARY, List.copyOf(wanted), this::isDispensable);
        Vocabulary vocabulary = Vocabulary.empty(format);
        for (var set : sets.entrySet()) {
            SheetData sheet = sheets.get(set.getKey());
            if (sheet != null) {
                vocabulary = terms(sheet, set.getValue(), vocabulary);
            } else if (sheets.isEmpty() || !isDispensable(set.getKey())) {
                vocabulary =
                        vocabulary.unread(set.getValue(), Set.of()); // one fault, told once, not at each of its words
            }
        }
        SheetData codes = sheets.get(CodeMapReader.SHEET);
        if (codes != null) {
            codeMap = new CodeMapReader(vocabulary, problems, labels).read(codes);
        }
        SheetData outlines = sheets.get(OutlineReader.SHEET);
        return outlines == null
                ? vocabulary
                : vocabulary.with(new OutlineReader(vocabulary, problems, labels).read(outlines));
    }

    private boolean isDispensable(String words) {
        return words.equals(RETURN_REASONS)
                || words.equals(PAUSE_GROUNDS)
                || words.equals(GROUND_PROOFS)
                || words.equals(CodeMapReader.SHEET)
                || words.equals(OutlineReader.SHEET)
                || (words.equals(NATURES) && format < NATURES_SINCE);
    }

    @SuppressWarnings("unchecked") // every set in the map above is a record
    private <T extends Record & Term> Vocabulary terms(
            SheetData sheet, Class<? extends Term> set, Vocabulary vocabulary) {
        return SheetReader.terms(sheet, (Class<T>) set, vocabulary, places, problems, labels);
    }

    /**
     * A row of 时区.
     *
     * @param zone the zone of office hours and due times
     */
    record ZoneRow(@Column("时区 Zone") ZoneId zone) {}

    /**
     * A row of 办公时间.
     *
     * @param weekday the day
     * @param opens when offices open
     * @param closes when they close
     */
    record HoursRow(
            @Column("星期 Weekday") Weekday weekday,
            @Column("上班 Opens") LocalTime opens,
            @Column("下班 Closes") LocalTime closes) {}

    /**
     * A row of 节假日.
     *
     * @param year the year whose arrangement it belongs to
     * @param date the day
     * @param name the holiday, for people; null when not given
     * @param type off, or worked to make up
     */
    record HolidayRow(
            @Column("年度 Year") @Bounds(min = 1900, max = 9999)
            int year,

            @Column("日期 Date") LocalDate date,

            @Column(value = "名称 Name", optional = true, mayBeAbsent = true) @Nullable
            String name,

            @Column("类型 Type") DayType type) {}

    /**
     * A row of 法定假日.
     *
     * @param id its id, for people
     * @param name the holiday
     * @param by what its first day is told by
     * @param month the month; null with a solar term
     * @param day the day of the month, 除夕, or the name of a solar term
     * @param days how many days it lasts
     * @param from the first day on which the law has it; null when it has always
     */
    record StatutoryRow(
            @Column(value = "编号 Id", optional = true, mayBeAbsent = true) @Nullable
            String id,

            @Column("名称 Name") String name,
            @Column("历法 Calendar") Reckoning by,

            @Column(value = "月 Month", optional = true, mayBeAbsent = true) @Nullable
            Integer month,

            @Column("日 Day") String day,
            @Column("天数 Days") int days,

            @Column(value = "生效 From", optional = true, mayBeAbsent = true) @Nullable
            LocalDate from) {}

    private @Nullable WorkingCalendar calendar(Vocabulary vocabulary) {
        Map<String, SheetData> sheets = sheets(CALENDAR, List.copyOf(CALENDAR_SHEETS.keySet()), STATUTORY::equals);
        var reader = new SheetReader(vocabulary, LocalDate.EPOCH, problems); // rows of a calendar do not end
        List<Placed<ZoneRow>> zones = records(reader, sheets.get(ZONES), ZoneRow.class);
        List<Placed<HoursRow>> hours = records(reader, sheets.get(HOURS), HoursRow.class);
        List<Placed<HolidayRow>> holidays = records(reader, sheets.get("节假日"), HolidayRow.class);
        StatutoryHolidays law = law(records(reader, sheets.get(STATUTORY), StatutoryRow.class));
        if (!zones.isEmpty()) {
            zone = zones.get(0).record().zone();
        }
        zones.stream()
                .skip(1)
                .forEach(another -> problems.accept(Problem.of(
                        format == PolicyFormat.FIRST ? Code.PASSED_OVER_ROW : Code.ONLY_ONE_ROW,
                        another.at("时区"),
                        ZONES,
                        zones.get(0).row(),
                        zone)));
        if (zones.isEmpty() || hours.isEmpty() || (holidays.isEmpty() && law == null)) {
            if (problems.all().stream().noneMatch(problem -> problem.code().isError() && isAbout(CALENDAR, problem))) {
                var without = new ArrayList<String>();
                if (zones.isEmpty()) {
                    without.add(ZONES);
                }
                if (hours.isEmpty()) {
                    without.add(HOURS);
                }
                if (holidays.isEmpty() && law == null) {
                    without.add("节假日");
                }
                problems.accept(
                        Problem.of(Code.CALENDAR_WITHOUT_ROWS, new FileRef(CALENDAR), String.join("、", without)));
            }
            return null;
        }
        Map<LocalDate, DayType> exceptions = exceptions(holidays);
        Map<DayOfWeek, List<Shift>> shifts = shifts(hours);
        if (shifts == null) {
            return null;
        }
        mustCoverTheWeek(shifts.keySet(), Objects.requireNonNull(sheets.get(HOURS)));
        mustBeOpenAlike(hours, shifts);
        mustBeMadeUpFor(holidays);
        holidays.forEach(this::mustBeOfItsYear);
        mustMatter(holidays, shifts.keySet(), today.apply(zone));
        SortedSet<Year> announced = announced(holidays, law);
        return isWhole(announced, law) ? new WorkingCalendar(zone, shifts, exceptions, announced, law) : null;
    }

    /** Tells which days from Monday to Friday have no office hours: a limit in working time passes them over. */
    private void mustCoverTheWeek(Set<DayOfWeek> open, SheetData sheet) {
        String closed = Stream.of(Weekday.values())
                .filter(day -> day != Weekday.SATURDAY && day != Weekday.SUNDAY)
                .filter(day -> !open.contains(DayOfWeek.valueOf(day.code())))
                .map(Weekday::label)
                .collect(Collectors.joining("、"));
        if (!closed.isEmpty()) {
            problems.accept(Problem.of(Code.WEEKDAY_WITHOUT_HOURS, sheet.at(SheetReader.HEADER_ROW, 0), closed));
        }
    }

    /** Tells which days from Monday to Friday are open for less than half of what most of these days are. */
    private void mustBeOpenAlike(List<Placed<HoursRow>> rows, Map<DayOfWeek, List<Shift>> shifts) {
        var open = new EnumMap<DayOfWeek, Duration>(DayOfWeek.class);
        shifts.forEach((day, all) -> {
            if (day != DayOfWeek.SATURDAY && day != DayOfWeek.SUNDAY) {
                open.put(day, all.stream().map(Shift::length).reduce(Duration.ZERO, Duration::plus));
            }
        });
        List<Duration> lengths = open.values().stream().sorted().toList();
        if (!lengths.isEmpty()) {
            Duration usual = lengths.get(lengths.size() / 2);
            open.forEach((day, length) -> {
                if (length.multipliedBy(2).compareTo(usual) < 0) {
                    rows.stream()
                            .filter(row -> row.record().weekday().code().equals(day.name()))
                            .findFirst()
                            .ifPresent(row -> problems.accept(Problem.of(
                                    Code.SHORT_WEEKDAY,
                                    row.at("星期"),
                                    row.record().weekday().label(),
                                    hours(length),
                                    hours(usual))));
                }
            });
        }
    }

    private static String hours(Duration length) {
        return BigDecimal.valueOf(length.toMinutes())
                .divide(BigDecimal.valueOf(60), 2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** Days off in a row are made up for on weekends: tells of a year without one such day, when all others have some. */
    private void mustBeMadeUpFor(List<Placed<HolidayRow>> rows) {
        var first = new TreeMap<Integer, Placed<HolidayRow>>();
        var worked = new TreeMap<Integer, Integer>();
        for (Placed<HolidayRow> row : rows) {
            int year = row.record().year();
            first.putIfAbsent(year, row);
            worked.merge(year, row.record().type() == DayType.WORK ? 1 : 0, Integer::sum);
        }
        List<Integer> without = worked.keySet().stream()
                .filter(year -> worked.getOrDefault(year, 0) == 0)
                .toList();
        if (without.size() == 1 && worked.size() > OTHER_YEARS) {
            Placed<HolidayRow> row = Objects.requireNonNull(first.get(without.get(0)));
            problems.accept(Problem.of(Code.YEAR_NOT_MADE_UP_FOR, row.at("年度"), without.get(0), worked.size() - 1));
        }
    }

    /** The days off by law; null when the policy does not say them. */
    private @Nullable StatutoryHolidays law(List<Placed<StatutoryRow>> rows) {
        var holidays = new ArrayList<Holiday>();
        var first = new HashMap<List<Object>, Integer>();
        for (Placed<StatutoryRow> placed : rows) {
            StatutoryRow row = placed.record();
            Integer other = first.putIfAbsent(List.of(row.name(), row.from() == null ? "" : row.from()), placed.row());
            if (other != null) {
                problems.accept(Problem.of(Code.REPEATED_DATE, placed.at("名称"), row.name(), other));
            }
            try {
                holidays.add(new Holiday(row.name(), row.by(), row.month(), row.day(), row.days(), row.from()));
            } catch (IllegalArgumentException e) {
                problems.accept(Problem.of(
                        Code.NO_SUCH_HOLIDAY,
                        placed.at("日"),
                        row.name(),
                        row.by().label(),
                        row.month() == null ? "" : row.month(),
                        row.day(),
                        row.days()));
            }
        }
        return holidays.isEmpty() ? null : new StatutoryHolidays(holidays);
    }

    /** A day to be made up for that is still to come is no day of work anyway. */
    private void mustMatter(List<Placed<HolidayRow>> rows, Set<DayOfWeek> open, LocalDate today) {
        for (Placed<HolidayRow> placed : rows) {
            HolidayRow row = placed.record();
            boolean alone = rows.stream()
                    .noneMatch(other ->
                            other.row() != placed.row() && other.record().date().equals(row.date()));
            if (row.type() == DayType.WORK
                    && alone
                    && !row.date().isBefore(today)
                    && open.contains(row.date().getDayOfWeek())) {
                problems.accept(Problem.of(
                        Code.IDLE_WORKING_DAY,
                        placed.at("日期"),
                        row.date(),
                        Weekday.of(row.date().getDayOfWeek()).label()));
            }
        }
    }

    /** The days about the turn of the year may belong to the arrangement of the other year, no more. */
    private void mustBeOfItsYear(Placed<HolidayRow> placed) {
        HolidayRow holiday = placed.record();
        LocalDate first = LocalDate.of(holiday.year() - 1, 12, 20);
        LocalDate last = LocalDate.of(holiday.year() + 1, 1, 15);
        boolean near = !holiday.date().isBefore(first) && !holiday.date().isAfter(last);
        boolean far = Math.abs(holiday.year() - holiday.date().getYear()) > 1;
        if (far || (format >= WHOLE_YEARS && !near)) {
            problems.accept(Problem.of(
                    Code.DATE_OF_ANOTHER_YEAR, placed.at("日期"), holiday.date(), holiday.year(), first, last));
        }
    }

    /** The years whose arrangement is there; tells of those of which only a part is. */
    private SortedSet<Year> announced(List<Placed<HolidayRow>> rows, @Nullable StatutoryHolidays law) {
        var byYear = new TreeMap<Integer, List<Placed<HolidayRow>>>();
        rows.forEach(row -> byYear.computeIfAbsent(row.record().year(), year -> new ArrayList<>())
                .add(row));
        var announced = new TreeSet<Year>();
        for (var year : byYear.entrySet()) {
            List<String> missing = law == null ? lacking(year.getKey(), byYear) : lacking(year.getKey(), byYear, law);
            if (!missing.isEmpty()) {
                problems.accept(Problem.of(
                        Code.INCOMPLETE_YEAR,
                        year.getValue().get(0).at("年度"),
                        year.getKey(),
                        String.join("、", missing)));
            }
            if (missing.isEmpty() || (law == null && format < WHOLE_YEARS)) {
                announced.add(Year.of(year.getKey()));
            }
        }
        return announced;
    }

    /** Whether no year is missing between the first that is announced and the last, unless a law says its days off. */
    private boolean isWhole(SortedSet<Year> announced, @Nullable StatutoryHolidays law) {
        var missing = new ArrayList<String>();
        if (!announced.isEmpty()) {
            for (Year year = announced.first(); year.isBefore(announced.last()); year = year.plusYears(1)) {
                if (!announced.contains(year) && (law == null || year.getValue() < law.firstYear())) {
                    missing.add(year.toString());
                }
            }
        }
        if (!missing.isEmpty()) {
            problems.accept(Problem.of(
                    Code.YEARS_MISSING,
                    new FileRef(CALENDAR),
                    String.join("、", missing.subList(0, Math.min(missing.size(), YEARS_NAMED))),
                    announced.first(),
                    announced.last()));
        }
        return missing.isEmpty();
    }

    /** The holidays that a year has by law and of which no row of the year's arrangement says anything. */
    private static List<String> lacking(
            int year, Map<Integer, List<Placed<HolidayRow>>> byYear, StatutoryHolidays law) {
        if (year < law.firstYear() || year > StatutoryHolidays.LAST_YEAR) {
            return List.of();
        }
        List<HolidayRow> off = off(byYear.getOrDefault(year, List.of()));
        var missing = new ArrayList<String>();
        law.in(year).forEach((name, days) -> {
            if (!days.isEmpty() && off.stream().noneMatch(row -> names(row, name) || days.contains(row.date()))) {
                missing.add(name);
            }
        });
        return missing;
    }

    /** The holidays that the year before names and the last year does not: without a law nobody knows better. */
    private static List<String> lacking(int year, NavigableMap<Integer, List<Placed<HolidayRow>>> byYear) {
        if (year != byYear.lastKey()) {
            return List.of();
        }
        List<HolidayRow> off = off(byYear.getOrDefault(year, List.of()));
        return off(byYear.getOrDefault(year - 1, List.of())).stream()
                .flatMap(row -> row.name() == null
                        ? Stream.empty()
                        : Stream.of(row.name().split("[、，,和与及]")))
                .distinct()
                .filter(name -> off.stream().noneMatch(row -> names(row, name)))
                .toList();
    }

    private static List<HolidayRow> off(List<Placed<HolidayRow>> rows) {
        return rows.stream()
                .map(Placed::record)
                .filter(row -> row.type() == DayType.OFF)
                .toList();
    }

    /** Whether a row names a holiday: 国庆 and 国庆节 are one, and 国庆节、中秋节 names two. */
    private static boolean names(HolidayRow row, String holiday) {
        String name = row.name() == null ? "" : shortest(row.name());
        return name.contains(shortest(holiday)) || (!name.isEmpty() && holiday.contains(name));
    }

    private static String shortest(String holiday) {
        return holiday.length() > 2 && holiday.endsWith("节") ? holiday.substring(0, holiday.length() - 1) : holiday;
    }

    /** What is reported of the days; of a date that stands twice the last row counts. */
    private Map<LocalDate, DayType> exceptions(List<Placed<HolidayRow>> holidays) {
        var first = new HashMap<LocalDate, Placed<HolidayRow>>();
        var exceptions = new HashMap<LocalDate, DayType>();
        for (Placed<HolidayRow> placed : holidays) {
            HolidayRow holiday = placed.record();
            Placed<HolidayRow> other = first.putIfAbsent(holiday.date(), placed);
            if (other != null) {
                DayType before = other.record().type();
                problems.accept(
                        before == holiday.type()
                                ? Problem.of(Code.REPEATED_DATE, placed.at("日期"), holiday.date(), other.row())
                                : Problem.of(
                                        format == PolicyFormat.FIRST ? Code.OVERRULED_DATE : Code.CONTRADICTORY_DATE,
                                        placed.at("日期"),
                                        holiday.date(),
                                        holiday.type().label(),
                                        other.row(),
                                        before.label()));
            }
            exceptions.put(holiday.date(), holiday.type());
        }
        return exceptions;
    }

    /** The office hours by day; null when some end before they begin, or overlap. */
    private @Nullable Map<DayOfWeek, List<Shift>> shifts(List<Placed<HoursRow>> rows) {
        var taken = new EnumMap<DayOfWeek, NavigableMap<LocalTime, Placed<HoursRow>>>(DayOfWeek.class);
        var shifts = new EnumMap<DayOfWeek, List<Shift>>(DayOfWeek.class);
        boolean sound = true;
        for (Placed<HoursRow> placed : rows) {
            HoursRow hours = placed.record();
            DayOfWeek weekday = DayOfWeek.valueOf(hours.weekday().code());
            NavigableMap<LocalTime, Placed<HoursRow>> others = taken.computeIfAbsent(weekday, day -> new TreeMap<>());
            boolean possible = Shift.isPossible(hours.opens(), hours.closes());
            boolean night = possible && hours.closes().isBefore(hours.opens());
            // Those before do not overlap each other, so that the last to open before this closes is the last to close.
            Map.Entry<LocalTime, Placed<HoursRow>> before =
                    night ? others.lastEntry() : others.lowerEntry(hours.closes());
            if (!possible) {
                problems.accept(Problem.of(Code.INVERTED_HOURS, placed.at("下班"), hours.closes(), hours.opens()));
                sound = false;
            } else if (before != null && closesAfter(before.getValue().record(), hours.opens())) {
                HoursRow other = before.getValue().record();
                problems.accept(Problem.of(
                        Code.OVERLAPPING_HOURS,
                        placed.at("上班"),
                        hours.weekday().label(),
                        hours.opens() + "–" + hours.closes(),
                        before.getValue().row(),
                        other.opens() + "–" + other.closes()));
                sound = false;
            } else {
                others.put(hours.opens(), placed);
                shifts.computeIfAbsent(weekday, day -> new ArrayList<>()).add(new Shift(hours.opens(), hours.closes()));
                if (night) {
                    problems.accept(Problem.of(
                            Code.HOURS_PAST_MIDNIGHT,
                            placed.at("下班"),
                            hours.weekday().label(),
                            hours.opens(),
                            hours.closes()));
                }
            }
        }
        return sound && nightsEnd(rows) ? shifts : null;
    }

    private static boolean closesAfter(HoursRow hours, LocalTime time) {
        return hours.closes().isBefore(hours.opens()) || hours.closes().isAfter(time);
    }

    /** Whether every night is over before offices open on whatever day, which is told otherwise. */
    private boolean nightsEnd(List<Placed<HoursRow>> rows) {
        boolean end = true;
        for (Placed<HoursRow> night : rows) {
            HoursRow hours = night.record();
            for (Placed<HoursRow> other : rows) {
                HoursRow next = other.record();
                if (hours.closes().isBefore(hours.opens()) && next.opens().isBefore(hours.closes()) && end) {
                    problems.accept(Problem.of(
                            Code.OVERLAPPING_HOURS,
                            night.at("下班"),
                            hours.weekday().label(),
                            hours.opens() + "–" + hours.closes(),
                            other.row(),
                            next.weekday().label() + " " + next.opens() + "–" + next.closes()));
                    end = false;
                }
            }
        }
        return end;
    }

    private static boolean isAbout(String file, Problem problem) {
        return problem.at().file().equals(file);
    }

    private static <T extends Record> List<Placed<T>> records(
            SheetReader reader, @Nullable SheetData sheet, Class<T> type) {
        return sheet == null ? List.of() : reader.records(sheet, type);
    }

    private Map<Class<? extends Row>, Table<? extends Row>> tables(Vocabulary vocabulary) {
        Map<String, Class<? extends Row>> types = schema.tables();
        var tables = new LinkedHashMap<Class<? extends Row>, Table<? extends Row>>();
        var ids = new HashMap<String, CellRef>();
        var reader = new SheetReader(vocabulary, today.apply(zone), problems, labels);
        var found = new HashSet<String>();
        boolean readable = true;
        acceptances.forEach(sheet -> accepted.addAll(AcceptedFinding.read(sheet, vocabulary, problems)));
        for (String file : files.tables().keySet()) {
            if (file.equals(VOCABULARY) || file.equals(CALENDAR)) {
                continue;
            }
            if (file.endsWith(RuleSheet.SUFFIX)) {
                problems.accept(Problem.of(Code.MISPLACED_RULE_TABLE, new FileRef(file), file));
                continue;
            }
            List<SheetData> sheets = sheets(file);
            readable &= !sheets.isEmpty();
            Map<String, TableContract> promises = sheets.stream()
                    .filter(sheet -> sheet.name().equals(GUIDE))
                    .findFirst()
                    .map(guide -> GuideReader.promises(guide, problems))
                    .orElse(Map.of());
            var twice = new LinkedHashMap<String, List<SheetData>>();
            for (SheetData sheet : sheets) {
                found.add(sheet.name());
                Class<? extends Row> type = types.get(sheet.name());
                if (sheet.name().equals(GUIDE)) {
                    continue;
                }
                if (sheet.name().equals(AcceptedFinding.SHEET)) {
                    accepted.addAll(AcceptedFinding.read(sheet, vocabulary, problems));
                } else if (type == null) {
                    unknown(sheet, types.keySet());
                } else if (tables.containsKey(type)) {
                    twice.computeIfAbsent(tables.get(type).file(), other -> new ArrayList<>())
                            .add(sheet);
                } else if (!promises.containsKey(sheet.name())) {
                    problems.accept(Problem.of(
                            Code.MISSING_HIT_POLICY,
                            sheet.at(1, 0),
                            sheet.name(),
                            Stream.of(HitPolicy.values()).map(HitPolicy::label).collect(Collectors.joining("、"))));
                } else {
                    tables.put(type, reader.table(sheet, type, promises.get(sheet.name()), ids));
                }
            }
            twice.forEach((other, both) -> twice(file, other, both));
        }
        if (readable) {
            schema.parts().forEach(part -> missing(part, found));
        }
        return tables;
    }

    /**
     * Tells which sheets of a decision are missing: none when the policy has no part of a decision it may do without. A
     * sheet that came after the format it was written by need not be there: what that means is noted.
     */
    private void missing(PolicyPart part, Set<String> found) {
        if (!part.required() && part.sheets().stream().noneMatch(found::contains)) {
            return;
        }
        for (Class<? extends Row> type : part.tables()) {
            Sheet sheet = PolicyPart.sheet(type);
            if (found.contains(sheet.value()) || format > sheet.until() || sheet.optional()) {
                continue;
            }
            var folder = new FileRef("decision-tables");
            problems.accept(
                    sheet.since() <= format
                            ? Problem.of(
                                    Code.MISSING_SHEET,
                                    folder,
                                    sheet.value(),
                                    "decision-tables/",
                                    sheet.since(),
                                    format)
                            : Problem.of(
                                    Code.ABSENT_SHEET,
                                    folder,
                                    sheet.value(),
                                    sheet.since(),
                                    format,
                                    sheet.absent(),
                                    sheet.absentChinese()));
        }
    }

    /** The rule files and rule tables, by name; not workbooks whose name says that they are neither. */
    private Map<String, byte[]> ruleFiles() {
        var sources = new TreeMap<String, byte[]>(files.rules());
        sources.keySet().removeIf(PolicyLoader::isMisnamed);
        return sources;
    }

    private static boolean isMisnamed(String rules) {
        return rules.endsWith(".xlsx") && !rules.endsWith(RuleSheet.SUFFIX);
    }

    private @Nullable RuleBase rules(ReadAhead ahead) {
        boolean any = false;
        for (String name : files.rules().keySet()) {
            if (isMisnamed(name)) {
                problems.accept(Problem.of(Code.MISNAMED_RULE_TABLE, new FileRef(RuleSource.FOLDER + name), name));
            }
            any |= !isMisnamed(name);
        }
        if (!any) {
            problems.accept(Problem.of(Code.MISSING_FILE, new FileRef("rules"), "rules/*.drl"));
            return null;
        }
        return ahead.rules(problems);
    }
}
