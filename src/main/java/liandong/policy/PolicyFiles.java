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
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import liandong.digest.Sha256;
import liandong.problem.Problem;
import liandong.sheet.WorkbookReader;
import org.jspecify.annotations.Nullable;

/**
 * The files of a policy as bytes: {@code rules/*.drl}, {@code rules/*.drl.xlsx} and {@code decision-tables/*.xlsx}, scenarios
 * included, read whole at one moment.
 *
 * @param label what people call the policy
 * @param files contents by path relative to the policy folder, with {@code /}; sorted
 * @param passedOver paths of files that lie among them and are not read, for a person to be told; sorted
 */
public record PolicyFiles(String label, SortedMap<String, byte[]> files, List<String> passedOver) {
    static final String RULES = "rules/";
    static final String TABLES = "decision-tables/";
    static final String SCENARIOS = TABLES + "scenarios/";
    private static final String STOCK = "policy/";

    /** Files among which none is passed over. */
    public PolicyFiles(String label, SortedMap<String, byte[]> files) {
        this(label, files, List.of());
    }

    /** The policy that travels inside the program. */
    public static PolicyFiles stock() {
        URL url = Objects.requireNonNull(PolicyFiles.class.getClassLoader().getResource(STOCK + "rules"));
        try {
            if (url.openConnection() instanceof JarURLConnection jar) {
                return new PolicyFiles("stock", inJar(jar.getJarFile()));
            }
            return inFolder("stock", Path.of(url.toURI()).resolve(".."));
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
        PolicyFiles files = onlyFolder(folder);
        return files.rules().isEmpty() ? files.withRulesOf(stock()) : files;
    }

    /**
     * What is in a folder and nothing else.
     *
     * @throws IOException if the folder cannot be read
     */
    public static PolicyFiles onlyFolder(Path folder) throws IOException {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return inFolder(name == null ? "/" : name.toString(), folder);
    }

    /**
     * The policy of a zip, in whose root, or in whose only folder, {@code decision-tables/} and {@code rules/} lie.
     * Without {@code rules/} it has none.
     *
     * <p>Nothing is written to disk, and no more is unpacked than a policy may have.
     *
     * @param problems gets a zip that cannot be read, holds no policy, or is too large
     * @return null when it cannot be used
     */
    public static @Nullable PolicyFiles zip(String label, byte[] zip, Consumer<Problem> problems) {
        return ZippedPolicy.read(label, zip, problems);
    }

    /** These tables with the rules of another policy. */
    public PolicyFiles withRulesOf(PolicyFiles other) {
        return withPartOf(other, RULES);
    }

    /** These tables and rules with the scenarios of another policy. */
    public PolicyFiles withScenariosOf(PolicyFiles other) {
        return withPartOf(other, SCENARIOS);
    }

    private PolicyFiles withPartOf(PolicyFiles other, String part) {
        var all = new TreeMap<>(files);
        all.keySet().removeIf(path -> path.startsWith(part));
        other.files.forEach((path, bytes) -> {
            if (path.startsWith(part)) {
                all.put(path, bytes);
            }
        });
        return new PolicyFiles(label, all, passedOver);
    }

    /**
     * This policy with other files in the place of its own: of the workbook that has most of another's sheets, whatever it is
     * called, and of the rule file of the same name.
     *
     * @param others contents by file name without folder
     * @param problems gets a workbook of which it cannot be said which one it replaces
     * @return null when there is such a workbook
     */
    public @Nullable PolicyFiles replacing(Map<String, byte[]> others, Consumer<Problem> problems) {
        var all = new TreeMap<>(files);
        var placement = new Placement(this);
        boolean put = true;
        for (Map.Entry<String, byte[]> other : others.entrySet()) {
            put &= placement.put(other.getKey(), other.getValue(), all, problems);
        }
        return put ? new PolicyFiles(label, all, passedOver) : null;
    }

    private static PolicyFiles inFolder(String label, Path folder) throws IOException {
        var files = new TreeMap<String, byte[]>();
        var others = new TreeSet<String>();
        for (String part : new String[] {RULES, TABLES, SCENARIOS}) {
            Path directory = folder.resolve(part);
            if (Files.isDirectory(directory)) {
                try (Stream<Path> paths = Files.list(directory)) {
                    // Of two names that differ in capitals alone, the one in small letters counts on every file system.
                    for (Path path : paths.sorted(
                                    Comparator.comparing(Path::toString).reversed())
                            .toList()) {
                        String name = part + path.getFileName();
                        if (isPolicy(name) && !files.containsKey(plain(name))) {
                            files.put(plain(name), bytes(path));
                        } else if (isMeant(name) && !(name + "/").equals(SCENARIOS)) {
                            others.add(name);
                        }
                    }
                }
            }
        }
        return new PolicyFiles(label, files, List.copyOf(others));
    }

    /** A path with its extension in small letters, as rules and workbooks are looked for. */
    public static String plain(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? path : path.substring(0, dot) + path.substring(dot).toLowerCase(Locale.ROOT);
    }

    /**
     * Whether a person may believe that a file counts: any but hidden ones, and the copies that are kept when workbooks are
     * formatted.
     */
    static boolean isMeant(String path) {
        return (path.startsWith(RULES) || path.startsWith(TABLES))
                && !path.substring(path.lastIndexOf('/') + 1).startsWith(".")
                && !path.endsWith(".bak");
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

    /** Whether a file of this name holds rules: as text, or as a table of them. */
    public static boolean isRule(String name) {
        String plain = plain(name);
        return plain.endsWith(".drl") || plain.endsWith(".drl.xlsx");
    }

    /** Spreadsheet programs leave lock files such as {@code ~$routing.xlsx} beside the file that is open. */
    static boolean isPolicy(String written) {
        String path = plain(written);
        String name = path.substring(path.lastIndexOf('/') + 1);
        // A workbook whose name is wrong for rules is told of when they are read.
        boolean rule = path.startsWith(RULES) && (isRule(name) || name.endsWith(".xlsx"));
        String folder = path.substring(0, path.length() - name.length());
        boolean table = (folder.equals(TABLES) || folder.equals(SCENARIOS)) && name.endsWith(".xlsx");
        return (rule || table) && !name.startsWith("~$") && !name.startsWith(".");
    }

    /**
     * SHA-256 of all paths and contents that decide, in hexadecimal: the same policy has the same version everywhere.
     *
     * <p>Scenarios travel with the policy but have no part in its version: they say what it should answer, not what it
     * answers, and a mended scenario must not give every decision another id.
     */
    public String version() {
        var deciding = new TreeMap<>(files);
        deciding.keySet().removeIf(path -> path.startsWith(SCENARIOS));
        return hash(deciding);
    }

    /** SHA-256 of all paths and contents, scenarios too, in hexadecimal: what somebody approves is exactly this. */
    public String content() {
        return hash(files);
    }

    /** This policy under another label. */
    public PolicyFiles labelled(String other) {
        return new PolicyFiles(other, files, passedOver);
    }

    /** Whether it decides by the same rules as another, byte by byte. */
    public boolean hasRulesOf(PolicyFiles other) {
        return hash(rules()).equals(hash(other.rules()));
    }

    /** SHA-256 of names and contents, in the order they are given in. */
    static String hash(Map<String, byte[]> files) {
        MessageDigest digest = Sha256.digest();
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
    }

    /** Its rule files by name. */
    public Map<String, byte[]> rules() {
        return part(RULES);
    }

    /** Its workbooks that decide, by name: tables, vocabulary and calendar. */
    public SortedMap<String, byte[]> tables() {
        SortedMap<String, byte[]> tables = part(TABLES);
        tables.keySet().removeIf(name -> name.indexOf('/') >= 0);
        return tables;
    }

    /** The scenario workbooks by name; empty when the policy has none. */
    public SortedMap<String, byte[]> scenarios() {
        return part(SCENARIOS);
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
