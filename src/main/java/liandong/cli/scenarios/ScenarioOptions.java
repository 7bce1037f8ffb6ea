package liandong.cli.scenarios;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.CommonOptions;
import liandong.cli.terminal.LanguageOption;
import liandong.cli.terminal.Terminal;
import liandong.explain.Phrases;
import liandong.policy.Policy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of all commands that run scenarios: of which policy, which ones, and the language. */
final class ScenarioOptions {
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

    @Mixin
    private LanguageOption language = new LanguageOption();

    Locale locale() {
        return language.locale();
    }

    Phrases phrases() {
        return language.phrases();
    }

    /**
     * The policy to run them by.
     *
     * @throws CommandFailure if it cannot be used; says everything that is wrong with it
     */
    Policy policy(Terminal shell) throws CommandFailure {
        return CommonOptions.policy(folder, shell, phrases());
    }

    /**
     * Scenario workbooks by name: the given files, else those of the policy.
     *
     * @throws CommandFailure if there are none, or one cannot be read
     */
    SortedMap<String, byte[]> workbooks(Policy policy) throws CommandFailure {
        var workbooks = new TreeMap<String, byte[]>();
        for (Path file : files) {
            try {
                workbooks.put(file.getFileName().toString(), Files.readAllBytes(file));
            } catch (IOException e) {
                throw new CommandFailure(
                        CommandFailure.USAGE,
                        List.of(phrases().of(Files.exists(file) ? "input.unreadable" : "input.missing", file)));
            }
        }
        if (files.isEmpty()) {
            workbooks.putAll(policy.files().scenarios());
        }
        if (workbooks.isEmpty()) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(phrases().of("test.none", policy.label())));
        }
        return workbooks;
    }

    /**
     * Where a workbook that {@link #workbooks} gave lies.
     *
     * @throws CommandFailure if it lies in no file, as the stock policy's do
     */
    Path file(String name) throws CommandFailure {
        for (Path file : files) {
            if (file.getFileName().toString().equals(name)) {
                return file;
            }
        }
        Path inPolicy = folder == null
                ? null
                : folder.resolve("decision-tables/scenarios").resolve(name);
        if (inPolicy == null || !Files.exists(inPolicy)) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(phrases().of("accept.nowhere", name)));
        }
        return inPolicy;
    }

    /**
     * Whether {@link #workbooks} gave every workbook of the folder in which they lie.
     *
     * @throws IOException if the folder cannot be read
     */
    boolean isWhole() throws IOException {
        Path place = place();
        if (files.isEmpty() || place == null) {
            return true;
        }
        Set<Path> given =
                files.stream().map(file -> file.toAbsolutePath().normalize()).collect(Collectors.toSet());
        try (DirectoryStream<Path> workbooks = Files.newDirectoryStream(place.normalize(), "*.xlsx")) {
            for (Path each : workbooks) {
                String name = each.getFileName().toString();
                if (!name.startsWith("~$") && !name.startsWith(".") && !given.contains(each)) {
                    return false;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return true;
    }

    /** The folder in which the workbooks lie; null when they lie in none, as the stock policy's do. */
    @Nullable
    Path place() {
        if (!files.isEmpty()) {
            return files.get(0).toAbsolutePath().getParent();
        }
        Path inPolicy = folder == null ? null : folder.resolve("decision-tables/scenarios");
        return inPolicy == null || !Files.isDirectory(inPolicy) ? null : inPolicy;
    }

    /**
     * Writes a file, whose folder is made if need be.
     *
     * @throws CommandFailure if it cannot be written
     */
    void write(Path file, byte[] bytes) throws CommandFailure {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(phrases().of("test.unwritable", file)));
        }
    }

    /**
     * Writes workbooks into a folder, which is made if need be.
     *
     * @throws CommandFailure if one cannot be written
     */
    void write(Path folder, SortedMap<String, byte[]> workbooks) throws CommandFailure {
        for (var workbook : workbooks.entrySet()) {
            write(folder.resolve(workbook.getKey()), workbook.getValue());
        }
    }
}
