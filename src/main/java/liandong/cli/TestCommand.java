package liandong.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import liandong.policy.Policy;
import liandong.scenario.Cases.Result;
import liandong.scenario.Coverage;
import liandong.scenario.Painter;
import liandong.scenario.Scenario;
import liandong.scenario.ScenarioReader;
import liandong.scenario.Scenarios;
import liandong.scenario.TestReport;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code test}: runs the scenarios of a policy. */
@Command(
        name = "test",
        description = {
            "Runs scenarios against a policy: does each case get the answer that its row expects?",
            "",
            "A scenario workbook has a sheet for each decision and a row for each case; its sheet 说明 explains the"
                    + " columns. Every case is asked as a caller would ask the service. A case that cannot be understood"
                    + " is told of at its cell, and the rest go on. Tells what the cases have shown of the policy, too:"
                    + " the rows that decided, and the conditions that were put to the test.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every case passed",
            "1:a case failed or cannot be understood, or the policy is wrong; every fault is told with its place",
            "2:the command was called wrongly, or a file cannot be read or written"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar target/liandong.jar test",
            "  java -jar target/liandong.jar test my --scenarios draft.xlsx --annotated out",
            "  java -jar target/liandong.jar test my --format junit > scenarios.xml"
        })
final class TestCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "Policy folder; the stock policy inside the program unless given.")
    private @Nullable Path folder;

    @Option(
            names = "--scenarios",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Scenario workbooks; those in DIR/decision-tables/scenarios unless given.")
    private List<Path> files = List.of();

    @Option(
            names = "--format",
            paramLabel = "text|json|junit",
            converter = FormatName.class,
            description = "What to print: text for people (unless given), one JSON document, or JUnit XML.")
    private Format format = Format.TEXT;

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
            names = "--lang",
            paramLabel = "zh|en",
            converter = CommonOptions.Language.class,
            description = "Language of what is said to people: Chinese or English; that of the system unless given.")
    private Locale language = Locale.getDefault();

    private long done;

    TestCommand(Shell shell) {
        this.shell = shell;
    }

    private enum Format {
        TEXT,
        JSON,
        JUNIT
    }

    private static final class FormatName implements ITypeConverter<Format> {
        @Override
        public Format convert(String text) {
            for (Format format : Format.values()) {
                if (format.name().equalsIgnoreCase(text)) {
                    return format;
                }
            }
            throw new TypeConversionException("'" + text + "' is none of text, json, junit");
        }
    }

    @Override
    public Integer call() throws Stop, IOException {
        var say = new Phrases(language);
        Policy policy = CommonOptions.policy(folder, shell, say);
        SortedMap<String, byte[]> workbooks = workbooks(files, policy, say);
        Scenarios scenarios = ScenarioReader.read(policy, workbooks);
        var shown = new Coverage(policy);
        var results = new ArrayList<Result>();
        try (Bar bar = new Bar("test", scenarios.cases().size(), "cases", () -> done, shell)) {
            for (Scenario scenario : scenarios.cases()) {
                results.add(shown.run(scenario));
                done++;
                bar.step();
            }
        }
        var report = new TestReport(policy, List.copyOf(results), scenarios.broken(), scenarios.problems());
        String text = switch (format) {
            case TEXT -> TestPage.of(report, shown, say);
            case JSON -> Json.writeIndented(report.json(language, shown)) + "\n";
            case JUNIT -> report.junit(language);
        };
        shell.out().write(text.getBytes(StandardCharsets.UTF_8));
        shell.out().flush();
        if (annotated != null) {
            write(annotated, Painter.annotated(workbooks, report, language), say);
        }
        if (coverage != null) {
            write(coverage, Painter.painted(policy.files().tables(), shown, language), say);
        }
        return report.good() ? 0 : Stop.BAD;
    }

    /**
     * Scenario workbooks by name: the given files, else those of the policy.
     *
     * @throws Stop if there are none, or one cannot be read
     */
    static SortedMap<String, byte[]> workbooks(List<Path> files, Policy policy, Phrases say) throws Stop {
        var workbooks = new TreeMap<String, byte[]>();
        for (Path file : files) {
            try {
                workbooks.put(file.getFileName().toString(), Files.readAllBytes(file));
            } catch (IOException e) {
                throw new Stop(
                        Stop.USAGE, List.of(say.of(Files.exists(file) ? "input.unreadable" : "input.missing", file)));
            }
        }
        if (files.isEmpty()) {
            workbooks.putAll(policy.files().scenarios());
        }
        if (workbooks.isEmpty()) {
            throw new Stop(Stop.USAGE, List.of(say.of("test.none", policy.label())));
        }
        return workbooks;
    }

    /** Writes files into a folder, which is made if need be. */
    static void write(Path folder, SortedMap<String, byte[]> files, Phrases say) throws Stop {
        for (var file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            try {
                Files.createDirectories(folder);
                Files.write(path, file.getValue());
            } catch (IOException e) {
                throw new Stop(Stop.USAGE, List.of(say.of("test.unwritable", path)));
            }
        }
    }
}
