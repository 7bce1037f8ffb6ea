package liandong.routing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import liandong.analysis.RowContent;
import liandong.decision.FactMaker;
import liandong.incident.Area;
import liandong.incident.Danger;
import liandong.incident.EventType;
import liandong.incident.Matter;
import liandong.incident.Nature;
import liandong.incident.Report;
import liandong.incident.Severity;
import liandong.incident.Source;
import liandong.incident.Vocabulary;
import liandong.incident.Weekday;
import liandong.policy.Policy;
import liandong.table.Attribute;
import liandong.table.Grammar;
import liandong.table.Row;
import liandong.table.Table;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes reports for each way in which routing's tables tell reports of a known event type apart.
 *
 * <p>Texts are represented: one for each choice of the words that tables look for, and one for each way of telling of danger
 * that could be found among the policies' own sentences.
 */
final class ReportMaker implements FactMaker<RoutingFacts> {
    private static final LocalTime NOON = LocalTime.NOON;
    private static final int SENTENCES_TRIED = 400;
    private static final int DAYS_BACK = 14;
    private static final String ID = "X-1";
    private static final String OPEN = "X-0";

    private static final Set<Class<? extends Row>> ASKED = Set.of(
            ReadingRow.class,
            RelayRow.class,
            SeverityRow.class,
            UrgencyRow.class,
            DutyRow.class,
            DutyListRow.class,
            ReferralRow.class,
            AnswerRow.class,
            FilingRow.class,
            StageRow.class,
            DeskRow.class);

    /** The tables whose rows are words and sentences rather than answers to a question. */
    private static final Set<Class<? extends Row>> WORDS = Set.of(
            SpellingRow.class,
            ContextRow.class,
            CueRow.class,
            NatureRow.class,
            DangerRow.class,
            ExampleRow.class,
            KeywordRow.class);

    private static final Map<String, Attribute> ATTRIBUTES = Attribute.of(Matter.class);

    private final Policy before;
    private final Policy after;
    private final ZoneId zone;

    /** A sentence that tells of danger in a way of its own. */
    private record Kept(String text, String label) {}

    ReportMaker(Policy before, Policy after) {
        this.before = before;
        this.after = after;
        this.zone = after.calendar().zone();
    }

    @Override
    public Class<?> about() {
        return Matter.class;
    }

    @Override
    public Attribute first() {
        return attribute("事项");
    }

    @Override
    public Attribute place() {
        return attribute("区域");
    }

    @Override
    public List<Attribute> stated() {
        return Attribute.of(Report.class).values().stream()
                .filter(each -> !each.isText() && !each.chinese().equals("区域"))
                .toList();
    }

    @Override
    public Set<String> concluded() {
        return Set.of("等级", "紧急程度", "危险", "正文字数");
    }

    @Override
    public Set<String> readUnlessStated() {
        return Set.of("诉求性质");
    }

    @Override
    public Set<Class<? extends Row>> asked() {
        return ASKED;
    }

    private static Attribute attribute(String chinese) {
        return Objects.requireNonNull(ATTRIBUTES.get(chinese));
    }

    // ———— Texts, and what else no column holds ————

    /** A text for each way of telling of danger that both policies read alike, the shortest that was found first. */
    private Map<String, Kept> dangers() {
        var found = new LinkedHashMap<String, Kept>();
        for (String sentence : sentences()) {
            Told told = told(after, sentence);
            if (told != null && !told.danger().equals(Danger.NO) && told.equals(told(before, sentence))) {
                String label = told.danger().label() + (told.relayed() ? "（转接）" : "");
                found.putIfAbsent(label, new Kept(sentence, label));
            }
        }
        return found;
    }

    /** Sentences that may tell of danger: words of the screen put together, and examples. */
    private Set<String> sentences() {
        var sentences = new LinkedHashSet<String>();
        for (Policy policy : List.of(after, before)) {
            Table<DangerRow> screen = policy.table(DangerRow.class);
            if (screen != null) {
                for (DangerRow row : screen.rows()) {
                    sentences.add((row.who().isEmpty() ? "" : row.who().get(0))
                            + row.what().get(0));
                }
            }
            Table<ExampleRow> examples = policy.table(ExampleRow.class);
            if (examples != null) {
                examples.rows().stream()
                        .filter(row -> row.danger() != Danger.NO)
                        .limit(SENTENCES_TRIED)
                        .forEach(row -> sentences.add(row.sentence()));
            }
        }
        return sentences.stream().limit(SENTENCES_TRIED).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What a text tells of danger. */
    private record Told(Danger danger, boolean relayed) {}

    private static @Nullable Told told(Policy policy, String text) {
        List<EventType> types = policy.vocabulary().all(EventType.class);
        List<Area> areas = policy.vocabulary().all(Area.class);
        List<Source> sources = policy.vocabulary().all(Source.class);
        if (types.isEmpty() || areas.isEmpty() || sources.isEmpty()) {
            return null;
        }
        LocalDate day = LocalDate.of(2000, 1, 1);
        var matter = Matter.of(Report.of(
                ID,
                day.atTime(NOON).atZone(policy.calendar().zone()).toOffsetDateTime(),
                sources.get(0),
                areas.get(0),
                text,
                types.get(0)));
        return new TextReader(TextIndex.of(policy), policy.tables(day))
                .read(matter).stream()
                        .findFirst()
                        .map(reading -> new Told(
                                reading.danger(),
                                reading.danger() == Danger.NOW
                                        && reading.alarms().stream()
                                                .anyMatch(alarm -> alarm.row() != null
                                                        && !alarm.row()
                                                                .relayTo()
                                                                .isEmpty())))
                        .orElse(null);
    }

    @Override
    public List<Extra> extras() {
        var texts = new ArrayList<Choice>();
        texts.add(new Choice("无", ""));
        dangers().values().forEach(kept -> texts.add(new Choice(kept.label(), kept.text())));
        return List.of(
                new Extra("在办件", List.of(new Choice("无", null), new Choice("有", OPEN))), new Extra("正文险情", texts));
    }

    /**
     * A text that has one word of each of some sets, and none of others.
     *
     * @param text what it begins with
     * @return null when it cannot be had so
     */
    private static @Nullable String text(String text, List<List<String>> with, List<List<String>> without) {
        var whole = new StringBuilder(text);
        boolean any = with.stream().anyMatch(List::isEmpty);
        for (List<String> words : with) {
            if (words.isEmpty() || hasOne(whole.toString(), words)) {
                continue;
            }
            String word = words.stream()
                    .filter(each -> without.stream().noneMatch(others -> hasOne(each, others)))
                    .findFirst()
                    .orElse(null);
            if (word == null) {
                return null;
            }
            whole.append(whole.isEmpty() ? "" : "。").append(word);
        }
        if (whole.isEmpty() && any) {
            whole.append("。");
        }
        boolean empty = without.stream().anyMatch(List::isEmpty);
        boolean told = without.stream().anyMatch(others -> hasOne(whole.toString(), others));
        return told || (empty && !whole.isEmpty()) ? null : whole.toString();
    }

    private static boolean hasOne(String text, List<String> words) {
        String form = Grammar.normalised(text);
        return words.stream().anyMatch(word -> form.contains(Grammar.normalised(word)));
    }

    // ———— Reports ————

    @Override
    public @Nullable Made<RoutingFacts> facts(
            Map<String, Object> values,
            List<List<String>> with,
            List<List<String>> without,
            List<@Nullable Object> extras,
            Vocabulary vocabulary,
            LocalDate day) {
        OffsetDateTime now = day.atTime(NOON).atZone(zone).toOffsetDateTime();
        OffsetDateTime reportedAt = reportedAt(values, now);
        String text = text(Objects.requireNonNullElse((String) extras.get(1), ""), with, without);
        if (reportedAt == null || text == null) {
            return null;
        }
        var report = new Report(
                ID,
                reportedAt,
                values.get("来源") instanceof Source source
                        ? source
                        : vocabulary.all(Source.class).get(0),
                values.get("区域") instanceof Area area
                        ? area
                        : vocabulary.all(Area.class).get(0),
                text,
                (EventType) values.get("事项"),
                null,
                is(values, "仅涉居民"),
                is(values, "网格已处置"),
                is(values, "危及生命"),
                is(values, "辖区外"),
                (String) extras.get(0),
                number(values, "死亡人数").intValue(),
                number(values, "重伤人数").intValue(),
                number(values, "损失（百万元）"),
                number(values, "人数").intValue(),
                number(values, "聚集人数").intValue(),
                (Severity) values.get("隐患等级"),
                (Severity) values.get("突发事件等级"),
                (Nature) values.get("诉求性质"),
                null);
        return made(report, now);
    }

    private static Made<RoutingFacts> made(Report report, OffsetDateTime now) {
        var facts = new RoutingFacts(report);
        ObjectNode request = Json.object(facts);
        request.put("now", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(now));
        return new Made<>(facts, now, request);
    }

    private static boolean is(Map<String, Object> values, String column) {
        return Boolean.TRUE.equals(values.get(column));
    }

    private static BigDecimal number(Map<String, Object> values, String column) {
        return values.get(column) instanceof BigDecimal number ? number : BigDecimal.ZERO;
    }

    /** When it was received, not after now, on the day, weekday and hour that are wanted; null when there is no such time. */
    private @Nullable OffsetDateTime reportedAt(Map<String, Object> values, OffsetDateTime now) {
        Object day = values.get("上报日期");
        Object weekday = values.get("上报星期");
        Object hour = values.get("上报时刻");
        if (day == null && weekday == null && hour == null) {
            return now;
        }
        LocalTime time = hour instanceof BigDecimal number ? LocalTime.of(number.intValue(), 0) : NOON;
        LocalDate last = day instanceof LocalDate date ? date : now.toLocalDate();
        for (int back = 0; back <= (day == null ? DAYS_BACK : 0); back++) {
            OffsetDateTime at = last.minusDays(back).atTime(time).atZone(zone).toOffsetDateTime();
            boolean onWeekday = weekday == null || weekday == Weekday.of(at.getDayOfWeek());
            if (onWeekday && !at.isAfter(now)) {
                return at;
            }
        }
        return null;
    }

    // ———— Texts of reports whose event type is open ————

    @Override
    public List<String> texts(int most) {
        var texts = new LinkedHashSet<String>();
        var changed = new LinkedHashSet<String>();
        for (Class<? extends Row> type : WORDS) {
            changed.addAll(changed(type, texts));
        }
        var words = new TreeSet<>(changed);
        for (Policy policy : List.of(after, before)) {
            Table<ExampleRow> examples = policy.table(ExampleRow.class);
            if (examples != null && !words.isEmpty()) {
                for (ExampleRow row : examples.rows()) {
                    if (texts.size() < most && words.stream().anyMatch(row.sentence()::contains)) {
                        texts.add(row.sentence());
                    }
                }
            }
        }
        return texts.stream().limit(most).toList();
    }

    /** The words of rows that only one policy has; whole sentences go straight to the texts. */
    private Set<String> changed(Class<? extends Row> type, Set<String> texts) {
        var contents = new LinkedHashMap<List<Object>, Integer>();
        var words = new LinkedHashSet<String>();
        for (int side = 0; side < 2; side++) {
            Table<? extends Row> table = (side == 0 ? before : after).table(type);
            for (int row = 0; table != null && row < table.rows().size(); row++) {
                contents.merge(content(table, row), 1 << side, (one, other) -> one | other);
            }
        }
        for (Policy policy : List.of(before, after)) {
            Table<? extends Row> table = policy.table(type);
            for (int i = 0; table != null && i < table.rows().size(); i++) {
                if (contents.getOrDefault(content(table, i), 0) != 3) {
                    words(table, i, words, texts);
                }
            }
        }
        return words;
    }

    private static List<Object> content(Table<? extends Row> table, int row) {
        return List.of(
                RowContent.of(table.rows().get(row)),
                table.conditions(row).toString(),
                table.inForce(row).toString());
    }

    private static void words(Table<? extends Row> table, int number, Set<String> words, Set<String> texts) {
        Row row = table.rows().get(number);
        if (row instanceof ExampleRow example) {
            texts.add(example.sentence());
        } else if (row instanceof CueRow cue) {
            words.addAll(cue.words());
            texts.add(
                    cue.words().get(0) + (cue.with().isEmpty() ? "" : cue.with().get(0)));
        } else if (row instanceof DangerRow danger) {
            words.addAll(danger.what());
            texts.add((danger.who().isEmpty() ? "" : danger.who().get(0))
                    + danger.what().get(0));
        } else if (row instanceof ContextRow context) {
            words.addAll(context.words());
        } else if (row instanceof SpellingRow spelling) {
            words.addAll(spelling.written());
            texts.addAll(spelling.written());
        } else if (row instanceof NatureRow nature) {
            words.addAll(nature.words());
            texts.addAll(nature.words());
        } else {
            words.addAll(table.words(number));
            texts.addAll(table.words(number));
        }
    }

    @Override
    public Made<RoutingFacts> saying(String text, Vocabulary vocabulary, LocalDate day) {
        OffsetDateTime now = day.atTime(NOON).atZone(zone).toOffsetDateTime();
        return made(
                Report.of(
                        ID,
                        now,
                        vocabulary.all(Source.class).get(0),
                        vocabulary.all(Area.class).get(0),
                        text,
                        null),
                now);
    }
}
