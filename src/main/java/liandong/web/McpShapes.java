package liandong.web;

import java.lang.reflect.RecordComponent;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import liandong.decision.Decision;
import liandong.decision.VocabularyJson.Word;
import liandong.incident.Bounds;
import liandong.incident.Member;
import liandong.incident.Nearest;
import liandong.journal.DecisionJson;
import liandong.journal.DecisionJson.Whole;
import liandong.replay.Effect.Count;
import liandong.replay.Effect.Result;
import liandong.replay.ImpactReport;
import liandong.scenario.TestReportJson;
import liandong.scenario.TestReportJson.Verdict;
import liandong.wire.CheckJson;
import liandong.wire.PolicyRef;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What tools are given and what they answer, and how much of it: assistants read every word of it. */
final class McpShapes {
    static final int MOST_FINDINGS = 50;
    static final int MOST_CASES = 20;
    static final int USUAL_IMPACT = 1_000;
    static final int MOST_IMPACT = 10_000;
    static final int USUAL_WORDS = 20;
    static final int MOST_WORDS = 200;
    static final int USUAL_FOUND = 10;
    static final int MOST_FOUND = 50;

    private static final int LINES = 10;
    static final int LONGEST_FILE = 8 << 20;
    static final int LONGEST_WORD = 200;
    static final String REQUEST =
            "what POST /v1/… takes for the decision, e.g. {\"incident\": {\"id\": \"TRY-1\", \"reportedAt\":"
                    + " \"2026-11-20T16:30:00+08:00\", \"source\": \"PUBLIC\", \"area\": \"330102001051\", \"text\":"
                    + " \"路灯不亮\"}, \"now\": \"2026-11-20T16:30:00+08:00\"}";
    static final String DECISION = "which decision; seen by the members of the request unless given";
    static final String FILE = "an .xlsx file in Base64, at most " + McpController.MOST_FILE;

    private McpShapes() {}

    record ExplainArguments(
            @Member(meaning = REQUEST) JsonNode request,

            @Member(meaning = DECISION) @Nullable Decision<?, ?> decision) {}

    record WhyNotArguments(
            @Member(meaning = REQUEST) JsonNode request,

            @Member(meaning = "what the answer should say", example = "\"outcome=ASSIGNED\"")
            @Bounds(min = 1, max = LONGEST_WORD)
            String want,

            @Member(meaning = DECISION) @Nullable Decision<?, ?> decision,

            @Member(
                    meaning = "how many changed requests to decide at most; " + WhyNotEndpoints.USUAL + " unless given",
                    example = "1000")
            @Bounds(min = 1, max = WhyNotEndpoints.MOST)
            @Nullable
            Integer most) {}

    record CheckArguments(
            @Member(meaning = FILE + "; the live policy unless given", example = "\"UEsDBBQ…\"")
            @Bounds(max = LONGEST_FILE)
            @Nullable
            String workbook,

            @Member(meaning = "what the file is called", example = "\"routing.xlsx\"")
            @Bounds(max = LONGEST_WORD)
            @Nullable
            String name) {}

    record TestArguments(
            @Member(meaning = FILE + "; the policy's own scenarios unless given", example = "\"UEsDBBQ…\"")
            @Bounds(max = LONGEST_FILE)
            @Nullable
            String workbook) {}

    record DiffArguments(
            @Member(meaning = "the number of a policy", example = "7")
            long policy,

            @Member(meaning = "the number of the one to compare with; the live policy unless given", example = "6")
            @Nullable
            Long against,

            @Member(meaning = "tell this file only", example = "\"decision-tables/routing.xlsx\"")
            @Bounds(max = LONGEST_WORD)
            @Nullable
            String file) {}

    record ImpactArguments(
            @Member(meaning = "the number of a policy", example = "7")
            long policy,

            @Member(
                    meaning = "those kept then or later; the first on unless given",
                    example = "\"2026-11-01T00:00:00+08:00\"")
            @Nullable
            OffsetDateTime from,

            @Member(meaning = "those kept before; up to now unless given", example = "\"2026-12-01T00:00:00+08:00\"")
            @Nullable
            OffsetDateTime to,

            @Member(meaning = "how many, the latest; " + USUAL_IMPACT + " unless given", example = "1000")
            @Bounds(min = 1, max = MOST_IMPACT)
            @Nullable
            Integer limit) {}

    record WordsArguments(
            @Member(meaning = "a part of a code, a label or another name", example = "\"路灯\"")
            @Bounds(max = LONGEST_WORD)
            @Nullable
            String query,

            @Member(meaning = "the set to look in; all unless given", example = "\"eventTypes\"")
            @Bounds(max = LONGEST_WORD)
            @Nullable
            String set,

            @Member(meaning = "how many words to tell; " + USUAL_WORDS + " unless given", example = "20")
            @Bounds(min = 1, max = MOST_WORDS)
            @Nullable
            Integer limit) {}

    record FindArguments(
            @Member(
                    meaning = "one decision, whole; nothing else is looked at then",
                    example = "\"019e2f3c-1a00-7b0e-9f3c-2d1e4f5a6b7c\"")
            @Nullable
            String id,

            @Member(meaning = "kept then or later: a date, or a time with its offset", example = "\"2026-11-01\"")
            @Nullable
            String from,

            @Member(meaning = "kept before; a date is included whole", example = "\"2026-11-30\"") @Nullable
            String to,

            @Member(meaning = "the incident's id, as it was sent", example = "\"SC-2026-000123\"") @Nullable
            String incident,

            @Member(meaning = "which decision", example = "\"ROUTING\"") @Nullable
            String kind,

            @Member(meaning = "the outcome", example = "\"ASSIGNED\"") @Nullable
            String outcome,

            @Member(meaning = "the version of the policy, or its first digits", example = "\"9f86d081\"") @Nullable
            String policy,

            @Member(meaning = "who asked", example = "\"hotline\"") @Nullable
            String caller,

            @Member(meaning = "a rule among the reasons", example = "\"RTE-040\"") @Nullable
            String rule,

            @Member(meaning = "a row among the reasons", example = "\"DUTY-0086\"") @Nullable
            String row,

            @Member(meaning = "a body that the answer names", example = "\"区司法局\"") @Nullable
            String body,

            @Member(meaning = "an event type", example = "\"邻里纠纷\"") @Nullable
            String eventType,

            @Member(meaning = "a category", example = "\"SOCIAL_AFFAIRS\"") @Nullable
            String category,

            @Member(meaning = "an area", example = "\"330102001051\"") @Nullable
            String area,

            @Member(meaning = "newest (unless given) or oldest first", example = "\"newest\"") @Nullable
            String order,

            @Member(meaning = "how many; " + USUAL_FOUND + " unless given", example = "10")
            @Bounds(min = 1, max = MOST_FOUND)
            @Nullable
            Integer limit,

            @Member(meaning = "where to go on: next of the answer before", example = "\"MTc2OTE0MDgwMDAwMC40Mg\"")
            @Nullable
            String cursor) {
        static List<String> names() {
            return Stream.of(FindArguments.class.getRecordComponents())
                    .map(RecordComponent::getName)
                    .toList();
        }
    }

    record Explained(
            @Member(meaning = "which decision was asked for")
            Decision<?, ?> decision,

            @Member(meaning = "the answer as POST /v1/… gives it, with the rows that nearly applied")
            JsonNode answer) {}

    record Checked(
            @Member(meaning = "what was checked") PolicyRef policy,

            @Member(meaning = "whether the policy could be served as it is")
            boolean usable,

            @Member(meaning = "how many findings there are") CheckJson.Counts counts,

            @Member(meaning = "the first findings, errors first")
            List<CheckJson.Finding> problems,

            @Member(meaning = "how many findings are not told", example = "0")
            int more) {
        static Checked of(CheckJson found) {
            List<CheckJson.Finding> first = found.problems().stream()
                    .sorted(Comparator.comparing(CheckJson.Finding::severity))
                    .limit(MOST_FINDINGS)
                    .toList();
            return new Checked(
                    found.policy(),
                    found.usable(),
                    found.counts(),
                    first,
                    found.problems().size() - first.size());
        }
    }

    record Tested(
            @Member(meaning = "what came of it; of the cases and stories those that did not pass, without coverage")
            TestReportJson report,

            @Member(meaning = "how many that did not pass, and problems, are not told", example = "0")
            int more) {
        static Tested of(TestReportJson all) {
            List<TestReportJson.Case> cases = all.results().stream()
                    .filter(each -> each.verdict() != Verdict.PASSED)
                    .toList();
            TestReportJson.Stories stories = all.stories();
            List<TestReportJson.Story> told = stories == null
                    ? List.of()
                    : stories.results().stream()
                            .filter(each -> each.verdict() != Verdict.PASSED)
                            .toList();
            var report = new TestReportJson(
                    all.policy(),
                    all.cases(),
                    all.passed(),
                    all.failed(),
                    all.broken(),
                    all.unconfirmed(),
                    first(cases),
                    stories == null
                            ? null
                            : new TestReportJson.Stories(
                                    stories.count(), stories.passed(), stories.failed(), stories.broken(), first(told)),
                    first(all.problems()),
                    null);
            return new Tested(report, left(cases) + left(told) + left(all.problems()));
        }

        private static <T> List<T> first(List<T> all) {
            return all.stream().limit(MOST_CASES).toList();
        }

        private static int left(List<?> all) {
            return Math.max(0, all.size() - MOST_CASES);
        }
    }

    record Impacted(
            @Member(meaning = "how many decisions were looked at", example = "1000")
            long looked,

            @Member(meaning = "of these, decided again", example = "998")
            long compared,

            @Member(meaning = "of these, decided otherwise, or not at all", example = "12")
            long changed,

            @Member(meaning = "left to a person though nobody was before", example = "0")
            long unroutable,

            @Member(meaning = "whether all that were asked for were looked at")
            boolean complete,

            @Member(meaning = "how many decisions came out how", example = "{\"SAME\": 986}")
            Map<String, Long> results,

            @Member(meaning = "what changes, counted; of each count the lines with the most decisions")
            List<Counted> counts) {
        static Impacted of(ImpactReport report, boolean complete) {
            var results = new LinkedHashMap<String, Long>();
            for (Result result : Result.values()) {
                results.put(result.name(), report.of(result));
            }
            var counts = new ArrayList<Counted>();
            for (Count count : Count.values()) {
                List<ImpactReport.Line> lines = report.sorted(count);
                if (!lines.isEmpty()) {
                    counts.add(new Counted(
                            count.member(),
                            lines.stream().limit(LINES).map(Line::of).toList(),
                            Math.max(0, lines.size() - LINES)));
                }
            }
            return new Impacted(
                    report.looked(),
                    report.compared(),
                    report.changed(),
                    report.unroutable(),
                    complete,
                    results,
                    counts);
        }
    }

    record Counted(
            @Member(meaning = "what is counted", example = "\"leads\"")
            String count,

            @Member(meaning = "the lines with the most decisions")
            List<Line> lines,

            @Member(meaning = "how many lines are not told", example = "0")
            int more) {}

    record Line(
            @Member(
                    meaning = "what it was, or what is counted: code, and label if it has one",
                    example = "\"JUSTICE 区司法局\"")
            String from,

            @Member(meaning = "what it would be, or more of what is counted", example = "\"PUBLIC_SECURITY 市公安局上城区分局\"")
            String to,

            @Member(meaning = "how many decisions", example = "12")
            long count,

            @Member(meaning = "ids of some of them", example = "[\"019e2f3c-1a00-7b0e-9f3c-2d1e4f5a6b7c\"]")
            List<String> examples) {
        private static final int EXAMPLES = 3;

        static Line of(ImpactReport.Line line) {
            return new Line(
                    (line.first().code() + " " + line.first().label()).strip(),
                    (line.second().code() + " " + line.second().label()).strip(),
                    line.count(),
                    line.examples().stream().limit(EXAMPLES).toList());
        }
    }

    record Words(
            @Member(meaning = "the policy whose words they are")
            PolicyRef policy,

            @Member(meaning = "the words that were found") List<FoundWord> words,

            @Member(meaning = "how many more there are", example = "0")
            int more,

            @Member(meaning = "the sets there are, with how many words each has; only when nothing was looked for")
            @Nullable
            Map<String, Integer> sets,

            @Member(meaning = "when nothing was found, the word that is written most like it", example = "\"路灯故障\"")
            @Nullable
            String nearest) {
        static Words of(PolicyRef policy, Map<String, List<Word>> sets, String query, @Nullable String set, int limit) {
            if (query.isEmpty() && set == null) {
                var counts = new LinkedHashMap<String, Integer>();
                sets.forEach((name, words) -> counts.put(name, words.size()));
                return new Words(policy, List.of(), 0, counts, null);
            }
            String wanted = query.toLowerCase(Locale.ROOT);
            List<FoundWord> looked = sets.entrySet().stream()
                    .filter(each -> set == null || each.getKey().equals(set))
                    .flatMap(each -> each.getValue().stream().map(word -> new FoundWord(each.getKey(), word)))
                    .toList();
            List<FoundWord> found =
                    looked.stream().filter(each -> each.has(wanted)).toList();
            return new Words(
                    policy,
                    found.stream().limit(limit).toList(),
                    Math.max(0, found.size() - limit),
                    null,
                    found.isEmpty()
                            ? Nearest.of(
                                    query,
                                    looked.stream()
                                            .map(each -> each.word().label())
                                            .toList())
                            : null);
        }
    }

    record FoundWord(
            @Member(meaning = "the set it is of", example = "\"eventTypes\"")
            String set,

            @Member(meaning = "the word", flattened = true) Word word) {
        boolean has(String wanted) {
            List<String> names = word.alsoKnownAs();
            return Stream.concat(Stream.of(word.code(), word.label()), names == null ? Stream.empty() : names.stream())
                    .anyMatch(each -> each.toLowerCase(Locale.ROOT).contains(wanted));
        }
    }

    record Found(
            @Member(meaning = "the decisions that were found")
            List<DecisionJson.Brief> decisions,

            @Member(
                    meaning = "the cursor of the next page; absent when there is none",
                    example = "\"1769140800000.42\"")
            @Nullable
            String next,

            @Member(meaning = "the one decision that was asked for by its id") @Nullable
            Whole decision) {}
}
