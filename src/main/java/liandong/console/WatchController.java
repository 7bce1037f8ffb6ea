package liandong.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import liandong.decision.Decision;
import liandong.decision.Decisions;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.Category;
import liandong.incident.EventType;
import liandong.incident.Term;
import liandong.journal.Tallies;
import liandong.journal.Tallies.Span;
import liandong.policy.Policy;
import liandong.store.Database;
import liandong.table.Row;
import liandong.table.Table;
import liandong.web.Callers;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /console/watch}: how it goes (态势). Each figure leads to its list in the archive. */
@Controller
class WatchController {
    private static final int CHART_WIDTH = 960;
    private static final int CHART_HEIGHT = 160;
    private static final int MOST_BARS = 15;
    private static final int MOST_ROWS = 20;
    private static final int MOST_SILENT = 60;
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd", Locale.ROOT);

    /** What is worth watching, by the term it is found by. */
    private static final Map<String, String> TROUBLE = Map.of(
            "left", "desk left",
            "judged", "desk judged",
            "danger", "desk danger",
            "late", "event STAGE_LATE",
            "returned", "event RETURNED",
            "redone", "event REDO");

    private static final List<String> TROUBLES = List.of("left", "judged", "danger", "late", "returned", "redone");

    private final Tallies tallies;
    private final Supplier<Policy> policy;
    private final Clock clock;

    WatchController(Database database, Supplier<Policy> policy, Clock clock) {
        this.tallies = new Tallies(database);
        this.policy = policy;
        this.clock = clock;
    }

    /** How far back one looks. */
    enum Period {
        DAY(1, Duration.ofHours(1)),
        WEEK(7, Duration.ofDays(1)),
        MONTH(30, Duration.ofDays(1));

        private final int days;
        private final Duration step;

        Period(int days, Duration step) {
            this.days = days;
            this.step = step;
        }
    }

    /**
     * A figure.
     *
     * @param link where its decisions are listed
     */
    record Figure(String name, long value, String link) {}

    /**
     * A bar of the chart over time; measures are those of its drawing.
     *
     * @param left how many of them were left to a person
     */
    record Column(
            double x,
            double y,
            double height,
            double leftY,
            double leftHeight,
            String name,
            long value,
            long left,
            String link,
            boolean named) {}

    /** A bar of a list, as long as its share of the longest, in percent. */
    record Bar(String name, long value, int share, String link) {}

    /** A row of the policy that decided. */
    record Decided(String id, String says, String at, long value, int share, String link) {}

    /** A table with rows that decided nothing. */
    record Silent(String sheet, int rows, int silent, List<String> ids, boolean more) {}

    /** A line of the matrix. */
    record Line(String area, List<Figure> figures) {}

    @GetMapping(ConsoleRoutes.WATCH)
    String watch(
            @RequestParam(name = "period", defaultValue = "WEEK") String name,
            HttpServletRequest request,
            Model model) {
        Period period = Stream.of(Period.values())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(Period.WEEK);
        Policy live = policy.get();
        ZoneId zone = live.calendar().zone();
        Span span = span(period, zone);
        Locale locale = LocaleContextHolder.getLocale();
        String within = "from=" + ArchiveController.encoded(text(span.from(), zone)) + "&to="
                + ArchiveController.encoded(text(span.to(), zone));

        Map<String, Long> kinds = tallies.of(
                Decisions.all().stream().map(kind -> "kind " + kind.code()).toList(), span);
        Map<String, Long> troubles = tallies.of(TROUBLE.values(), span);
        var figures = new ArrayList<Figure>();
        for (Decision<?, ?> kind : Decisions.all()) {
            figures.add(new Figure(
                    kind.label(), kinds.getOrDefault("kind " + kind.code(), 0L), link(within, "kind", kind.code())));
        }
        var worries = new ArrayList<Figure>();
        for (String trouble : TROUBLES) {
            String term = TROUBLE.getOrDefault(trouble, "");
            worries.add(new Figure(
                    Say.of(locale, "watch." + trouble), troubles.getOrDefault(term, 0L), link(within, term)));
        }
        model.addAttribute("figures", figures);
        model.addAttribute("worries", worries);
        model.addAttribute("columns", columns(period, span, zone));
        model.addAttribute("width", CHART_WIDTH);
        model.addAttribute("height", CHART_HEIGHT);
        model.addAttribute("outcomes", outcomes(span, within, locale));
        model.addAttribute("bodies", bars(terms(live, Body.class), "body", span, within));
        model.addAttribute("types", bars(terms(live, EventType.class), "eventType", span, within));
        model.addAttribute("categories", bars(terms(live, Category.class), "category", span, within));
        model.addAttribute("matrix", matrix(live, span, within, locale));
        model.addAttribute(
                "headers",
                Stream.concat(Stream.of("all"), TROUBLES.stream())
                        .map(each -> Say.of(locale, "watch." + each))
                        .toList());
        rows(live, span, within, model);
        model.addAttribute("periods", Period.values());
        model.addAttribute("period", period.name());
        model.addAttribute("from", Times.minute(span.from(), zone));
        model.addAttribute("to", Times.minute(clock.instant(), zone));
        model.addAttribute("nothing", kinds.isEmpty());
        model.addAttribute("opens", ConsoleRoutes.mayOpen(Callers.of(request), ConsoleRoutes.ARCHIVE));
        return "watch";
    }

    /** Whole hours or days, the present one included. */
    private Span span(Period period, ZoneId zone) {
        var now = clock.instant().atZone(zone);
        if (period == Period.DAY) {
            var end = now.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            return new Span(end.minusHours(24).toInstant(), end.toInstant());
        }
        var end = now.toLocalDate().plusDays(1);
        return new Span(
                end.minusDays(period.days).atStartOfDay(zone).toInstant(),
                end.atStartOfDay(zone).toInstant());
    }

    private static String text(Instant moment, ZoneId zone) {
        return OffsetDateTime.ofInstant(moment, zone).toString();
    }

    /** The list of what has a term, whose first word is the name that the archive looks for it by. */
    private static String link(String within, String term) {
        int blank = term.indexOf(' ');
        return link(within, term.substring(0, blank), term.substring(blank + 1));
    }

    private static String link(String within, String name, String value) {
        return ConsoleRoutes.ARCHIVE + "?" + within + "&" + name + "=" + ArchiveController.encoded(value);
    }

    private List<Column> columns(Period period, Span span, ZoneId zone) {
        var all = new LinkedHashMap<Instant, Long>();
        Decisions.all()
                .forEach(kind -> tallies.of("kind " + kind.code(), span, period.step, zone)
                        .forEach((at, many) -> all.merge(at, many, Long::sum)));
        SortedMap<Instant, Long> left = tallies.of("desk left", span, period.step, zone);
        long most = all.values().stream().mapToLong(Long::longValue).max().orElse(1);
        int count = (int) (Duration.between(span.from(), span.to()).toMinutes() / period.step.toMinutes());
        double width = (double) CHART_WIDTH / count;
        var columns = new ArrayList<Column>();
        for (int i = 0; i < count; i++) {
            Instant at = span.from().plus(period.step.multipliedBy(i));
            long value = all.getOrDefault(at, 0L);
            long person = left.getOrDefault(at, 0L);
            double height = (double) value * CHART_HEIGHT / most;
            double own = (double) Math.min(person, value) * CHART_HEIGHT / most;
            String label = (period == Period.DAY ? HOUR : DAY).format(at.atZone(zone));
            String within = "from=" + ArchiveController.encoded(text(at, zone)) + "&to="
                    + ArchiveController.encoded(text(at.plus(period.step), zone));
            columns.add(new Column(
                    round(i * width),
                    round(CHART_HEIGHT - height),
                    round(height),
                    round(CHART_HEIGHT - own),
                    round(own),
                    label,
                    value,
                    person,
                    ConsoleRoutes.ARCHIVE + "?" + within,
                    count <= 7 || i % (count / 6) == 0));
        }
        return columns;
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private List<Bar> outcomes(Span span, String within, Locale locale) {
        var bars = new ArrayList<Bar>();
        var words = Outcomes.all(locale);
        Map<String, Long> counts = tallies.of(
                words.keySet().stream().map(code -> "outcome " + code).toList(), span);
        long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
        words.forEach((code, word) -> {
            long value = counts.getOrDefault("outcome " + code, 0L);
            if (value > 0) {
                bars.add(new Bar(word, value, share(value, most), link(within, "outcome", code)));
            }
        });
        bars.sort(Comparator.comparing(bar -> -bar.value()));
        return bars;
    }

    private static int share(long value, long most) {
        return (int) Math.max(1, value * 100 / Math.max(1, most));
    }

    private static Map<String, String> terms(Policy policy, Class<? extends Term> set) {
        var terms = new LinkedHashMap<String, String>();
        policy.vocabulary().all(set).forEach(term -> terms.put(term.code(), term.label()));
        return terms;
    }

    private List<Bar> bars(Map<String, String> labels, String name, Span span, String within) {
        Map<String, Long> counts = tallies.of(
                labels.keySet().stream().map(code -> name + " " + code).toList(), span);
        long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_BARS)
                .map(each -> {
                    String code = each.getKey().substring(name.length() + 1);
                    return new Bar(
                            labels.getOrDefault(code, code),
                            each.getValue(),
                            share(each.getValue(), most),
                            link(within, name, code));
                })
                .toList();
    }

    /** The areas right below the widest, and how it goes in each. */
    private List<Line> matrix(Policy policy, Span span, String within, Locale locale) {
        List<Area> areas = policy.vocabulary().all(Area.class).stream()
                .filter(area -> area.parent() != null && area.parent().parent() == null)
                .toList();
        List<String> terms = areas.stream().map(area -> "area " + area.code()).toList();
        Map<String, Long> all = tallies.of(terms, span);
        var troubles = new LinkedHashMap<String, Map<String, Long>>();
        TROUBLES.forEach(trouble -> troubles.put(trouble, tallies.of(TROUBLE.getOrDefault(trouble, ""), terms, span)));
        return areas.stream()
                .map(area -> {
                    String term = "area " + area.code();
                    String own = within + "&area=" + ArchiveController.encoded(area.code());
                    var figures = new ArrayList<Figure>();
                    figures.add(new Figure(
                            Say.of(locale, "watch.all"),
                            all.getOrDefault(term, 0L),
                            ConsoleRoutes.ARCHIVE + "?" + own));
                    troubles.forEach((trouble, counts) -> figures.add(new Figure(
                            Say.of(locale, "watch." + trouble),
                            counts.getOrDefault(term, 0L),
                            link(own, TROUBLE.getOrDefault(trouble, "")))));
                    return new Line(area.label(), figures);
                })
                .toList();
    }

    private void rows(Policy policy, Span span, String within, Model model) {
        var rows = new LinkedHashMap<String, Row>();
        policy.tables()
                .forEach(table -> table.rows().forEach(row -> rows.put(row.ref().id(), row)));
        Map<String, Long> counts =
                tallies.of(rows.keySet().stream().map(id -> "row " + id).toList(), span);
        List<Map.Entry<String, Row>> unconfirmed = rows.entrySet().stream()
                .filter(each -> !each.getValue().ref().confirmed() && counts.containsKey("row " + each.getKey()))
                .sorted(Comparator.comparing(each -> -counts.getOrDefault("row " + each.getKey(), 0L)))
                .limit(MOST_ROWS)
                .toList();
        long most = unconfirmed.isEmpty()
                ? 1
                : counts.getOrDefault("row " + unconfirmed.get(0).getKey(), 1L);
        model.addAttribute(
                "unconfirmed",
                unconfirmed.stream()
                        .map(each -> {
                            long value = counts.getOrDefault("row " + each.getKey(), 0L);
                            return new Decided(
                                    each.getKey(),
                                    each.getValue().ref().says(),
                                    each.getValue().ref().sheet(),
                                    value,
                                    share(value, most),
                                    link(within, "row", each.getKey()));
                        })
                        .toList());
        var silent = new ArrayList<Silent>();
        for (Table<? extends Row> table : policy.tables()) {
            List<String> ids = table.rows().stream()
                    .map(row -> row.ref().id())
                    .filter(id -> !counts.containsKey("row " + id))
                    .toList();
            if (!ids.isEmpty()) {
                silent.add(new Silent(
                        table.rows().get(0).ref().sheet(),
                        table.rows().size(),
                        ids.size(),
                        ids.subList(0, Math.min(ids.size(), MOST_SILENT)),
                        ids.size() > MOST_SILENT));
            }
        }
        model.addAttribute("silent", silent);
    }
}
