package liandong.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import liandong.table.WorkbookReader;

/**
 * The files of a policy as bytes: {@code rules/*.drl}, {@code rules/*.drl.xlsx} and {@code decision-tables/*.xlsx}, read whole at one moment.
 *
 * @param label what people call the policy
 * @param files contents by path relative to the policy folder, with {@code /}; sorted
 */
public record PolicyFiles(String label, SortedMap<String, byte[]> files) {
    private static final String RULES = "rules/";
    private static final String TABLES = "decision-tables/";
    private static final String STOCK = "policy/";

    /** The policy that travels inside the program. */
    public static PolicyFiles stock() {
        URL url = Objects.requireNonNull(PolicyFiles.class.getClassLoader().getResource(STOCK + "rules"));
        try {
            if (url.openConnection() instanceof JarURLConnection jar) {
                return new PolicyFiles("stock", inJar(jar.getJarFile()));
            }
            return new PolicyFiles("stock", inFolder(Path.of(url.toURI()).resolve("..")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The policy of a folder. A folder without {@code rules/} uses the stock rules.
     *
     * @throws IOException if the folder cannot be read
     */
    public static PolicyFiles folder(Path folder) throws IOException {
        SortedMap<String, byte[]> files = inFolder(folder);
        if (files.keySet().stream().noneMatch(path -> path.startsWith(RULES))) {
            stock().files.forEach((path, bytes) -> {
                if (path.startsWith(RULES)) {
                    files.put(path, bytes);
                }
            });
        }
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return new PolicyFiles(name == null ? "/" : name.toString(), files);
    }

    private static SortedMap<String, byte[]> inFolder(Path folder) throws IOException {
        var files = new TreeMap<String, byte[]>();
        for (String part : new String[] {RULES, TABLES}) {
            Path directory = folder.resolve(part);
            if (Files.isDirectory(directory)) {
                try (Stream<Path> paths = Files.list(directory)) {
                    for (Path path : (Iterable<Path>) paths::iterator) {
                        String name = part + path.getFileName();
                        if (isPolicy(name)) {
                            files.put(name, bytes(path));
                        }
                    }
                }
            }
        }
        return files;
    }

    /** A file's content, of one that is too large only so much that it is found to be. */
    private static byte[] bytes(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(WorkbookReader.MAX_FILE + 1);
        }
    }

    private static SortedMap<String, byte[]> inJar(JarFile jar) throws IOException {
        var files = new TreeMap<String, byte[]>();
        for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
            if (entry.getName().startsWith(STOCK)) {
                String name = entry.getName().substring(STOCK.length());
                if (isPolicy(name)) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        files.put(name, in.readAllBytes());
                    }
                }
            }
        }
        return files;
    }

    /** Spreadsheet programs leave lock files such as {@code ~$routing.xlsx} beside the file that is open. */
    private static boolean isPolicy(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        // A workbook whose name is wrong for rules is told of when they are read.
        boolean rule = path.startsWith(RULES) && (name.endsWith(".drl") || name.endsWith(".xlsx"));
        boolean table = path.startsWith(TABLES) && path.indexOf('/') == path.lastIndexOf('/') && name.endsWith(".xlsx");
        return (rule || table) && !name.startsWith("~$") && !name.startsWith(".");
    }

    /** SHA-256 of all paths and contents, in hexadecimal: the same policy has the same version everywhere. */
    public String version() {
        return hash(files);
    }

    /** SHA-256 of names and contents, in the order they are given in. */
    static String hash(Map<String, byte[]> files) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                byte[] path = file.getKey().getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(8)
                        .putInt(path.length)
                        .putInt(file.getValue().length)
                        .array());
                digest.update(path);
                digest.update(file.getValue());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    Map<String, byte[]> rules() {
        return part(RULES);
    }

    Map<String, byte[]> tables() {
        return part(TABLES);
    }

    /** The files of one part by their name within it. */
    private SortedMap<String, byte[]> part(String part) {
        var own = new TreeMap<String, byte[]>();
        files.forEach((path, bytes) -> {
            if (path.startsWith(part)) {
                own.put(path.substring(part.length()), bytes);
            }
        });
        return own;
    }
}
