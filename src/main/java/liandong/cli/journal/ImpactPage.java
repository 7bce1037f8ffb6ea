package liandong.cli.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import liandong.explain.Columns;
import liandong.explain.Page;
import liandong.explain.Phrases;
import liandong.replay.Effect.Count;
import tools.jackson.databind.JsonNode;

/** What a draft would have changed, as a person reads it. */
public final class ImpactPage {
    /** Lines of a count that are shown; the workbook has all. */
    private static final int MOST = 15;

    private static final int EXAMPLES = 3;
    private static final int LONGEST = 60;

    private final JsonNode report;
    private final Phrases say;
    private final Page page = new Page();

    private ImpactPage(JsonNode report, Phrases say) {
        this.report = report;
        this.say = say;
    }

    static String of(JsonNode report, Phrases say) {
        return new ImpactPage(report, say).text();
    }

    private String text() {
        long compared = report.path("compared").asLong();
        page.heading(say.of(
                "impact.heading",
                report.path("draft").path("label").stringValue(""),
                report.path("draft").path("version").stringValue("")));
        page.entry(2, "• ", say.of("impact.looked", report.path("looked").asLong(), compared));
        report.path("results")
                .properties()
                .forEach(result -> page.entry(
                        2,
                        "• ",
                        say.of(
                                "impact.result." + result.getKey(),
                                result.getValue().asLong(),
                                Phrases.percent(result.getValue().asLong(), compared))));
        for (Count count : Count.values()) {
            if (count != Count.KINDS) {
                lines(count);
            }
            if (count == Count.DUES) {
                shifts();
            }
        }
        examples();
        return page.toString();
    }

    private void lines(Count count) {
        JsonNode lines = report.path(count.member());
        if (lines.isEmpty()) {
            return;
        }
        page.heading(say.of("impact.count." + count.name()));
        StreamSupport.stream(lines.spliterator(), false).limit(MOST).forEach(line -> {
            String first = word(line.path(count.first()), count.firstIsOurs());
            String second = word(line.path(count.second()), count.secondIsOurs());
            if (count == Count.ROWS) {
                first = line.path(count.first()).path("code").stringValue("") + "  " + first;
            }
            page.entry(
                    2,
                    Columns.right(String.valueOf(line.path("count").asLong()), 8) + "  ",
                    both(count, first, second));
        });
        if (lines.size() > MOST) {
            page.paragraph(12, say.of("impact.more", lines.size() - MOST));
        }
    }

    private String both(Count count, String first, String second) {
        if (!count.isOfMoves()) {
            return second.isEmpty() ? first : first + "  " + second;
        }
        return first.equals(second) ? named(first) : named(first) + " → " + named(second);
    }

    private String named(String word) {
        return word.isEmpty() ? say.of("impact.nobody") : word;
    }

    /** A word as this reader calls it: what belongs to the city by its label, what belongs to the program in words. */
    private String word(JsonNode word, boolean ours) {
        String code = word.path("code").stringValue("");
        String label = word.path("label").stringValue(code);
        return ours && !say.chinese() ? code.toLowerCase(Locale.ROOT).replace('_', ' ') : label;
    }

    private void shifts() {
        List<String> shown = new ArrayList<>();
        for (String way : List.of("earlier", "later")) {
            JsonNode clock = report.path("shifts").path("byClock").path(way);
            JsonNode office = report.path("shifts").path("inOfficeHours").path(way);
            if (clock.isObject()) {
                shown.add(say.of(
                        "impact.shift." + way,
                        clock.path("count").asLong(),
                        hours(clock, "medianMinutes"),
                        hours(clock, "largestMinutes"),
                        hours(office, "medianMinutes"),
                        hours(office, "largestMinutes")));
            }
        }
        shown.forEach(line -> page.paragraph(12, line));
    }

    private static String hours(JsonNode summary, String member) {
        long minutes = summary.path(member).asLong(0);
        String hours = String.format(Locale.ROOT, "%.1f", minutes / 60.0);
        return hours.endsWith(".0") ? hours.substring(0, hours.length() - 2) : hours;
    }

    private void examples() {
        JsonNode examples = report.path("examples");
        List<JsonNode> changed = StreamSupport.stream(examples.spliterator(), false)
                .filter(each -> !each.path("differences").isEmpty())
                .limit(10)
                .collect(Collectors.toList());
        if (!changed.isEmpty()) {
            page.heading(say.of("impact.examples"));
        }
        for (JsonNode example : changed) {
            page.entry(
                    2,
                    "• ",
                    example.path("subject").stringValue("") + "  "
                            + example.path("decisionId").stringValue(""));
            JsonNode differences = example.path("differences");
            for (int i = 0; i < Math.min(EXAMPLES, differences.size()); i++) {
                page.entry(4, "", difference(differences.get(i), say));
            }
        }
    }

    /** Where a document differs, and how. */
    public static String difference(JsonNode difference, Phrases say) {
        return difference.path("at").stringValue("") + ": "
                + Columns.shortened(difference.path("before").stringValue(say.of("impact.nothing")), LONGEST)
                + " → "
                + Columns.shortened(difference.path("after").stringValue(say.of("impact.nothing")), LONGEST);
    }
}
