package liandong.cli.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import liandong.cli.terminal.Findings;
import liandong.explain.Phrases;
import liandong.meaning.Meaning;
import liandong.meaning.Meaning.Bound;
import liandong.meaning.Meaning.Change;
import liandong.meaning.Meaning.DecisionMeaning;
import liandong.meaning.Meaning.Region;
import liandong.meaning.Meaning.RowAt;
import liandong.meaning.Meaning.TableMeaning;
import liandong.meaning.Meaning.TableRegion;
import liandong.meaning.Meaning.TextChange;
import liandong.meaning.Meaning.Where;
import liandong.wire.Json;

/** What two policies mean differently, as text for people. */
final class MeaningPage {
    private static final int REGIONS = 20;
    private static final int PARTS = 8;

    private final Phrases say;
    private final StringBuilder text = new StringBuilder();

    private MeaningPage(Phrases say) {
        this.say = say;
    }

    static String of(Meaning meaning, Phrases say) {
        return new MeaningPage(say).write(meaning);
    }

    private String write(Meaning meaning) {
        line(meaning.from());
        line("→ " + meaning.to());
        for (TableMeaning table : meaning.tables()) {
            line("");
            line("== " + table.file() + " " + table.sheet());
            table.regions().stream().limit(REGIONS).forEach(this::write);
            more(table.regions().size() - REGIONS + table.more());
            if (!table.complete()) {
                line(say.of("meaning.table.bounded"));
            }
        }
        meaning.decisions().forEach(this::write);
        return text.toString();
    }

    private void line(String line) {
        text.append(Findings.visible(line)).append('\n');
    }

    private void more(int more) {
        if (more > 0) {
            line(say.of("meaning.more", more));
        }
    }

    private void write(TableRegion region) {
        line("* " + where(region.where()));
        region.changes().forEach(change -> line("    " + change(change)));
        rows(region.before(), region.after());
    }

    private void write(DecisionMeaning decision) {
        line("");
        line("== " + say.of("meaning.decision", decision.label(), say.of("meaning.result." + decision.result())));
        line(say.of("meaning.counts", decision.classes(), decision.differing(), decision.same()));
        if (decision.left() > 0) {
            line(say.of(
                    decision.unusual() == 0 ? "meaning.left.usual" : "meaning.left",
                    decision.left(),
                    decision.parts(),
                    decision.unusual()));
        }
        decision.regions().stream().limit(REGIONS).forEach(this::write);
        more(decision.regions().size() - REGIONS + decision.more());
        if (decision.textsAsked() > 0) {
            line(say.of("meaning.texts", decision.textsAsked(), decision.texts().size()));
            decision.texts().forEach(this::write);
        }
        for (Bound bound : decision.bounds()) {
            line(say.of("meaning.bound." + bound));
        }
    }

    private void write(Region region) {
        line("* " + where(region.where()) + "  " + say.of("meaning.classes", region.classes()));
        region.changes().stream().limit(PARTS).forEach(change -> line("    " + change(change)));
        rows(region.before(), region.after());
        if (region.witness() != null) {
            line("    " + say.of("meaning.witness", Json.write(region.witness().request())));
        }
    }

    private void write(TextChange changed) {
        line("* " + changed.text());
        changed.changes().stream().limit(PARTS).forEach(change -> line("    " + change(change)));
    }

    private String where(List<Where> where) {
        if (where.isEmpty()) {
            return say.of("meaning.everything");
        }
        var parts = new ArrayList<String>();
        for (Where each : where) {
            parts.add((each.name().isEmpty() ? say.of("meaning.day") : each.name()) + " " + each.is());
        }
        return String.join(say.chinese() ? "，" : ", ", parts);
    }

    private String change(Change change) {
        return say.half(change.part()) + ": " + shown(change.before()) + " → " + shown(change.after());
    }

    private static String shown(String value) {
        return value.isEmpty() ? "—" : value;
    }

    private void rows(List<RowAt> before, List<RowAt> after) {
        if (!before.isEmpty() || !after.isEmpty()) {
            line("    " + say.of("meaning.rows", rows(before), rows(after)));
        }
    }

    private static String rows(List<RowAt> rows) {
        return rows.isEmpty()
                ? "—"
                : rows.stream().map(row -> row.row() + " (" + row.at() + ")").collect(Collectors.joining(", "));
    }
}
