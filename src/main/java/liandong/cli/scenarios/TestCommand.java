package liandong.cli.scenarios;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.EnumConverter;
import liandong.cli.terminal.Findings;
import liandong.cli.terminal.IntegerInRange;
import liandong.cli.terminal.ProgressLine;
import liandong.cli.terminal.Terminal;
import liandong.cli.terminal.WorkbookFile;
import liandong.explain.Phrases;
import liandong.incident.Nearest;
import liandong.policy.Policy;
import liandong.problem.Problem;
import liandong.scenario.Accepted;
import liandong.scenario.Ahead;
import liandong.scenario.AheadPage;
import liandong.scenario.Cases.Result;
import liandong.scenario.Coverage;
import liandong.scenario.HtmlReport;
import liandong.scenario.Painter;
import liandong.scenario.ScenarioReader;
import liandong.scenario.Scenarios;
import liandong.scenario.TestReport;
import liandong.scenario.TestReportJson;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code test}: runs the scenarios of a policy. */
@Command(
        name = "test",
        description = {
            "Runs scenarios against a policy: does each case get the answer that its row expects?",
            "",
            "A scenario workbook has a sheet for each decision and a row for each case; its sheet 说明 explains the"
                    + " columns. Every case is asked as a caller would ask the service. A case that cannot be understood"
                    + " is reported at its cell, and the rest go on. Tells what the cases have shown of the policy, too:"
                    + " the rows that decided, and the conditions that were put to the test.",
            "",
            "A sheet 故事 has stories: one case from its report on, a row for each step, each asked with what the answers"
                    + " before have said of the case, as time goes by. A story ends with the first step that is not as"
                    + " expected.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:every case passed",
            "1:a case failed or cannot be understood, or the policy is wrong; every fault is told with its place",
            "2:the command was called wrongly, or a file cannot be read or written"
        },
        footer = {
            "  java -jar target/liandong.jar test",
            "  java -jar target/liandong.jar test my --scenarios draft.xlsx --annotated out",
            "  java -jar target/liandong.jar test my --format junit > scenarios.xml",
            "  java -jar target/liandong.jar test my --html report.html",
            "  java -jar target/liandong.jar test my --only failed",
            "  java -jar target/liandong.jar test my --accept R-101,R-102 --because 2027年派单目录调整"
        })
public final class TestCommand implements Callable<Integer> {
    /** What stands for the cases that did not pass when they were last run. */
    private static final String FAILED = "failed";

    private static final String COMMA = "[,，]";

    private final Terminal shell;

    @Mixin
    private ScenarioOptions common = new ScenarioOptions();

    @Option(
            names = "--format",
            paramLabel = "text|json|junit",
            converter = FormatName.class,
            description = "What to print: text for people (unless given), one JSON document, or JUnit XML.")
    private Format format = Format.TEXT;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description =
                    "Write the report there as one HTML file, to read, print or send on: what is wrong first, expected and"
                            + " actual side by side with the rows behind the answer, stories step by step, what the tables have"
                            + " been shown.")
    private @Nullable Path html;

    @Option(
            names = "--annotated",
            paramLabel = "DIR",
            description =
                    "Write a copy of each scenario workbook there: green and red, what came beside what was expected.")
    private @Nullable Path annotated;

    @Option(
            names = "--coverage",
            paramLabel = "DIR",
            description =
                    "Write a copy of each workbook of the policy there, painted by what the cases have shown of it.")
    private @Nullable Path coverage;

    @Option(
            names = "--only",
            paramLabel = "ID|TAG|failed",
            split = COMMA,
            splitSynopsisLabel = ",",
            description =
                    "Run these scenarios and stories and no others: by id, by a word of their column 标签 (tags), or, as failed, those that did"
                            + " not pass when they were last run. Which these are is kept in the file .failed beside the workbooks.")
    private @Nullable List<String> only;

    @Option(
            names = "--accept",
            paramLabel = "ID",
            split = COMMA,
            splitSynopsisLabel = ",",
            description =
                    "Take the answer that these cases get now for the one they expect, as the policy was meant to change"
                            + " it. Written into the workbooks in place, the former content kept as FILE.bak; the note of each case says"
                            + " what it expected before, and why it does no longer. Of a story it is the answer at the step with"
                            + " which it ended. Needs --because.")
    private @Nullable List<String> accepted;

    @Option(
            names = "--because",
            paramLabel = "TEXT",
            description = "Why, such as the decision that changed the policy.")
    private String because = "";

    @Option(
            names = "--ahead",
            paramLabel = "DAYS",
            arity = "0..1",
            fallbackValue = "365",
            converter = Days.class,
            description =
                    "Also ask what passes again by the rows of each day in the next DAYS, 365 unless given, on which a row"
                            + " begins or ends, the case's own moments staying as they are: tells what would fail from when on, and"
                            + " which row's day does it.")
    private @Nullable Integer ahead;

    public TestCommand(Terminal shell) {
        this.shell = shell;
    }

    private enum Format {
        TEXT,
        JSON,
        JUNIT
    }

    private static final class Days extends IntegerInRange {
        Days() {
            super(1, MOST_DAYS);
        }
    }

    private static final class FormatName extends EnumConverter<Format> {
        FormatName() {
            super(Format.class);
        }
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        Phrases say = common.phrases();
        List<String> only = words("--only", this.only, say);
        List<String> accepted = words("--accept", this.accepted, say);
        if (coverage != null && !only.isEmpty()) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("test.onlyCoverage")));
        }
        if (ahead != null && format != Format.TEXT) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("test.aheadFormat")));
        }
        if (ahead != null && !accepted.isEmpty()) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("test.aheadAccept")));
        }
        Policy policy = common.policy(shell);
        SortedMap<String, byte[]> workbooks = common.workbooks(policy);
        var last = new LastRun(common.place());
        Scenarios all = ScenarioReader.read(policy, workbooks);
        Scenarios scenarios = only.isEmpty() ? all : chosen(all, only, last, say);
        if (scenarios.isEmpty() && !only.isEmpty()) {
            shell.err().println(say.of("test.onlyNone"));
            if (format == Format.TEXT && html == null && annotated == null) {
                keep(
                        last,
                        new TestReport(policy, List.of(), List.of(), List.of(), scenarios.problems()),
                        false,
                        all,
                        say);
                return 0;
            }
        }
        var shown = new Coverage(policy);
        TestReport report;
        var done = new AtomicInteger();
        try (ProgressLine bar = new ProgressLine("test", scenarios.size(), "cases", done::get, shell)) {
            report = shown.run(scenarios, () -> {
                done.incrementAndGet();
                bar.step();
            });
        }
        keep(last, report, only.isEmpty(), all, say);
        String text = switch (format) {
            case TEXT -> TestPage.of(report, only.isEmpty() ? shown : null, say);
            case JSON ->
                Json.writeIndented(TestReportJson.of(report, only.isEmpty() ? shown : null, common.locale())) + "\n";
            case JUNIT -> report.junit(common.locale());
        };
        shell.print(text);
        Ahead coming = ahead == null ? null : lookAhead(report, ahead);
        if (coming != null) {
            shell.print(AheadPage.of(coming, say));
        }
        if (html != null) {
            var now = shell.clock().instant().atZone(policy.calendar().zone()).toOffsetDateTime();
            String page = HtmlReport.of(report, only.isEmpty() ? shown : null, coming, now, say);
            common.write(html, page.getBytes(StandardCharsets.UTF_8));
        }
        if (annotated != null) {
            common.write(
                    annotated,
                    Painter.annotated(workbooks, report, common.locale(), problem -> unmarked(problem, say)));
        }
        if (coverage != null) {
            common.write(
                    coverage,
                    Painter.painted(
                            policy.files().tables(), shown, common.locale(), problem -> unmarked(problem, say)));
        }
        if (!accepted.isEmpty()) {
            return accept(report, accepted, workbooks, say);
        }
        boolean good = report.good() && (coming == null || coming.good());
        shell.next(say, good ? "passed" : "failed");
        return good ? 0 : CommandFailure.BAD;
    }

    private Ahead lookAhead(TestReport report, int days) {
        LocalDate today = LocalDate.ofInstant(
                shell.clock().instant(), report.policy().calendar().zone());
        try (ProgressLine bar = new ProgressLine("ahead", shell)) {
            return Ahead.of(report, today, days, (done, of) -> bar.step());
        }
    }

    /** Keeps what came of a run, or says that it cannot be kept. */
    private void keep(LastRun last, TestReport report, boolean whole, Scenarios all, Phrases say) {
        try {
            last.keep(report, whole && common.isWhole(), common.isWhole() ? all : null);
        } catch (CharacterCodingException e) {
            shell.err().println(say.of("input.unreadable", common.place() + "/" + LastRun.FILE));
        } catch (IOException e) {
            shell.err().println(say.of("test.unwritable", common.place() + "/" + LastRun.FILE));
        }
    }

    /**
     * The words of an option; none when it is not given.
     *
     * @throws CommandFailure if it is given without any, which is not all
     */
    private static List<String> words(String option, @Nullable List<String> given, Phrases say) throws CommandFailure {
        if (given == null) {
            return List.of();
        }
        List<String> words = given.stream()
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("test.nothingNamed", option)));
        }
        return words;
    }

    /** The cases to be run; none when those are asked for that failed, and none did. */
    private Scenarios chosen(Scenarios all, List<String> only, LastRun last, Phrases say) throws CommandFailure {
        var named = new TreeSet<String>();
        var unknown = new ArrayList<String>();
        for (String name : only) {
            if (name.equals(FAILED)) {
                named.addAll(failed(last, say).stream().filter(all::has).toList());
            } else if (all.has(name)) {
                named.add(name);
            } else {
                String nearest = Nearest.of(name, all.names());
                unknown.add(say.of("test.onlyUnknown", name)
                        + (nearest == null ? "" : " " + say.of("test.onlyNearest", nearest)));
            }
        }
        if (!unknown.isEmpty()) {
            throw new CommandFailure(CommandFailure.USAGE, unknown);
        }
        return all.only(named);
    }

    private Set<String> failed(LastRun last, Phrases say) throws CommandFailure {
        try {
            return last.failed();
        } catch (IOException e) {
            throw new CommandFailure(
                    CommandFailure.USAGE, List.of(say.of("input.unreadable", common.place() + "/" + LastRun.FILE)));
        }
    }

    /** The question with which a story ended; its answer may be accepted like that of a scenario. */
    private static Optional<Result> lastOfStory(TestReport report, String id) {
        return report.stories().stream()
                .filter(run -> run.story().id().equals(id))
                .flatMap(run -> run.results().stream())
                .reduce((earlier, later) -> later);
    }

    /** The named cases expect from now on what came of them; whether all others pass. */
    private int accept(TestReport report, List<String> accepted, SortedMap<String, byte[]> workbooks, Phrases say)
            throws CommandFailure, IOException {
        if (because.isBlank()) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("accept.because")));
        }
        var named = new ArrayList<Result>();
        for (String id : accepted) {
            Result result = report.results().stream()
                    .filter(each -> each.scenario().id().equals(id.strip()))
                    .findFirst()
                    .or(() -> lastOfStory(report, id.strip()))
                    .orElseThrow(() -> new CommandFailure(CommandFailure.USAGE, List.of(say.of("accept.unknown", id))));
            if (!result.problems().isEmpty()) {
                throw new CommandFailure(CommandFailure.BAD, List.of(say.of("accept.refused", id)));
            }
            named.add(result);
        }
        var problems = new ArrayList<Problem>();
        LocalDate today = LocalDate.ofInstant(
                shell.clock().instant(), report.policy().calendar().zone());
        Accepted changed = Accepted.of(workbooks, named, today + " " + because.strip(), problems::add);
        if (changed == null) {
            throw CommandFailure.of(CommandFailure.BAD, problems, common.locale());
        }
        var files = new TreeMap<String, Path>();
        for (String name : changed.workbooks().keySet()) {
            files.put(name, common.file(name));
        }
        for (Accepted.Change change : changed.changes()) {
            shell.err()
                    .println(Findings.visible(
                            say.of("accept.changed", change.id(), change.at(), change.from(), change.to())));
        }
        for (var workbook : changed.workbooks().entrySet()) {
            Path file = Objects.requireNonNull(files.get(workbook.getKey()));
            Path backup = WorkbookFile.replaceKeeping(file, workbook.getValue());
            shell.err().println(say.of("format.written", file, backup));
        }
        boolean othersPass = report.broken().isEmpty()
                && report.asked().stream().allMatch(each -> each.passed() || named.contains(each));
        shell.next(say, "accepted");
        return othersPass ? 0 : CommandFailure.BAD;
    }

    /** A copy that could not be made; what else a workbook carries has been told already. */
    private void unmarked(Problem problem, Phrases say) {
        if (problem.code().isError()) {
            shell.err()
                    .println(Findings.visible(say.of(
                            "check.notAnnotated",
                            problem.at().file(),
                            problem.message(say.locale()) + " " + problem.help(say.locale()))));
        }
    }
}
