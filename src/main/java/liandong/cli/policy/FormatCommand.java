package liandong.cli.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.Findings;
import liandong.cli.terminal.LanguageOption;
import liandong.cli.terminal.Terminal;
import liandong.cli.terminal.WorkbookFile;
import liandong.decision.Decisions;
import liandong.explain.Phrases;
import liandong.policy.PolicyLoader;
import liandong.problem.Problem;
import liandong.workbook.Formatted;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code format}: makes workbooks pleasant to edit. */
@Command(
        name = "format",
        description = {
            "Makes the workbooks of a policy pleasant to edit: headers styled and frozen, columns wide enough to read,"
                    + " drop-downs from the vocabulary on every label column, row ids where they are missing, texts"
                    + " that are dates made dates.",
            "",
            "What somebody has chosen stays: styles, widths, drop-downs whose labels are all known, the order of rows."
                    + " Formatting twice is formatting once. Long lists and the highest row id given stand in a hidden"
                    + " sheet 标签, which the policy passes over. Each file is changed in place, its former content"
                    + " kept beside it as FILE.bak; a file that cannot be read is not touched.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:every file is as it should be",
            "1:a file could not be formatted; with --check-only, a file would change",
            "2:the command was called wrongly, or a file cannot be read"
        },
        footer = {
            "  java -jar target/liandong.jar format my/decision-tables/routing.xlsx",
            "  java -jar target/liandong.jar format draft.xlsx --policy my --output pretty.xlsx",
            "  java -jar target/liandong.jar format my/decision-tables/routing.xlsx --check-only"
        })
public final class FormatCommand implements Callable<Integer> {
    private final Terminal shell;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Workbooks of a policy.")
    private List<Path> files = List.of();

    @Option(names = "--check-only", description = "Change nothing; tell what would change.")
    private boolean checkOnly;

    @Option(names = "--output", paramLabel = "FILE", description = "Write there, and leave the one FILE as it is.")
    private @Nullable Path output;

    @Option(names = "--renew-lists", description = "Replace drop-downs that are there already.")
    private boolean renew;

    @Option(
            names = "--policy",
            paramLabel = "DIR",
            description =
                    "The policy whose vocabulary is used for files that lie in none; the stock policy unless given.")
    private @Nullable Path policy;

    @Mixin
    private LanguageOption language = new LanguageOption();

    public FormatCommand(Terminal shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        Phrases say = language.phrases();
        if (output != null && files.size() > 1) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("format.oneOutput")));
        }
        int exitCode = 0;
        for (Path file : files) {
            if (!file.toString().endsWith(".xlsx") || Files.isDirectory(file)) {
                throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("format.workbook", file)));
            }
        }
        for (Path file : files) {
            exitCode = Math.max(exitCode, format(file, say));
        }
        if (exitCode == 0) {
            shell.next(say, "formatted");
        }
        return exitCode;
    }

    private int format(Path file, Phrases say) throws CommandFailure, IOException {
        CheckTarget named = CheckTarget.of(List.of(file), policy, say);
        String name = String.valueOf(file.getFileName());
        byte[] before = CheckTarget.bytes(file, say); // a scenario workbook may have the name of one of tables
        var problems = new ArrayList<Problem>();
        Formatted formatted = Formatted.of(
                name, before, Decisions.schema(), PolicyLoader.vocabulary(named.files()), renew, problems::add);
        if (formatted == null) {
            shell.err().println(say.of("format.refused", file));
            problems.forEach(problem -> shell.err().println("  " + Findings.visible(problem.line(say.locale()))));
            return CommandFailure.BAD;
        }
        List<String> changes = formatted.changes().entrySet().stream()
                .map(change -> say.of("format." + change.getKey(), change.getValue()))
                .toList();
        String done = checkOnly ? "format.would" : "format.changed";
        shell.err()
                .println(changes.isEmpty() ? say.of("format.unchanged", file) : say.of(done, file, say.list(changes)));
        if (checkOnly) {
            return changes.isEmpty() ? 0 : CommandFailure.BAD;
        }
        if (output != null) {
            WorkbookFile.replace(output, formatted.workbook());
            shell.err().println(say.of("format.output", output));
        } else if (!changes.isEmpty()) {
            Path backup = WorkbookFile.replaceKeeping(file, formatted.workbook());
            shell.err().println(say.of("format.written", file, backup));
        }
        return 0;
    }
}
