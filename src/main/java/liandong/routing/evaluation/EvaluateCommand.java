package liandong.routing.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import liandong.cli.cases.CsvRows;
import liandong.cli.cases.EncodingOption;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.CommonOptions;
import liandong.cli.terminal.Input;
import liandong.cli.terminal.JsonOption;
import liandong.cli.terminal.ProgressLine;
import liandong.cli.terminal.Terminal;
import liandong.explain.Phrases;
import liandong.policy.Policy;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evaluate}: compares answers with labels. */
@Command(
        name = "evaluate",
        description = {
            "Decides labelled texts and tells how good the answers are.",
            "",
            "Reads CSV with a header. Each row's text is routed as a report, received now, from the"
                    + " source and area its columns name, or else the first source and the widest area of the"
                    + " vocabulary. The answer is compared, part by part, with the labels.",
            "",
            "A label is a label or code of the vocabulary. Several separated by | or 、 are alternatives of which any one"
                    + " is right; so are those of a second column. An empty cell expects nothing of its part. A row"
                    + " without an event type is no matter: nothing should be done about it. What each figure counts"
                    + " is told in docs/testers.md.",
            "",
            "With --folds nothing is decided by a policy that has read it before: the texts are dealt into folds, and"
                    + " while a fold is decided, rows of the policy that are the same texts (example sentences) are"
                    + " left out. With --learn the words (词语, or 关键词 where keywords are voted on) are learned again from the"
                    + " other folds as well, as suggest-keywords does, and tried in place of the policy's own.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:all rows could be used",
            "1:a row, a label or the policy is wrong; every fault is told, the other rows are evaluated",
            "2:the command was called wrongly, or a file cannot be read or written"
        },
        footer = {
            "  java -jar target/liandong.jar evaluate messages.csv --text text --label label --against topic",
            "  java -jar target/liandong.jar evaluate m.csv --text 正文 --against eventType=事项,可接受事项"
                    + " --against lead=承办",
            "  java -jar target/liandong.jar evaluate m.csv --text t --against danger=d,outcome=o --by source --json",
            "  java -jar target/liandong.jar evaluate m.csv --text t --against eventType=e --xlsx figures.xlsx",
            "  java -jar target/liandong.jar evaluate m.csv --text t --against eventType=e --folds 5 --learn"
        })
public final class EvaluateCommand implements Callable<Integer> {
    private final Terminal shell;

    @Parameters(paramLabel = "FILE|-", description = "The labelled texts; - reads standard input.")
    private String file = "-";

    @Option(names = "--text", paramLabel = "COL", required = true, description = "The column of the texts.")
    private String text = "";

    @Option(
            names = "--against",
            paramLabel = "PART=COL[,COL]",
            required = true,
            description = "A part of the answer, the column of its labels, and the column of what is right too: topic,"
                    + " category, eventType, lead, urgency, nature, outcome, danger (NOW, POSSIBLE, NO). Several with"
                    + " commas between, or by giving the option again.")
    private List<String> against = new ArrayList<>();

    @Option(
            names = "--label",
            paramLabel = "COL",
            description = "The column of the labels of a part that --against names alone.")
    private @Nullable String label;

    @Option(names = "--source", paramLabel = "COL", description = "The column of who brought the report.")
    private @Nullable String source;

    @Option(names = "--area", paramLabel = "COL", description = "The column of where it happened.")
    private @Nullable String area;

    @Option(
            names = "--facts",
            paramLabel = "COL",
            description = "The column of what else is known, as in JSON: people=60;settled=true.")
    private @Nullable String facts;

    @Option(
            names = "--by",
            paramLabel = "COL",
            description = "Tell the figures by the words of this column too; with --folds, by fold unless given.")
    private @Nullable String by;

    @Option(
            names = "--folds",
            paramLabel = "N",
            converter = LearnOptions.Folds.class,
            description = "Cross-validate in N folds, at least 2.")
    private int folds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Another number deals other folds; ${DEFAULT-VALUE} unless given.")
    private long seed = 1;

    @Option(names = "--learn", description = "Learn the words from the other folds.")
    private boolean learn;

    @Mixin
    private EncodingOption encoding = new EncodingOption();

    @Mixin
    private LearnOptions learning = new LearnOptions();

    @Option(
            names = "--xlsx",
            paramLabel = "FILE.xlsx",
            description =
                    "Write a workbook too, in both languages: figures and charts, a sheet for each part, and every"
                            + " row with its answer. Texts are kept as they were given, personal ones included.")
    private @Nullable Path workbook;

    @Mixin
    private JsonOption json = new JsonOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    private long done;

    public EvaluateCommand(Terminal shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        Phrases say = common.phrases();
        List<PartColumns> parts = parts(say);
        if (learn && folds == 0) {
            throw usage(say.of("evaluate.learnNeedsFolds"));
        }
        if (workbook != null) {
            WholeFile.mustBePossible(workbook, say);
        }
        var rows = new ArrayList<Measured>();
        var result = new Evaluation(parts, workbook == null ? row -> {} : rows::add);
        Policy policy;
        int heldOut = 0;
        try (Input input = Input.open(file, shell, say)) {
            var csv = new CsvRows(input, encoding.charset(), say);
            policy = common.policy(shell);
            var names = new LabelReader.Names(text, source, area, facts, by);
            var reader = new LabelReader(file, csv, names, parts, policy.vocabulary(), result::problem, say);
            Instant now = common.clock(shell).instant();
            if (folds == 0) {
                decideAll(reader, input, new Decider(file, policy, now, say), result);
            } else {
                heldOut = decideByFold(all(reader, result), policy, now, result, say);
            }
            if (!csv.encoding().equals(StandardCharsets.UTF_8)) {
                shell.err()
                        .println(say.of("csv.read", input.name(), csv.encoding().name()));
            }
        }
        var about = new EvaluationReport.About(
                file, parts, policy.label(), policy.version(), by, folds, seed, learn, heldOut);
        var report = new EvaluationReport(about, result);
        if (workbook != null) {
            WholeFile.write(workbook, out -> EvaluationWorkbook.write(about, result, rows, out));
        }
        show(report, result, say);
        shell.next(say, "evaluated");
        return result.problems().isEmpty() ? 0 : CommandFailure.BAD;
    }

    private List<PartColumns> parts(Phrases say) throws CommandFailure {
        try {
            return PartColumns.of(against, label);
        } catch (PartColumns.NotUnderstood e) {
            throw usage(say.of("evaluate.badAgainst", String.valueOf(e.getMessage()), Part.names()));
        }
    }

    private static CommandFailure usage(String line) {
        return new CommandFailure(CommandFailure.USAGE, List.of(line));
    }

    private void decideAll(LabelReader reader, Input input, Decider decider, Evaluation result) throws CommandFailure {
        try (ProgressLine bar = new ProgressLine("evaluate", input, shell)) {
            for (LabelledText row = reader.next(result::unusable); row != null; row = reader.next(result::unusable)) {
                decider.take(row, result);
                bar.step();
            }
        }
    }

    private static List<LabelledText> all(LabelReader reader, Evaluation result) throws CommandFailure {
        var all = new ArrayList<LabelledText>();
        for (LabelledText row = reader.next(result::unusable); row != null; row = reader.next(result::unusable)) {
            all.add(row);
        }
        return all;
    }

    /** Decides each fold by a policy that has not read it; how many rows of the policy were left out in all. */
    private int decideByFold(List<LabelledText> texts, Policy policy, Instant now, Evaluation result, Phrases say)
            throws CommandFailure {
        Set<String> different = new HashSet<>();
        texts.forEach(each -> different.add(ExampleText.key(each.text())));
        if (different.size() < folds) {
            throw usage(say.of("evaluate.fewTexts", different.size(), folds));
        }
        var dealt = new Folds(policy, texts, folds, seed);
        try (ProgressLine bar = new ProgressLine("evaluate", texts.size(), "rows", () -> done, shell)) {
            for (int fold = 0; fold < dealt.count(); fold++) {
                Policy own = learn ? dealt.learned(fold, learning.learner()) : dealt.policy(fold);
                var decider = new Decider(file, own, now, say);
                for (LabelledText row : dealt.in(fold)) {
                    decider.take(by == null ? row.in(String.valueOf(fold + 1)) : row, result);
                    done++;
                    bar.step();
                }
            }
        }
        return dealt.heldOut();
    }

    private void show(EvaluationReport report, Evaluation result, Phrases say) throws IOException {
        shell.print(json.isGiven() ? Json.writeIndented(report.json(say.locale())) + "\n" : report.text(say));
        if (!json.isGiven()) {
            result.problems().forEach(problem -> shell.err().println(problem.line(say.locale())));
            if (result.moreProblems() > 0) {
                shell.err().println(say.of("evaluate.moreProblems", result.moreProblems()));
            }
        }
        if (workbook != null) {
            shell.err().println(say.of("evaluate.written", workbook));
        }
    }
}
