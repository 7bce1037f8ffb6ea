package liandong.cli.scenarios;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.ProgressLine;
import liandong.cli.terminal.Terminal;
import liandong.explain.Page;
import liandong.explain.Phrases;
import liandong.policy.Policy;
import liandong.problem.Problem;
import liandong.scenario.Coverage.Sum;
import liandong.scenario.RecordedCase;
import liandong.scenario.ScenarioBook;
import liandong.scenario.ScenarioReader;
import liandong.scenario.Scenarios;
import liandong.scenario.Suggestions;
import liandong.scenario.Suggestions.Outcome;
import liandong.scenario.Suggestions.Suggestion;
import liandong.scenario.Suggestions.Unreached;
import liandong.scenario.Suggestions.Why;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code suggest}: cases for what the scenarios have not shown. */
@Command(
        name = "suggest",
        description = {
            "Writes cases for what no scenario has shown of a policy, with today's answer, for a person to tick or correct.",
            "",
            "For every row that never decided, every condition that was never put to the test, and every value at a bound"
                    + " and right beside it, a case is looked for by changing those that are there step by step. What is"
                    + " found is added, marked 待确认, to a copy of the workbook it was made from. Where the answer is"
                    + " right, change 待确认 to 已确认; where it is not, the policy is wrong, or the expectation is to be"
                    + " corrected. What could not be shown is listed, with the reason.",
            "",
            "The same policy and scenarios give the same cases, unless time is up first (--seconds).",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:the search was made, whatever came of it",
            "1:the policy or a scenario is wrong; every fault is told with its place",
            "2:the command was called wrongly, or a file cannot be read or written"
        },
        footer = {
            "  java -jar target/liandong.jar suggest --out suggested",
            "  java -jar target/liandong.jar suggest my --scenarios draft.xlsx --out suggested --seconds 60"
        })
public final class SuggestCommand implements Callable<Integer> {
    private static final int ROWS_SHOWN = 40;

    private final Terminal shell;

    @Mixin
    private ScenarioOptions common = new ScenarioOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Where the copies with the suggested cases are written.")
    private Path out = Path.of(".");

    @Option(
            names = "--tries",
            paramLabel = "N",
            description = "Changed requests tried at most for one thing to be shown; ${DEFAULT-VALUE} unless given.")
    private int tries = 600;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Stop looking after so many seconds; ${DEFAULT-VALUE} unless given.")
    private int seconds = 600;

    private long done;

    public SuggestCommand(Terminal shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        Phrases say = common.phrases();
        if (tries < 1 || seconds < 1) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("suggest.bounds", tries, seconds)));
        }
        Policy policy = common.policy(shell);
        SortedMap<String, byte[]> workbooks = common.workbooks(policy);
        Scenarios scenarios = ScenarioReader.read(policy, workbooks);
        long start = System.nanoTime();
        long end = start + TimeUnit.SECONDS.toNanos(seconds);
        Outcome outcome;
        try (ProgressLine bar = new ProgressLine("suggest", -1, "looked for", () -> done, shell)) {
            outcome =
                    Suggestions.find(policy, scenarios.cases(), tries, () -> System.nanoTime() < end, (number, of) -> {
                        done = number;
                        bar.step();
                    });
        }
        var problems = new ArrayList<>(scenarios.problems());
        SortedMap<String, byte[]> copies = copies(workbooks, outcome, scenarios, policy, problems);
        common.write(out, copies);
        shell.print(page(outcome, say));
        problems.forEach(problem -> shell.err().println(problem.line(common.locale())));
        copies.keySet().forEach(file -> shell.err().println(say.of("suggest.written", out.resolve(file))));
        shell.err()
                .println(say.of(
                        "suggest.summary",
                        outcome.cases().size(),
                        outcome.unreached().size(),
                        String.format(Locale.ROOT, "%.1f", (System.nanoTime() - start) / 1e9),
                        share(outcome.before(), say),
                        share(outcome.after(), say)));
        shell.next(say, "suggested", out);
        return scenarios.broken().isEmpty() ? 0 : CommandFailure.BAD;
    }

    private static String share(Sum sum, Phrases say) {
        return say.of("suggest.share", sum.decided(), sum.rows(), sum.deciding(), sum.conditions());
    }

    private static SortedMap<String, byte[]> copies(
            SortedMap<String, byte[]> workbooks,
            Outcome outcome,
            Scenarios scenarios,
            Policy policy,
            List<Problem> problems) {
        var taken = new HashSet<String>();
        scenarios.cases().forEach(each -> taken.add(each.id()));
        scenarios.broken().forEach(each -> taken.add(each.id()));
        Map<String, List<RecordedCase>> byFile = outcome.cases().stream()
                .collect(Collectors.groupingBy(
                        Suggestion::file,
                        LinkedHashMap::new,
                        Collectors.mapping(Suggestion::row, Collectors.toList())));
        var copies = new TreeMap<String, byte[]>();
        byFile.forEach((file, rows) -> {
            byte[] copy = ScenarioBook.with(
                    file, workbooks.get(file), rows, policy.vocabulary(), taken, taken::add, problems::add);
            if (copy != null) {
                copies.put(file, copy);
            }
        });
        return copies;
    }

    private static String page(Outcome outcome, Phrases say) {
        var page = new Page();
        page.heading(say.of("suggest.cases"));
        outcome.cases().stream()
                .collect(Collectors.groupingBy(
                        each -> each.aim().table().sheet() + " → " + each.file(),
                        LinkedHashMap::new,
                        Collectors.counting()))
                .forEach((where, count) -> page.entry(2, "• ", say.of("suggest.count", where, count)));
        if (!outcome.unreached().isEmpty()) {
            page.heading(say.of("suggest.unreached"));
            for (Why why : Why.values()) {
                List<Unreached> own = outcome.unreached().stream()
                        .filter(each -> each.why() == why)
                        .toList();
                if (!own.isEmpty()) {
                    page.entry(2, "• ", say.of("suggest.why." + why, own.size()));
                    own.stream().limit(ROWS_SHOWN).forEach(each -> page.entry(4, "", each.line(say)));
                    if (own.size() > ROWS_SHOWN) {
                        page.entry(4, "", say.of("suggest.more", own.size() - ROWS_SHOWN));
                    }
                }
            }
        }
        return page.toString();
    }
}
