package liandong.scenario;

import liandong.explain.Page;
import liandong.explain.Phrases;
import liandong.scenario.Cases.Check;

/** What scenarios would fail from which day on, as a person reads it. */
public final class AheadPage {
    private AheadPage() {}

    /** What would fail from which day on. */
    public static String of(Ahead ahead, Phrases say) {
        var page = new Page();
        page.heading(say.of("ahead.heading", ahead.from(), ahead.to()));
        days(page, ahead, say);
        return page.toString();
    }

    /** The same without its heading. */
    static String days(Ahead ahead, Phrases say) {
        var page = new Page();
        days(page, ahead, say);
        return page.toString();
    }

    private static void days(Page page, Ahead ahead, Phrases say) {
        for (Ahead.Day day : ahead.days()) {
            page.line(say.of("ahead.day", day.on(), day.failing().size()));
            for (Ahead.Failing each : day.failing()) {
                page.entry(2, "✗ ", each.id() + " " + each.title() + " (" + each.at() + ")");
                for (Ahead.Turn turn : each.turns()) {
                    String key = turn.begins() ? "ahead.begins" : "ahead.ends";
                    page.entry(6, "← ", say.of(key, turn.row().id(), turn.row().at()));
                }
                for (Check check : each.result().checks()) {
                    if (!check.held()) {
                        page.entry(
                                6,
                                "",
                                check.expectation().header() + "  "
                                        + check.expectation().text() + " → " + check.actual());
                    }
                }
                each.result().problems().forEach(problem -> page.entry(6, "• ", problem.line(say.locale())));
            }
        }
        if (ahead.calendarEnds() != null) {
            page.paragraph(0, say.of("ahead.calendar", ahead.calendarEnds()));
        }
        page.paragraph(0, say.of("ahead.summary", ahead.turning(), ahead.asked(), ahead.failing()));
        if (ahead.looked() < ahead.turning()) {
            page.paragraph(0, say.of("ahead.more", ahead.turning() - ahead.looked()));
        }
    }
}
