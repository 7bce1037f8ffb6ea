package liandong.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Unpacks a policy in memory, whatever the zip claims to hold. */
final class ZippedPolicy {
    static final int MAX_ENTRIES = 1_000;
    static final int MAX_FILE = 32 << 20;
    static final int MAX_ALL = 64 << 20;

    /** Chinese file managers write names in their own encoding unless they mark them as UTF-8. */
    private static final Charset NAMES = Charset.forName("GB18030");

    private static final Pattern PATH =
            Pattern.compile("(?:\\./)?((?:(?!\\.\\./)[^/]+/)?)((?:rules|decision-tables(?:/scenarios)?)/[^/]+)");

    private ZippedPolicy() {}

    static @Nullable PolicyFiles read(String label, byte[] bytes, Consumer<Problem> problems) {
        var at = new FileRef(label);
        var files = new TreeMap<String, byte[]>();
        int entries = 0;
        int all = 0;
        String folder = null;
        var others = new TreeSet<String>();
        try (ZipFile zip =
                ZipFile.builder().setByteArray(bytes).setCharset(NAMES).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                if (++entries > MAX_ENTRIES) {
                    problems.accept(Problem.of(Code.TOO_LARGE, at, label, MAX_ENTRIES));
                    return null;
                }
                Matcher path = PATH.matcher(entry.getName().replace('\\', '/'));
                if (entry.isDirectory() || !path.matches()) {
                    continue;
                }
                String name = PolicyFiles.plain(path.group(2));
                if (!PolicyFiles.isPolicy(name) || files.containsKey(name)) {
                    if (PolicyFiles.isMeant(path.group(2))) {
                        others.add(path.group(2));
                    }
                    continue;
                }
                boolean another = folder != null && !folder.equals(path.group(1));
                if (another || !zip.canReadEntryData(entry)) {
                    problems.accept(Problem.of(Code.UNREADABLE_ARCHIVE, at));
                    return null;
                }
                folder = path.group(1);
                int limit = Math.min(MAX_FILE, MAX_ALL - all);
                byte[] content;
                try (InputStream in = zip.getInputStream(entry)) {
                    content = in.readNBytes(limit + 1);
                }
                if (content.length > limit) {
                    problems.accept(Problem.of(
                            Code.TOO_LARGE,
                            at,
                            entry.getName(),
                            (MAX_FILE >> 20) + " MiB, " + (MAX_ALL >> 20) + " MiB"));
                    return null;
                }
                all += content.length;
                files.put(name, content);
            }
        } catch (IOException | RuntimeException e) { // the zip reader may throw any RuntimeException on malformed input
            problems.accept(Problem.of(Code.UNREADABLE_ARCHIVE, at));
            return null;
        }
        if (files.isEmpty()) {
            problems.accept(Problem.of(Code.UNREADABLE_ARCHIVE, at));
            return null;
        }
        return new PolicyFiles(label, files, List.copyOf(others));
    }
}
