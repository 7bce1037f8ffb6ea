package liandong.cli.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.CommonOptions;
import liandong.cli.terminal.Terminal;
import liandong.explain.Phrases;
import liandong.export.DroolsTable;
import liandong.policy.Policy;
import liandong.problem.Problem;
import liandong.table.Row;
import liandong.table.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code export}: writes the tables of a policy as decision tables of Drools. */
@Command(
        name = "export",
        description = {
            "Writes each table of a policy as a standard decision table of Drools (*.drl.xlsx).",
            "",
            "One workbook a table, with RuleSet, RuleTable, CONDITION and ACTION, which any Drools project can"
                    + " compile: each declares the types it needs, and its hit policy is part of its rules. To ask it,"
                    + " insert one fact per question and fire all rules; each row that counts inserts an Answer with"
                    + " the row's id and conclusions. The first two lines of the sheet say how facts are given.",
            "",
            "Columns A to C are for people: the row's id, what it says and what it rests on. From column D on the"
                    + " workbook is code. A row stays a rule of the same name as its id, so that Drools and this program"
                    + " give the same reasons.",
            "",
            "Names each file it wrote on standard output. Nothing is written over: DIR must be new or empty.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:every table has been written",
            "1:the policy is wrong, or a row is too long as code; every fault is told with its place",
            "2:the command was called wrongly, or the folder cannot be written"
        },
        footer = {
            "  java -jar target/liandong.jar export drools-tables",
            "  java -jar target/liandong.jar export /srv/export --policy /srv/policy --lang zh"
        })
public final class ExportCommand implements Callable<Integer> {
    private final Terminal shell;

    @Parameters(paramLabel = "DIR", description = "The folder to write to; made when there is none.")
    private Path folder = Path.of(".");

    @Mixin
    private CommonOptions common = new CommonOptions();

    public ExportCommand(Terminal shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        Phrases say = common.phrases();
        checkFolder(say);
        Policy policy = common.policy(shell);
        List<Table<? extends Row>> tables = policy.tables().stream()
                .sorted(Comparator.comparing(DroolsTable::fileName))
                .toList();
        var problems = new ArrayList<Problem>();
        var files = new TreeMap<String, byte[]>();
        for (Table<? extends Row> table : tables) {
            files.put(DroolsTable.fileName(table), DroolsTable.workbook(table, problems::add));
        }
        if (!problems.isEmpty()) {
            throw CommandFailure.of(CommandFailure.BAD, problems, say.locale());
        }
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.write(path, file.getValue());
                shell.out().write((path + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("export.unwritable", folder)));
        }
        shell.out().flush();
        int rows = tables.stream().mapToInt(table -> table.rows().size()).sum();
        shell.err().println(say.of("export.summary", files.size(), rows, folder));
        return 0;
    }

    /** Before the policy is read, so that whoever mistyped the folder need not wait. */
    private void checkFolder(Phrases say) throws CommandFailure {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("export.notFolder", folder)));
        }
        if (Files.isDirectory(folder)) {
            try (Stream<Path> paths = Files.list(folder)) {
                if (paths.findAny().isPresent()) {
                    throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("export.notEmpty", folder)));
                }
            } catch (IOException e) {
                throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("export.unwritable", folder)));
            }
        }
    }
}
