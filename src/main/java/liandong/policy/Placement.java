package liandong.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.sheet.SheetData;
import liandong.sheet.WorkbookReader;
import org.jspecify.annotations.Nullable;

/**
 * Which workbook of a policy another one takes the place of: the one that has most of its sheets. Names say little, as tables
 * and scenarios may have workbooks of one name and people call copies as they like.
 */
final class Placement {
    private final PolicyFiles policy;
    private final Map<String, Set<String>> sheets = new TreeMap<>();

    /** Looks at the workbooks of a policy. */
    Placement(PolicyFiles policy) {
        this.policy = policy;
        policy.files().forEach((path, bytes) -> {
            if (path.startsWith(PolicyFiles.TABLES)) {
                sheets.put(path, sheets(bytes));
            }
        });
    }

    /**
     * Puts a file where it belongs.
     *
     * @param name its own name, without folder
     * @param bytes its content
     * @param files the policy's files by path, which are changed
     * @param problems gets a workbook of which it cannot be said which one it replaces
     * @return whether it was put
     */
    boolean put(String name, byte[] bytes, Map<String, byte[]> files, Consumer<Problem> problems) {
        if (PolicyFiles.isRule(name)) {
            files.put(PolicyFiles.RULES + PolicyFiles.plain(name), bytes);
            return true;
        }
        if (!PolicyFiles.isPolicy(PolicyFiles.TABLES + name)) {
            problems.accept(Problem.of(Code.PASSED_OVER_FILE, new FileRef(name))); // or a draft would be made of it
            return false;
        }
        Set<String> own = sheets(bytes);
        List<String> likest = likest(own);
        String instead = likest.size() == 1 ? likest.get(0) : named(name, likest);
        if (instead == null && likest.stream().anyMatch(path -> !isScenario(path))) {
            String shared = Objects.requireNonNull(sheets.get(likest.get(0))).stream()
                    .filter(own::contains)
                    .sorted()
                    .collect(Collectors.joining("、"));
            problems.accept(
                    Problem.of(Code.AMBIGUOUS_WORKBOOK, new FileRef(name), name, String.join(", ", likest), shared));
            return false;
        }
        // A scenario workbook like several others and named as none of them is one more.
        boolean scenario = instead == null ? !likest.isEmpty() : isScenario(instead);
        String path = (scenario ? PolicyFiles.SCENARIOS : PolicyFiles.TABLES) + PolicyFiles.plain(name);
        if (instead != null) {
            files.remove(instead);
            // Under a name that means something, or that another workbook has, it keeps the one of what it replaces.
            path = PolicyLoader.isFixed(instead) || files.containsKey(path) ? instead : path;
        }
        files.put(path, bytes);
        return true;
    }

    /** The workbooks that have most of some sheets; all that have none when none has any. */
    private List<String> likest(Set<String> own) {
        var likest = new ArrayList<String>();
        long most = 1;
        for (Map.Entry<String, Set<String>> each : sheets.entrySet()) {
            long shared = each.getValue().stream().filter(own::contains).count();
            if (shared > most) {
                likest.clear();
                most = shared;
            }
            if (shared == most) {
                likest.add(each.getKey());
            }
        }
        return likest;
    }

    /**
     * The one that has a name, of some workbooks that are equally like; of all when there are none, the tables first: what
     * cannot be read is told of where its sender believes it to be.
     */
    private @Nullable String named(String name, List<String> likest) {
        for (String path : new String[] {PolicyFiles.TABLES + name, PolicyFiles.SCENARIOS + name}) {
            if (likest.isEmpty() ? policy.files().containsKey(path) : likest.contains(path)) {
                return path;
            }
        }
        return null;
    }

    private static boolean isScenario(String path) {
        return path.startsWith(PolicyFiles.SCENARIOS);
    }

    private static Set<String> sheets(byte[] workbook) {
        return WorkbookReader.read("", workbook, problem -> {}).stream()
                .map(SheetData::name)
                .filter(name -> !name.equals(PolicyLoader.GUIDE))
                .collect(Collectors.toSet());
    }
}
