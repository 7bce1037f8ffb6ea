package liandong.publication;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import liandong.incident.Member;
import liandong.policy.PolicyFiles;
import liandong.publication.SheetDiff.Change;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two policies: their files, rules line by line, tables and words row by row and cell by cell.
 *
 * @param from the hash of the old content
 * @param to the hash of the new content
 * @param files the files that differ, by path
 */
public record PolicyDiff(
        @Member(meaning = "the hash of the old content", example = PolicyJson.HASH)
        String from,

        @Member(meaning = "the hash of the new content", example = PolicyJson.HASH)
        String to,

        @Member(meaning = "the files that differ, by path") List<FileDiff> files) {
    /**
     * A file that differs.
     *
     * @param path within the policy
     * @param change what became of it
     * @param text of a rule file, its lines in the unified format; empty for workbooks
     * @param sheets of a workbook, the sheets that differ; empty when only its looks do
     */
    public record FileDiff(
            @Member(meaning = "its path within the policy", example = "\"decision-tables/routing.xlsx\"")
            String path,

            @Member(meaning = "what became of it") Change change,

            @Member(
                    meaning = "of a rule file, its lines in the unified format; absent for workbooks",
                    leftOutWhenEmpty = true,
                    example = "\"@@ -1,1 +1,1 @@\\n-old\\n+new\\n\"")
            String text,

            @Member(
                    meaning = "of a workbook, the sheets that differ; absent when only its looks do",
                    leftOutWhenEmpty = true)
            List<SheetDiff> sheets) {}

    /** Compares two policies. */
    public static PolicyDiff between(PolicyFiles from, PolicyFiles to) {
        var paths = new TreeSet<>(from.files().keySet());
        paths.addAll(to.files().keySet());
        var files = new ArrayList<FileDiff>();
        for (String path : paths) {
            byte[] old = from.files().get(path);
            byte[] now = to.files().get(path);
            if (!Arrays.equals(old, now)) {
                Change change = old == null ? Change.ADDED : now == null ? Change.REMOVED : Change.CHANGED;
                boolean workbook = path.endsWith(".xlsx");
                files.add(new FileDiff(
                        path,
                        change,
                        workbook ? "" : TextDiff.unified(text(old), text(now)),
                        workbook ? SheetDiff.between(path.substring(path.lastIndexOf('/') + 1), old, now) : List.of()));
            }
        }
        return new PolicyDiff(from.content(), to.content(), List.copyOf(files));
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
