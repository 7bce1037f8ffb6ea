package liandong.cli.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.Terminal;
import liandong.decision.Decision;
import liandong.explain.Phrases;
import liandong.policy.Policy;
import liandong.problem.Problem;
import liandong.scenario.RecordedCase;
import liandong.scenario.ScenarioBook;
import liandong.scenario.ScenarioReader;
import liandong.wire.BadRequestException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The option to keep what was asked and answered as scenarios. */
public final class SaveOption {
    /** More is no workbook that a person goes through. */
    public static final int MOST = 5_000;

    @Option(
            names = "--save-as-scenario",
            paramLabel = "FILE.xlsx",
            description =
                    "Add each request and its answer to this scenario workbook as a case marked 待确认; it is made if"
                            + " it is not there. Texts are kept as they were given, personal ones included.")
    private @Nullable Path file;

    private final List<RecordedCase> cases = new ArrayList<>();
    private int left;

    /** Takes note of a request and its answer, if they are to be kept. */
    public ObjectNode kept(Policy policy, Decision<?, ?> kind, JsonNode request, ObjectNode answer)
            throws BadRequestException {
        if (file != null) {
            if (cases.size() < MOST) {
                cases.add(RecordedCase.of(policy, kind, request, answer));
            } else {
                left++;
            }
        }
        return answer;
    }

    /**
     * Writes what has been noted, and says so.
     *
     * @throws CommandFailure if the workbook cannot be read or written
     */
    public void write(Policy policy, Terminal shell, Phrases say) throws CommandFailure {
        if (file == null) {
            return;
        }
        write(file, cases, left, policy, shell, say);
    }

    /**
     * Adds cases to a scenario workbook, which is made if it is not there.
     *
     * @param left how many more there were than a workbook is given
     * @throws CommandFailure if the workbook cannot be read or written
     */
    public static void write(Path file, List<RecordedCase> cases, int left, Policy policy, Terminal shell, Phrases say)
            throws CommandFailure {
        String name = file.getFileName().toString();
        byte[] before = null;
        var taken = new HashSet<String>();
        try {
            if (Files.exists(file)) {
                before = Files.readAllBytes(file);
                var files = new TreeMap<String, byte[]>();
                files.put(name, before);
                var known = ScenarioReader.read(policy, files);
                known.cases().forEach(each -> taken.add(each.id()));
                known.broken().forEach(each -> taken.add(each.id()));
            }
            if (cases.isEmpty()) {
                shell.err().println(say.of("save.none", file));
                return;
            }
            var problems = new ArrayList<Problem>();
            var ids = new ArrayList<String>();
            byte[] after = ScenarioBook.with(name, before, cases, policy.vocabulary(), taken, ids::add, problems::add);
            if (after == null) {
                throw CommandFailure.of(CommandFailure.USAGE, problems, say.locale());
            }
            if (file.toAbsolutePath().getParent() != null) {
                Files.createDirectories(file.toAbsolutePath().getParent());
            }
            Files.write(file, after);
            shell.err().println(say.of("save.done", ids.size(), file, ids.get(0), ids.get(ids.size() - 1)));
            if (left > 0) {
                shell.err().println(say.of("save.left", left, MOST));
            }
            shell.next(say, "saved", file);
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("test.unwritable", file)));
        }
    }
}
