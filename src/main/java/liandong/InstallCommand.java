package liandong;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.LanguageOption;
import liandong.cli.terminal.ProgressLine;
import liandong.cli.terminal.Terminal;
import liandong.explain.Phrases;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code install}: the program unpacked into a folder, with its classes prepared for a quick start. */
@Command(
        name = "install",
        description = {
            "Unpacks the program into a new folder, prepared for a quick start.",
            "",
            "Runs the program once, notes which classes it loads, and keeps them there as Java has them in memory"
                    + " (class-data sharing). DIR/liandong starts the program from there. It belongs to this folder and to"
                    + " the Java that made it: under another, make a new one. Nothing is asked of any network or store.",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeList = {
            "0:the folder is ready",
            "1:the program could not be run or unpacked; what it said is printed",
            "2:there is something in the folder already, or the program does not run from its jar"
        },
        footer = {"  java -jar target/liandong.jar install /opt/liandong", "  /opt/liandong/liandong serve --port 9090"
        })
final class InstallCommand implements Callable<Integer> {
    private static final Duration MOST = Duration.ofMinutes(3);
    private static final Pattern LISTENING = Pattern.compile("http://[^\\s]+:(\\d+)");

    /** What the service is asked once, so that the classes of an answer are among those that are prepared. */
    private static final String REPORT = "{\"incident\":{\"id\":\"install\",\"text\":\"?\"}}";

    /** Long runs are compiled as well as can be, but late: while it starts, compiling takes the time of what is compiled. */
    private static final String LONG =
            "-XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000 -XX:Tier4CompileThreshold=150000"
                    + " -XX:Tier4BackEdgeThreshold=400000";

    private static final String LAUNCHER = """
            #!/bin/sh
            # Starts Liandong from this folder. Options for Java itself: LIANDONG_JAVA_OPTIONS.
            here=$(cd "${0%%/*}" && pwd -P) # without dirname: an image has a shell and nothing else
            case "${1:-serve}" in
                serve | replay | impact | suggest | mutate) compiled="%s" ;;
                *) compiled="-XX:TieredStopAtLevel=1" # over in seconds
                    case "$LIANDONG_JAVA_OPTIONS" in
                        *GC* | *-Xmn*) ;; # two collectors are refused
                        *) compiled="$compiled -XX:+UseSerialGC -Xmn64m" ;;
                    esac ;;
            esac
            exec "%s" -XX:SharedArchiveFile="$here/liandong.jsa" -Xlog:cds=off $compiled $LIANDONG_JAVA_OPTIONS \\
                -jar "$here/liandong.jar" "$@"
            """;

    private final Terminal shell;

    @Parameters(paramLabel = "DIR", description = "The folder, which is made; one that is there must be empty.")
    private Path folder = Path.of("");

    @Mixin
    private LanguageOption language = new LanguageOption();

    InstallCommand(Terminal shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        Phrases say = language.phrases();
        Path own = Path.of(System.getProperty("java.class.path", ""));
        if (!own.toString().endsWith(".jar") || !Files.isRegularFile(own)) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("install.notJar")));
        }
        if (Files.exists(folder) && !isEmpty(folder)) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("install.taken", folder)));
        }
        Files.createDirectories(folder);
        Path home = folder.toRealPath();
        Path jar = home.resolve("liandong.jar");
        Path work = Files.createTempDirectory("liandong");
        try (var bar = new ProgressLine("install", shell)) {
            bar.step();
            run(
                    say,
                    work,
                    "-Djarmode=tools",
                    "-jar",
                    own.toAbsolutePath().toString(),
                    "extract",
                    "--force",
                    "--destination",
                    home.toString());
            Path unpacked = home.resolve(own.getFileName());
            if (!unpacked.equals(jar)) {
                Files.move(unpacked, jar);
            }
            Path once = work.resolve("test.lst");
            // What the cases say has no part in it: on a machine that is busy, one may take longer than a decision may.
            run(say, work, CommandFailure.BAD, "-XX:DumpLoadedClassList=" + once, "-jar", jar.toString(), "test");
            Path served = work.resolve("serve.lst");
            serve(say, work, jar, served);
            Path classes = Files.write(work.resolve("classes.lst"), classes(once, served));
            run(
                    say,
                    work,
                    "-Xshare:dump",
                    "-Xlog:cds=off",
                    "-XX:SharedClassListFile=" + classes,
                    "-XX:SharedArchiveFile=" + home.resolve("liandong.jsa"),
                    "-cp",
                    jar.toString());
        } finally {
            delete(work);
        }
        Path launcher = Files.writeString(home.resolve("liandong"), LAUNCHER.formatted(LONG, java()));
        if (Files.getFileStore(launcher).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        shell.err().println(say.of("install.done", launcher));
        return 0;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.findAny().isEmpty();
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Process begin(Path work, List<String> words) throws IOException {
        var command = new ArrayList<String>();
        command.add(java());
        command.addAll(words);
        return new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static void run(Phrases say, Path work, String... words)
            throws CommandFailure, IOException, InterruptedException {
        run(say, work, 0, words);
    }

    /**
     * Runs Java to its end.
     *
     * @param most the highest exit code that is good
     */
    private static void run(Phrases say, Path work, int most, String... words)
            throws CommandFailure, IOException, InterruptedException {
        Path said = work.resolve("said.txt");
        var command = new ArrayList<String>();
        command.add(java());
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!process.waitFor(MOST.toSeconds(), TimeUnit.SECONDS) || process.exitValue() > most) {
            process.destroyForcibly();
            throw failed(
                    say, List.of(Files.readString(said, StandardCharsets.UTF_8).strip()));
        }
    }

    private static CommandFailure failed(Phrases say, List<String> said) {
        var lines = new ArrayList<String>();
        lines.add(say.of("install.failed"));
        lines.addAll(said);
        return new CommandFailure(CommandFailure.BAD, lines);
    }

    /** Starts the service on a port and a store of its own, asks it once, and stops it. */
    private static void serve(Phrases say, Path work, Path jar, Path classes)
            throws CommandFailure, IOException, InterruptedException {
        Process process = begin(
                work,
                List.of(
                        "-XX:DumpLoadedClassList=" + classes,
                        "-jar",
                        jar.toString(),
                        "serve",
                        "--port",
                        "0",
                        "--warm-up",
                        "1",
                        "--store",
                        work.resolve("store.db").toString()));
        var said = new ArrayList<String>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String address = null;
            while (address == null) {
                String line = lines.readLine();
                if (line == null) {
                    throw failed(say, said);
                }
                said.add(line);
                address = address(line);
            }
            ask(address);
        } finally {
            process.destroy();
            if (!process.waitFor(MOST.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private static @Nullable String address(String line) {
        Matcher listening = LISTENING.matcher(line);
        return listening.find() ? "http://127.0.0.1:" + listening.group(1) : null;
    }

    private static void ask(String address) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        for (String path : List.of("/actuator/health/readiness", "/v1/vocabulary")) {
            client.send(
                    HttpRequest.newBuilder(URI.create(address + path)).build(), HttpResponse.BodyHandlers.discarding());
        }
        HttpRequest report = HttpRequest.newBuilder(URI.create(address + "/v1/routing"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(REPORT))
                .build();
        client.send(report, HttpResponse.BodyHandlers.discarding());
    }

    /** The classes of both runs; not the lambdas, of which some are of classes that cannot be kept. */
    private static List<String> classes(Path once, Path served) throws IOException {
        var classes = new TreeSet<String>();
        for (Path list : List.of(once, served)) {
            for (String line : Files.readAllLines(list, StandardCharsets.UTF_8)) {
                if (!line.startsWith("@") && !line.startsWith("#")) {
                    classes.add(line);
                }
            }
        }
        return List.copyOf(classes);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> inside = Files.walk(folder)) {
            all = inside.sorted((one, other) -> other.compareTo(one)).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }
}
