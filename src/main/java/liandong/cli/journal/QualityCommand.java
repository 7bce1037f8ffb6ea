package liandong.cli.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.EnumConverter;
import liandong.cli.terminal.IntegerInRange;
import liandong.cli.terminal.NonClosingOutputStream;
import liandong.cli.terminal.Terminal;
import liandong.explain.Phrases;
import liandong.journal.Archive;
import liandong.journal.DecisionQuery;
import liandong.journal.DecisionQueryParser;
import liandong.policy.Policy;
import liandong.problem.Problem;
import liandong.quality.Quality;
import liandong.quality.QualityReport;
import liandong.quality.QualityWorkbook;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code quality}: which rows are to be mended, by what came of the cases that they decided. */
@Command(
        name = "quality",
        description = {
            "Tells which rows and rules are to be mended, worst first, by what came of the cases that they assigned:"
                    + " returned (and why), decided otherwise by a person, done again, late, citizen dissatisfied.",
            "",
            "The decisions about one incident are read together, from its routing to its score. A row is to be mended when"
                    + " it goes wrong more often with it than with the other rows of its sheet, and by more than chance:"
                    + " the lower bound of a 95 %% interval counts, so that few cases prove little. A limit answers for"
                    + " delay, a duty for returns, redos and dissatisfaction, words and examples for what a person decided"
                    + " otherwise. Rows that were changed or removed since are named as they were.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:told, whatever came of it",
            "1:the policy cannot be used; every fault is printed",
            "2:called wrongly, or the store cannot be used"
        },
        footer = {
            "  java -jar target/liandong.jar quality --from 2026-11-01 --to 2026-11-30",
            "  java -jar target/liandong.jar quality --policy my --format xlsx --out quality.xlsx"
        })
public final class QualityCommand implements Callable<Integer> {
    private final Terminal shell;

    @Mixin
    private TimeOptions time = new TimeOptions();

    @Option(
            names = "--policy",
            paramLabel = "DIR|N",
            description = "The policy that rows are compared with: a policy folder, or the number of a policy in the"
                    + " store; the live one unless given.")
    private @Nullable String policy;

    @Option(
            names = "--most",
            paramLabel = "N",
            converter = Most.class,
            description = "How many rows are told at most: ${DEFAULT-VALUE}; a workbook has all.")
    private int most = 20;

    @Option(
            names = "--format",
            paramLabel = "text|json|xlsx",
            converter = FormatName.class,
            description =
                    "What to write: text unless given. A workbook has charts, is in both languages, and needs --out.")
    private Format format = Format.TEXT;

    @Option(names = "--out", paramLabel = "FILE", description = "Write there, not to standard output.")
    private @Nullable Path out;

    @Mixin
    private StoreCommandOptions store = new StoreCommandOptions();

    public QualityCommand(Terminal shell) {
        this.shell = shell;
    }

    private enum Format {
        TEXT,
        JSON,
        XLSX
    }

    private static final class FormatName extends EnumConverter<Format> {
        FormatName() {
            super(Format.class);
        }
    }

    private static final class Most extends IntegerInRange {
        Most() {
            super(1, 100_000);
        }
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        Phrases say = store.phrases();
        if (format == Format.XLSX && out == null) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("impact.out")));
        }
        DecisionQuery period = period();
        Instant to = period.to() == null ? shell.clock().instant() : period.to();
        return store.existing(database -> {
            Policy by = policy == null
                    ? NamedPolicy.live(database, shell, say)
                    : NamedPolicy.of(policy, database, shell, say);
            var archive = new Archive(database);
            Quality found = CountedWork.run(
                    "quality",
                    "cases",
                    () -> archive.countSubjects(period.from(), to),
                    shell,
                    (bar, progress) -> Quality.of(archive, period.from(), to, Long.MAX_VALUE, progress));
            write(found.report(by, format == Format.XLSX ? Integer.MAX_VALUE : most), say);
            return 0;
        });
    }

    private DecisionQuery period() throws CommandFailure {
        Map<String, String> given = new LinkedHashMap<>();
        time.put(given);
        var problems = new ArrayList<Problem>();
        DecisionQuery period = new DecisionQueryParser(ZoneId.systemDefault(), problems::add).read(given);
        if (!problems.isEmpty()) {
            throw CommandFailure.of(CommandFailure.USAGE, problems, store.locale());
        }
        return period;
    }

    private void write(QualityReport report, Phrases say) throws IOException {
        try (OutputStream stream = out == null ? new NonClosingOutputStream(shell.out()) : Files.newOutputStream(out)) {
            switch (format) {
                case TEXT -> stream.write(QualityPage.of(report, say).getBytes(StandardCharsets.UTF_8));
                case JSON -> stream.write((Json.writeIndented(report) + "\n").getBytes(StandardCharsets.UTF_8));
                case XLSX -> QualityWorkbook.write(report, stream);
            }
        }
    }
}
