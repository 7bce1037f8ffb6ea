package liandong.cli.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.Findings;
import liandong.cli.terminal.LanguageOption;
import liandong.cli.terminal.Terminal;
import liandong.cli.terminal.WorkbookFile;
import liandong.decision.Decisions;
import liandong.explain.Phrases;
import liandong.incident.Term;
import liandong.incident.Vocabulary;
import liandong.policy.PolicyFiles;
import liandong.policy.PolicyLoader;
import liandong.problem.Problem;
import liandong.workbook.Renamed;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rename}: gives a word of the vocabulary another name, everywhere. */
@Command(
        name = "rename",
        description = {
            "Gives a word of the vocabulary another name, in every table and scenario of a policy that names it, and shows each"
                    + " cell that changes.",
            "",
            "The name it had becomes one of its other names (又名): callers may go on using it. Sentences, such as sources and"
                    + " example texts, stay as they are. Each file is changed in place, its former content kept beside it as"
                    + " FILE.bak; when one file cannot be edited, none is changed.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:renamed, or with --dry-run shown",
            "1:there is no such word, another has the new name, or a file cannot be edited",
            "2:the command was called wrongly, or the policy cannot be read"
        },
        footer = {
            "  java -jar target/liandong.jar rename 单位 区城管局 区综合行政执法局 --policy my --dry-run",
            "  java -jar target/liandong.jar rename 事项 路灯故障 道路照明故障 --policy my"
        })
public final class RenameCommand implements Callable<Integer> {
    /** What divides names in a cell, or is taken for that, and what cannot be seen. */
    private static final Pattern DIVIDING = Pattern.compile("[、，,；;\\p{Cc}\\p{Cf}]");

    private final Terminal shell;

    @Parameters(index = "0", paramLabel = "SET", description = "The sheet of vocabulary.xlsx it stands in, such as 单位.")
    private String sheet = "";

    @Parameters(index = "1", paramLabel = "OLD", description = "The name it has.")
    private String old = "";

    @Parameters(index = "2", paramLabel = "NEW", description = "The name it is to have.")
    private String name = "";

    @Option(names = "--policy", paramLabel = "DIR", required = true, description = "The policy folder.")
    private Path policy = Path.of("");

    @Option(names = "--dry-run", description = "Change nothing; show what would change.")
    private boolean dryRun;

    @Mixin
    private LanguageOption language = new LanguageOption();

    public RenameCommand(Terminal shell) {
        this.shell = shell;
    }

    /** A file of the policy with what becomes of it. */
    private record File(Path path, Renamed.Result renamed) {}

    @Override
    public Integer call() throws CommandFailure, IOException {
        Phrases say = language.phrases();
        PolicyFiles files = PolicyFiles.onlyFolder(policy);
        if (files.tables().isEmpty()) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("check.noPolicy", policy)));
        }
        Renamed.Name word = word(PolicyLoader.vocabulary(files), say);
        List<File> changed = changed(files, word, say);
        int cells = 0;
        for (File file : changed) {
            for (Renamed.Change change : file.renamed().changes()) {
                cells++;
                shell.print(Findings.visible(say.of("rename.cell", change.at(), change.from(), change.to())) + "\n");
            }
        }
        tellRules(files, word, say);
        if (dryRun) {
            shell.err().println(say.of("rename.would", cells, changed.size()));
            return 0;
        }
        for (File file : changed) {
            Path backup =
                    WorkbookFile.replaceKeeping(file.path(), file.renamed().bytes());
            shell.err().println(say.of("format.written", file.path(), backup));
        }
        shell.err().println(say.of("rename.done", cells, changed.size(), policy));
        if (!Renamed.hasAliases(word.set())) {
            shell.err().println(say.of("rename.noAliases", sheet, old));
        }
        return 0;
    }

    /** Rules are code and stay as they are: those that quote the name are told, as they would wait for a word that never comes. */
    private void tellRules(PolicyFiles files, Renamed.Name word, Phrases say) {
        files.rules().forEach((rule, bytes) -> {
            List<String> lines =
                    new String(bytes, StandardCharsets.UTF_8).lines().toList();
            for (int i = 0; rule.endsWith(".drl") && i < lines.size(); i++) {
                if (lines.get(i).contains("\"" + word.from() + "\"")) {
                    shell.err().println(say.of("rename.rule", "rules/" + rule + ":" + (i + 1), word.from()));
                }
            }
        });
    }

    private Renamed.Name word(Vocabulary vocabulary, Phrases say) throws CommandFailure {
        Class<? extends Term> set = Vocabulary.sheetsAndSets().get(sheet);
        if (set == null) {
            String known = String.join("、", Vocabulary.sheetsAndSets().keySet());
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("rename.set", sheet, known)));
        }
        Term word = vocabulary.find(set, old);
        if (word == null || !word.label().equals(old)) {
            String nearest = word == null ? vocabulary.nearest(set, old) : word.label();
            throw failure(
                    nearest == null
                            ? say.of("rename.unknown", old, sheet)
                            : say.of("rename.mistyped", old, sheet, nearest));
        }
        String plain = name.strip();
        Term other = vocabulary.find(set, plain);
        if (plain.isEmpty() || DIVIDING.matcher(plain).find() || plain.startsWith("非 ")) {
            throw failure(say.of("rename.noName", name));
        }
        if (other != null && other != word) {
            throw failure(say.of("rename.taken", plain, other.label()));
        }
        return new Renamed.Name(set, old, plain);
    }

    private static CommandFailure failure(String line) {
        return new CommandFailure(CommandFailure.BAD, List.of(line));
    }

    private List<File> changed(PolicyFiles files, Renamed.Name word, Phrases say) throws CommandFailure {
        var problems = new ArrayList<Problem>();
        var changed = new ArrayList<File>();
        var workbooks = new LinkedHashMap<String, byte[]>();
        files.tables().forEach((file, bytes) -> workbooks.put("decision-tables/" + file, bytes));
        files.scenarios().forEach((file, bytes) -> workbooks.put("decision-tables/scenarios/" + file, bytes));
        for (Map.Entry<String, byte[]> each : workbooks.entrySet()) {
            Path path = existing(policy.resolve(each.getKey()));
            boolean scenario = each.getKey().startsWith("decision-tables/scenarios/");
            String file = each.getKey().substring(each.getKey().lastIndexOf('/') + 1);
            Renamed.@Nullable Result renamed =
                    Renamed.of(file, each.getValue(), scenario ? null : Decisions.schema(), word, problems::add);
            if (renamed != null && !renamed.changes().isEmpty()) {
                changed.add(new File(path, renamed));
            }
        }
        if (!problems.isEmpty()) {
            var lines = new ArrayList<String>();
            lines.add(say.of("rename.refused"));
            problems.forEach(problem -> lines.add("  " + Findings.visible(problem.line(say.locale()))));
            throw new CommandFailure(CommandFailure.BAD, lines);
        }
        return changed;
    }

    /** A workbook whose extension is in capitals is known by small letters. */
    private static Path existing(Path path) {
        Path capitals = path.resolveSibling(path.getFileName().toString().replaceFirst("\\.xlsx$", ".XLSX"));
        return Files.exists(path) || !Files.exists(capitals) ? path : capitals;
    }
}
