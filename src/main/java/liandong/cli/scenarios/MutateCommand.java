package liandong.cli.scenarios;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.JsonOption;
import liandong.cli.terminal.ProgressLine;
import liandong.cli.terminal.Terminal;
import liandong.explain.Page;
import liandong.explain.Phrases;
import liandong.policy.Policy;
import liandong.problem.Problem;
import liandong.scenario.Mutants;
import liandong.scenario.Mutants.Mutant;
import liandong.scenario.Mutants.Score;
import liandong.scenario.ScenarioReader;
import liandong.scenario.Scenarios;
import liandong.wire.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mutate}: how well the scenarios guard a policy. */
@Command(
        name = "mutate",
        description = {
            "Changes a policy's tables one cell at a time and tells which changes no scenario notices.",
            "",
            "A bound one more or one less, ≥ for >, another label, a condition emptied, another conclusion, a row"
                    + " deleted, two rows swapped. Nothing is written: the changed tables live in memory only. A change"
                    + " that nobody notices is a typing error that would go live; the rows with most of them come first.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:all changes were tried, whatever came of them",
            "1:the policy or a scenario is wrong; every fault is told with its place",
            "2:the command was called wrongly, or a file cannot be read"
        },
        footer = {
            "  java -jar target/liandong.jar mutate",
            "  java -jar target/liandong.jar mutate my --most 2000 --json > unnoticed.json"
        })
public final class MutateCommand implements Callable<Integer> {
    private static final int ROWS_SHOWN = 20;

    private final Terminal shell;

    @Mixin
    private ScenarioOptions common = new ScenarioOptions();

    @Option(
            names = "--most",
            paramLabel = "N",
            description =
                    "Try at most so many changes of each table, spread evenly over it; ${DEFAULT-VALUE} unless given.")
    private int most = 150;

    @Mixin
    private JsonOption json = new JsonOption();

    public MutateCommand(Terminal shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        Phrases say = common.phrases();
        if (most < 1) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("mutate.most", most)));
        }
        Policy policy = common.policy(shell);
        Scenarios scenarios = ScenarioReader.read(policy, common.workbooks(policy));
        long start = System.nanoTime();
        var tried = new AtomicLong();
        Score score;
        try (ProgressLine bar = new ProgressLine("mutate", -1, "changes", tried::get, shell)) {
            score = Mutants.score(policy, scenarios.cases(), most, of -> {
                tried.incrementAndGet();
                bar.step();
            });
        }
        String text = json.isGiven() ? Json.writeIndented(score.json()) + "\n" : page(score, say);
        shell.print(text);
        for (Problem problem : scenarios.problems()) {
            shell.err().println(problem.line(common.locale()));
        }
        shell.err()
                .println(say.of(
                        "mutate.summary",
                        score.mutants().size(),
                        score.possible(),
                        score.scenarios(),
                        score.noticed(),
                        Phrases.percent(score.noticed(), score.mutants().size()),
                        String.format(Locale.ROOT, "%.1f", (System.nanoTime() - start) / 1e9)));
        shell.next(say, "mutated");
        return scenarios.broken().isEmpty() ? 0 : CommandFailure.BAD;
    }

    private static String page(Score score, Phrases say) {
        var page = new Page();
        page.heading(say.of("mutate.tables"));
        score.bySheet().forEach((sheet, own) -> {
            long noticed = own.stream().filter(Mutant::noticed).count();
            page.entry(
                    2, "• ", say.of("mutate.table", sheet, own.size(), noticed, Phrases.percent(noticed, own.size())));
        });
        page.heading(say.of("mutate.unnoticed"));
        var rows = score.unnoticed();
        rows.entrySet().stream().limit(ROWS_SHOWN).forEach(row -> {
            page.entry(2, "• ", row.getKey() + " (" + row.getValue().size() + ")");
            for (Mutant mutant : row.getValue()) {
                page.entry(
                        4,
                        "",
                        say.of(
                                "mutate.change." + mutant.variant().change(),
                                mutant.variant().at().cell(),
                                mutant.variant().column(),
                                mutant.variant().was(),
                                mutant.variant().now(),
                                mutant.reached()));
            }
        });
        if (rows.size() > ROWS_SHOWN) {
            page.paragraph(2, say.of("mutate.more", rows.size() - ROWS_SHOWN));
        }
        return page.toString();
    }
}
