package liandong.quality;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import liandong.decision.CaseCourse;
import liandong.decision.CaseCourse.Assigned;
import liandong.decision.CaseCourse.StageTold;
import liandong.decision.CaseCourse.Told;
import liandong.decision.Trouble;
import liandong.journal.Entry;
import liandong.journal.Personal;
import liandong.quality.RowText.Kind;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The decisions of one incident, the oldest first, and what came of each time it was assigned.
 *
 * <p>What goes wrong is laid to the assignment that was in force then. What a further body does is not laid to the rows that
 * had named the first one. Not safe for use by many threads.
 */
final class CaseTrail {
    /** More than so many assignments, stages, or things that were told, no case has; what comes beyond is not counted. */
    private static final int MOST = 1_000;

    private final String incident;
    private final List<Given> given = new ArrayList<>();
    private final Map<String, Told> told = new LinkedHashMap<>();
    /** Every stage by its name and when it was due as assigned: given to somebody else with the same name, it is another. */
    private final Map<StageKey, Stage> stages = new LinkedHashMap<>();
    /** The stage of a name that was told of last. */
    private final Map<String, Stage> current = new HashMap<>();

    private boolean followed;

    CaseTrail(String incident) {
        this.incident = incident;
    }

    /** An assignment, or what else routing came to. */
    private static final class Given {
        private final Entry entry;
        private final boolean counts;
        private final Assigned assigned;
        private final OffsetDateTime decidedAt;
        private final ObjectNode question;
        private final String text;
        private final List<RowText> reasons;

        /** Since when another body has it; null while none has. */
        private @Nullable OffsetDateTime overruledAt;

        /** What a person decided in its place; empty for nothing. */
        private String overruledBy = "";

        Given(
                Entry entry,
                boolean counts,
                Assigned assigned,
                OffsetDateTime decidedAt,
                ObjectNode question,
                List<RowText> reasons) {
            this.entry = entry;
            this.counts = counts;
            this.assigned = assigned;
            this.decidedAt = decidedAt;
            this.text = entry.personal() == Personal.How.KEPT ? said(question) : "";
            this.question = question;
            this.reasons = reasons;
            this.question.remove(List.of("now", "options"));
            if (this.question.path("incident") instanceof ObjectNode incident) {
                incident.remove("text"); // may be hidden, and each time otherwise
            }
        }

        private static String said(ObjectNode question) {
            return question.path("incident").path("text").stringValue("");
        }

        private static JsonNode reportedAt(Given of) {
            return of.question.path("incident").path("reportedAt");
        }

        /**
         * Whether a later one says otherwise because a person told it otherwise. The same question that a later policy answers
         * otherwise is not; another report under the same id is not either.
         */
        boolean isOverruledBy(Given later) {
            return !later.assigned.leftToPerson()
                    && !later.assigned.result().equals(assigned.result())
                    && !later.question.equals(question)
                    && later.text.equals(text)
                    && reportedAt(later).equals(reportedAt(this));
        }

        boolean isOverruledAt(OffsetDateTime moment) {
            return overruledAt != null && moment.isAfter(overruledAt);
        }
    }

    /** A stage as assigned; null when it was never told for when. */
    private record StageKey(String name, @Nullable Instant due) {}

    /** What is known of a stage. */
    private static final class Stage {
        private final StageKey key;
        private @Nullable OffsetDateTime due;
        private boolean counted;
        /** Whether it is open, or open again: its due time was given once more after it had been done. */
        private boolean open = true;

        private @Nullable OffsetDateTime doneAt;
        private @Nullable OffsetDateTime openAt;
        private @Nullable Boolean said;

        Stage(StageKey key) {
            this.key = key;
        }

        void add(StageTold told) {
            boolean better = told.counted() || !counted;
            if (told.due() != null && better) {
                due = told.due();
                counted = told.counted();
                open |= told.counted();
            }
            if (told.openAt() != null) {
                openAt = told.openAt();
            }
            if (told.doneAt() != null && open) {
                doneAt = told.doneAt();
                open = false;
            }
            if (told.late() != null) {
                said = told.late();
            }
        }

        /** Whether it was late; null when nobody can say yet. */
        @Nullable
        Boolean late() {
            OffsetDateTime by = due;
            OffsetDateTime done = doneAt;
            if (said != null || by == null) {
                return said;
            }
            if (done != null) {
                return done.isAfter(by);
            }
            return (openAt != null && openAt.isAfter(by)) ? Boolean.TRUE : null;
        }

        @Nullable
        OffsetDateTime at() {
            return doneAt == null ? due : doneAt;
        }
    }

    /**
     * Takes the next decision.
     *
     * @param counts whether it is to be judged; what came of others is taken note of all the same
     */
    void add(Entry entry, boolean counts) {
        try {
            JsonNode answer = Json.read(entry.answer());
            if (!(Json.read(entry.request()) instanceof ObjectNode request)) {
                return;
            }
            CaseCourse course = entry.kind().course(request, answer);
            OffsetDateTime decidedAt = CaseCourse.time(answer.path("decidedAt"));
            if (course.assigned() != null && decidedAt != null) {
                assigned(new Given(entry, counts, course.assigned(), decidedAt, request, reasons(answer)));
            } else {
                followed = true;
            }
            course.told().stream()
                    .filter(each -> told.size() < MOST || told.containsKey(key(each)))
                    .forEach(each -> told.put(key(each), each));
            course.stages().forEach(this::stage);
        } catch (BadRequestException e) {
            // somebody has changed it: verification reports it
        }
    }

    private void stage(StageTold next) {
        Stage stage = current.get(next.name());
        OffsetDateTime due = next.counted() ? null : next.due();
        var key = new StageKey(next.name(), due == null ? null : due.toInstant());
        if (stage == null || (due != null && !key.equals(stage.key))) {
            Stage before = stages.get(key);
            if (before == null && stages.size() == MOST) {
                return;
            }
            stage = before != null ? before : new Stage(key);
            stages.put(key, stage);
            current.put(next.name(), stage);
        }
        stage.add(next);
    }

    private void assigned(Given next) {
        if (given.size() < MOST) {
            Given last = last(each -> true);
            if (last != null && last.isOverruledBy(next)) {
                last.overruledAt = next.decidedAt;
                last.overruledBy = next.assigned.result();
            }
            given.add(next);
        }
    }

    private static String key(Told told) {
        return told.trouble() + " " + told.key();
    }

    private static List<RowText> reasons(JsonNode answer) {
        var reasons = new ArrayList<RowText>();
        for (JsonNode reason : answer.path("because")) {
            String rule = reason.path("rule").stringValue("");
            reasons.add(new RowText(Kind.RULE, rule, "", reason.path("title").stringValue("")));
            String row = reason.path("row").stringValue("");
            if (!row.isEmpty() && !Personal.isHidden(row)) {
                reasons.add(new RowText(
                        Kind.ROW,
                        row,
                        reason.path("at").stringValue(""),
                        reason.path("says").stringValue("")));
            }
        }
        return reasons.stream().distinct().toList();
    }

    /** Whether anything of it is to be judged. */
    boolean counts() {
        return given.stream().anyMatch(each -> each.counts);
    }

    /** What came of the case, and of each row and rule behind it, once each. */
    Judged judged() {
        Map<Given, Map<Trouble, Outcome>> outcomes = new HashMap<>();
        given.forEach(each -> outcomes.put(each, new EnumMap<>(Trouble.class)));
        for (Given each : given) {
            Outcome overruled = outcome(outcomes, each, Trouble.OVERRULED).known();
            if (each.overruledAt != null) {
                overruled.happened(each.overruledAt, each.overruledBy);
            }
            if (followed) {
                outcome(outcomes, each, Trouble.RETURNED).known();
            }
        }
        told.values().stream()
                .filter(each -> each.trouble() == Trouble.OVERRULED)
                .forEach(each -> {
                    Given of = inForce(each.at());
                    if (of != null && !of.assigned.names().contains(each.why())) {
                        outcome(outcomes, of, Trouble.OVERRULED).happened(each.at(), each.why());
                        of.overruledAt = of.overruledAt == null || each.at().isBefore(of.overruledAt)
                                ? each.at()
                                : of.overruledAt;
                    }
                });
        told.values().stream()
                .filter(each -> each.trouble() != Trouble.OVERRULED)
                .forEach(each -> {
                    Given of = inForce(each.at());
                    if (of != null && !of.isOverruledAt(each.at())) {
                        Outcome outcome = outcome(outcomes, of, each.trouble()).known();
                        if (each.happened()) {
                            outcome.happened(each.at(), each.why());
                        }
                    }
                });
        Map<Given, Map<String, Outcome>> ofStages = late(outcomes);
        var judged = new Judged(incident);
        for (Given each : given) {
            if (each.counts) {
                Map<Trouble, Outcome> own = outcomes.getOrDefault(each, Map.of());
                Map<String, Outcome> byRow = ofStages.getOrDefault(each, Map.of());
                judged.add(
                        each.entry,
                        each.reasons,
                        own,
                        byRow,
                        each.assigned.stages().values());
            }
        }
        return judged;
    }

    /** Lays what is known of stages to the rows that they rest on, and to the assignment while it stood. */
    private Map<Given, Map<String, Outcome>> late(Map<Given, Map<Trouble, Outcome>> outcomes) {
        Map<Given, Map<String, Outcome>> ofStages = new HashMap<>();
        stages.forEach((key, stage) -> {
            String name = key.name();
            Boolean late = stage.late();
            OffsetDateTime at = stage.at();
            Given of = late == null ? null : at == null ? last(each -> true) : inForce(at);
            if (late == null || of == null) {
                return;
            }
            OffsetDateTime when = at == null ? of.decidedAt : at;
            String row = of.assigned.stages().getOrDefault(name, "");
            Outcome ofStage = ofStages.computeIfAbsent(of, each -> new HashMap<>())
                    .computeIfAbsent(row, each -> new Outcome())
                    .known();
            boolean itsOwn = !of.isOverruledAt(when);
            Outcome ofCase = itsOwn ? outcome(outcomes, of, Trouble.LATE).known() : new Outcome();
            if (late) {
                ofStage.happened(when, name);
                ofCase.happened(when, name);
            }
        });
        return ofStages;
    }

    private static Outcome outcome(Map<Given, Map<Trouble, Outcome>> outcomes, Given of, Trouble trouble) {
        return outcomes.computeIfAbsent(of, each -> new EnumMap<>(Trouble.class))
                .computeIfAbsent(trouble, each -> new Outcome());
    }

    /** The assignment in force at a moment; the first one before any was; null when nothing was assigned. */
    private @Nullable Given inForce(OffsetDateTime moment) {
        Given found = last(each -> !each.decidedAt.isAfter(moment));
        return found == null && !given.isEmpty() ? given.get(0) : found;
    }

    private @Nullable Given last(Predicate<Given> which) {
        Given found = null;
        for (Given each : given) {
            found = which.test(each) ? each : found;
        }
        return found;
    }
}
