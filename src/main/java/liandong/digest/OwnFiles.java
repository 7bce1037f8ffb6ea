package liandong.digest;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the program brings beside its classes, and what names these: for what is made of both when the program is built. */
public final class OwnFiles {
    /** Beside this class: the name of all classes. */
    private static final String NAMED = "classes.txt";

    /** What names the classes, once hundreds of files have been read for it. */
    private static volatile @Nullable String named;

    private OwnFiles() {}

    /**
     * A file that lies where a class of the program does: in the same jar, or the same folder of classes.
     *
     * @param name its name from there
     * @return null when there is none, or only one that somebody else has put before the program's own
     */
    public static byte @Nullable [] beside(Class<?> type, String name) throws IOException {
        URL file = type.getResource(name);
        String folder = folder(of(type).toString());
        if (file == null || !file.toString().startsWith(folder + "/")) {
            return null;
        }
        try (InputStream in = file.openStream()) {
            return in.readAllBytes();
        }
    }

    /** Whether the classes lie in a folder, where they are compiled one by one; in a jar all files belong together. */
    public static boolean areInFolder() {
        return of(OwnFiles.class).getProtocol().equals("file");
    }

    /**
     * Writes down what names the program's classes, for when they lie in a jar.
     *
     * @param root the folder of the program's classes
     */
    public static void name(Path root) throws IOException {
        Files.writeString(root.resolve("liandong/digest").resolve(NAMED), classes());
    }

    /** What names all of the program's classes, wherever they lie; null when it was not written down. */
    public static @Nullable String program() throws IOException {
        if (areInFolder()) {
            return classes();
        }
        byte[] written = beside(OwnFiles.class, NAMED);
        return written == null ? null : new String(written, StandardCharsets.UTF_8);
    }

    /** What names all of the program's classes, while they lie in a folder; empty in a jar. */
    public static String classes() throws IOException {
        if (!areInFolder()) {
            return "";
        }
        String known = named;
        if (known == null) {
            known = nameOfClasses();
            named = known;
        }
        return known;
    }

    private static String nameOfClasses() throws IOException {
        Path root = Path.of(uri(of(OwnFiles.class))).resolve("../../..").normalize();
        MessageDigest digest = Sha256.digest();
        List<Path> classes;
        try (Stream<Path> all = Files.walk(root)) {
            classes = all.filter(file -> file.toString().endsWith(".class"))
                    .sorted(Comparator.comparing(file -> name(root, file)))
                    .toList();
        }
        for (Path file : classes) {
            byte[] name = name(root, file).getBytes(StandardCharsets.UTF_8);
            byte[] bytes = Files.readAllBytes(file);
            digest.update(ByteBuffer.allocate(8)
                    .putInt(name.length)
                    .putInt(bytes.length)
                    .array());
            digest.update(name);
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** What a class is called, whatever the system writes between folders: two builds of one commit give the same jar. */
    private static String name(Path root, Path file) {
        return root.relativize(file).toString().replace(File.separatorChar, '/');
    }

    private static URL of(Class<?> type) {
        URL own = type.getResource(type.getSimpleName() + ".class");
        if (own == null) {
            throw new IllegalStateException("a class that runs has a class file");
        }
        return own;
    }

    private static String folder(String url) {
        return url.substring(0, url.lastIndexOf('/'));
    }

    private static URI uri(URL file) {
        try {
            return file.toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("where a class was found is an address", e);
        }
    }
}
