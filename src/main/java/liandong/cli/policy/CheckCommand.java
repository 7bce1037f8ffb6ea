package liandong.cli.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import liandong.check.CheckResult;
import liandong.check.PolicyCheck;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.EnumConverter;
import liandong.cli.terminal.Findings;
import liandong.cli.terminal.JunitReport;
import liandong.cli.terminal.LanguageOption;
import liandong.cli.terminal.ProgressLine;
import liandong.cli.terminal.Terminal;
import liandong.explain.Phrases;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.problem.ProblemSeverity;
import liandong.wire.CheckJson;
import liandong.wire.Json;
import liandong.workbook.Annotated;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code check}: tells everything that is wrong with a policy before it goes live. */
@Command(
        name = "check",
        description = {
            "Checks a policy: every file, row and cell, and what its tables say together.",
            "",
            "Names a policy folder, a .zip of one, or some of its files. Files within a policy folder are checked with"
                    + " all of it: what is wrong with them, and what is more than a note elsewhere. Files that lie in"
                    + " no policy folder are checked in the place of those of the same name, or with the same sheets,"
                    + " in the stock policy or that of --policy.",
            "",
            "An error keeps a policy from being used; a warning most likely is not what was meant; a note is only worth"
                    + " knowing, such as rows whose source is unconfirmed.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:nothing was found that is as severe as --fail-on",
            "1:something was; all findings are printed",
            "2:the command was called wrongly, or nothing that it names can be read"
        },
        footer = {
            "  java -jar target/liandong.jar check my",
            "  java -jar target/liandong.jar check my/decision-tables/routing.xlsx --annotated marked",
            "  java -jar target/liandong.jar check my --format sarif --fail-on error > check.sarif"
        })
public final class CheckCommand implements Callable<Integer> {
    private final Terminal shell;

    @Parameters(
            arity = "1..*",
            paramLabel = "DIR|FILE",
            description = "A policy folder, a .zip of one, or files of one.")
    private List<Path> paths = List.of();

    @Option(
            names = "--format",
            paramLabel = "text|json|sarif|junit",
            converter = FormatName.class,
            description = "How findings are printed: as text for people (unless given), as JSON, as SARIF 2.1.0, as"
                    + " JUnit XML.")
    private Format format = Format.TEXT;

    @Option(
            names = "--annotated",
            paramLabel = "DIR",
            description = "Write copies of the workbooks that have findings into this folder: cells coloured, a"
                    + " comment on each, a first sheet that lists them with links.")
    private @Nullable Path annotated;

    @Option(
            names = "--min-severity",
            paramLabel = "error|warning|note",
            converter = SeverityName.class,
            description = "The least severe findings to show; note unless given.")
    private ProblemSeverity shown = ProblemSeverity.NOTE;

    @Option(
            names = "--fail-on",
            paramLabel = "error|warning|note",
            converter = SeverityName.class,
            description = "The least severe findings to exit with 1 for; warning unless given.")
    private ProblemSeverity failing = ProblemSeverity.WARNING;

    @Option(
            names = "--policy",
            paramLabel = "DIR",
            description =
                    "The policy in whose place files are checked that lie in none; the stock policy unless given.")
    private @Nullable Path policy;

    @Option(
            names = "--today",
            paramLabel = "DATE",
            description =
                    "The day on which rows have ended or not, as 2026-11-20; by default today in the policy's time zone.")
    private @Nullable LocalDate today;

    @Mixin
    private LanguageOption language = new LanguageOption();

    public CheckCommand(Terminal shell) {
        this.shell = shell;
    }

    private enum Format {
        TEXT,
        JSON,
        SARIF,
        JUNIT
    }

    private static final class FormatName extends EnumConverter<Format> {
        FormatName() {
            super(Format.class);
        }
    }

    private static final class SeverityName extends EnumConverter<ProblemSeverity> {
        SeverityName() {
            super(ProblemSeverity.class);
        }
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        Phrases say = language.phrases();
        CheckTarget named = CheckTarget.of(paths, policy, say);
        if (annotated != null
                && named.folders().contains(annotated.toAbsolutePath().normalize())) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("check.overwrites", annotated)));
        }
        CheckResult checked;
        try (var bar = new ProgressLine("check", shell)) {
            bar.step();
            checked = today == null
                    ? PolicyCheck.of(named.files(), shell.clock().instant())
                    : PolicyCheck.of(named.files(), today);
        }
        List<Problem> all = checked.problems().stream().filter(named::concerns).toList();
        var findings = new Findings(
                named.files(),
                all.stream()
                        .filter(each -> each.code().severity().compareTo(shown) <= 0)
                        .toList(),
                checked.policy() != null,
                failing);
        print(findings, say);
        if (annotated != null) {
            annotate(annotated, named, findings.shown(), say);
        }
        boolean faulty = all.stream().anyMatch(findings::fails);
        shell.next(
                say,
                faulty ? annotated == null ? "faulty" : "annotated" : "checked",
                named.files().label());
        return unreadable(named, all) ? CommandFailure.USAGE : faulty ? CommandFailure.BAD : 0;
    }

    /** Whether of the files that were named none could be read. */
    private static boolean unreadable(CheckTarget named, List<Problem> problems) {
        List<String> broken = problems.stream()
                .filter(each -> each.at() instanceof FileRef && each.code().isError())
                .map(CheckTarget::fileOf)
                .toList();
        return !named.own().isEmpty() && broken.containsAll(named.own());
    }

    private void print(Findings findings, Phrases say) throws IOException {
        String text = switch (format) {
            case JSON ->
                Json.writeIndented(
                                CheckJson.of(findings.files(), findings.shown(), findings.usable(), language.locale()))
                        + "\n";
            case SARIF -> Json.writeIndented(SarifLog.of(findings, language.locale())) + "\n";
            case JUNIT -> JunitReport.of(findings, language.locale());
            default -> FindingsPage.of(findings, say);
        };
        shell.out().write(text.getBytes(StandardCharsets.UTF_8));
        shell.out().flush();
    }

    private void annotate(Path folder, CheckTarget named, List<Problem> findings, Phrases say) throws IOException {
        Map<String, byte[]> workbooks = named.files().tables();
        Files.createDirectories(folder);
        for (Map.Entry<String, byte[]> workbook : workbooks.entrySet()) {
            String file = workbook.getKey();
            // What is about no workbook, such as a rule, is listed in each: it may be the reason for what is wrong
            // here.
            List<Problem> own = findings.stream()
                    .filter(each ->
                            CheckTarget.fileOf(each).equals(file) || !workbooks.containsKey(CheckTarget.fileOf(each)))
                    .toList();
            if (!named.isNamed(file)
                    || own.stream().noneMatch(each -> CheckTarget.fileOf(each).equals(file))) {
                continue;
            }
            var problems = new ArrayList<Problem>();
            byte[] copy = Annotated.copy(file, workbook.getValue(), own, language.locale(), problems::add);
            if (copy == null) {
                Problem why = problems.get(problems.size() - 1);
                String told = (why.message(say.locale()) + " " + why.help(say.locale())).strip();
                shell.err().println(Findings.visible(say.of("check.notAnnotated", file, told)));
            } else {
                Files.write(folder.resolve(file), copy);
                shell.err().println(say.of("check.annotated", folder.resolve(file)));
            }
        }
    }
}
