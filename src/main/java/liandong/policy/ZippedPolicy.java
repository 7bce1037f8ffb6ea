package liandong.policy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Unpacks a policy in memory, whatever the zip claims to hold. */
final class ZippedPolicy {
    static final int MAX_ENTRIES = 1_000;
    static final int MAX_FILE = 32 << 20;
    static final int MAX_ALL = 64 << 20;

    /** Chinese file managers write names in their own encoding unless they mark them as UTF-8. */
    private static final Charset NAMES = Charset.forName("GB18030");

    private static final Pattern PATH = Pattern.compile("(?:\\./)?((?:[^/]+/)?)((?:rules|decision-tables)/[^/]+)");

    private ZippedPolicy() {}

    static @Nullable PolicyFiles read(String label, byte[] bytes, Consumer<Problem> problems) {
        var at = new FileRef(label);
        var files = new TreeMap<String, byte[]>();
        int entries = 0;
        int all = 0;
        String folder = null;
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes), NAMES)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++entries > MAX_ENTRIES) {
                    problems.accept(Problem.of(Code.TOO_LARGE, at, label, MAX_ENTRIES));
                    return null;
                }
                String name = entry.getName();
                Matcher path = PATH.matcher(name.replace('\\', '/'));
                boolean wanted = !entry.isDirectory() && path.matches() && PolicyFiles.isPolicy(path.group(2));
                // What is not wanted has to be inflated too, to get past it.
                int limit = Math.min(MAX_FILE, MAX_ALL - all);
                byte[] content = wanted ? zip.readNBytes(limit + 1) : null;
                int length = content == null ? skipped(zip, limit) : content.length;
                if (length > limit) {
                    problems.accept(Problem.of(Code.TOO_LARGE, at, name, MAX_FILE + " B, " + MAX_ALL + " B"));
                    return null;
                }
                all += length;
                if (content != null) {
                    if (folder != null && !folder.equals(path.group(1))) {
                        problems.accept(Problem.of(Code.UNREADABLE_ARCHIVE, at));
                        return null;
                    }
                    folder = path.group(1);
                    files.put(path.group(2), content);
                }
            }
        } catch (IOException | IllegalArgumentException e) { // the latter for names in no known encoding
            problems.accept(Problem.of(Code.UNREADABLE_ARCHIVE, at));
            return null;
        }
        if (files.isEmpty()) {
            problems.accept(Problem.of(Code.UNREADABLE_ARCHIVE, at));
            return null;
        }
        return new PolicyFiles(label, files);
    }

    private static int skipped(ZipInputStream zip, int limit) throws IOException {
        byte[] buffer = new byte[1 << 13];
        int length = 0;
        for (int read = zip.read(buffer); read >= 0 && length <= limit; read = zip.read(buffer)) {
            length += read;
        }
        return length;
    }
}
