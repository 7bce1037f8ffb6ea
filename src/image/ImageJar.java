import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Copies the program's jar for an image: {@code java ImageJar.java JAR COPY KEEP LIBRARIES}.
 *
 * <p>Machine code that libraries bring for other systems stays behind; KEEP is a pattern of the paths that do not. That of
 * SQLite is put into the folder LIBRARIES, where Java finds it: else it would be unpacked at each start, into a folder from which
 * nothing may be run where engines mount it so. What is in the libraries is not deflated: the image is, over all of them, which makes it a tenth smaller. Contents and times stay as they are.
 */
final class ImageJar {
    private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|dylib|jnilib|a)");
    private static final Pattern BRINGS_NATIVES = Pattern.compile("(sqlite-jdbc|snappy-java|zstd-jni)-[^/]*\\.jar");
    private static final String LIBRARIES = "BOOT-INF/lib/";

    private final Pattern keep;
    private final Path libraries;

    private ImageJar(Pattern keep, Path libraries) {
        this.keep = keep;
        this.libraries = libraries;
    }

    public static void main(String[] arguments) throws IOException {
        Pattern keep = Pattern.compile(arguments[2]);
        try (InputStream from = Files.newInputStream(Path.of(arguments[0]));
                OutputStream to = Files.newOutputStream(Path.of(arguments[1]))) {
            new ImageJar(keep, Path.of(arguments[3])).copy(from, to, "");
        }
    }

    /**
     * Copies a jar.
     *
     * @param library its name; empty for the program's own
     */
    private void copy(InputStream from, OutputStream to, String library) throws IOException {
        boolean natives = BRINGS_NATIVES.matcher(library).matches();
        var in = new ZipInputStream(from);
        var out = new ZipOutputStream(to);
        for (ZipEntry each = in.getNextEntry(); each != null; each = in.getNextEntry()) {
            String name = each.getName();
            if (natives && NATIVE.matcher(name).matches() && !keep.matcher(name).find()) {
                continue;
            }
            byte[] content = in.readAllBytes();
            if (natives && library.startsWith("sqlite-") && NATIVE.matcher(name).matches()) {
                Files.write(libraries.resolve(name.substring(name.lastIndexOf('/') + 1)), content);
                continue;
            }
            if (library.isEmpty() && name.startsWith(LIBRARIES) && name.endsWith(".jar")) {
                var less = new ByteArrayOutputStream();
                copy(new ByteArrayInputStream(content), less, name.substring(LIBRARIES.length()));
                content = less.toByteArray();
            }
            var entry = new ZipEntry(name);
            entry.setTimeLocal(each.getTimeLocal());
            // As the launcher wants the jars within the jar anyway.
            if (!library.isEmpty() || each.getMethod() == ZipEntry.STORED) {
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(content.length);
                var sum = new CRC32();
                sum.update(content);
                entry.setCrc(sum.getValue());
            }
            out.putNextEntry(entry);
            out.write(content);
        }
        out.finish();
    }
}
