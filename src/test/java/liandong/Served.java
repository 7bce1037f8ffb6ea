package liandong;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command {@code serve} in a process of its own, on a free port of this machine.
 *
 * <p>Unless it is to be measured, it gets on with it: nothing is decided beforehand where a test does not say so, and no time
 * is spent on code that would be the best for days.
 */
public final class Served implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:\\d+(?=$|\")");

    /** Tenths of a second; counted, because a machine that stands still for a while stands still for the process too. */
    private static final int PATIENCE = 900;

    /** As in the build, where the program is run for seconds: neither the best code nor a large heap pays. */
    private static final List<String> BRIEFLY = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final String WARM_UP = "--warm-up";

    private final Process process;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final List<String> before = new ArrayList<>();
    private final URI uri;

    private Served(Process process) throws InterruptedException {
        this.process = process;
        var reader = new Thread(this::read, "served");
        reader.setDaemon(true);
        reader.start();
        Matcher url = URL.matcher(awaited(URL));
        this.uri = URI.create(url.find() ? url.group() : "");
    }

    /**
     * Starts it, and waits until it listens.
     *
     * @param store where its store is
     * @param options further options of {@code serve}
     */
    public static Served on(String store, String... options) throws IOException, InterruptedException {
        return in(Map.of(), store, options);
    }

    /** Starts it as it is started to serve for long, with the usual options, so that what is measured of it holds. */
    public static Served measured(String store, String... options) throws IOException, InterruptedException {
        return start(Map.of(), List.of(), store, List.of(options));
    }

    /**
     * Starts it in an environment of its own.
     *
     * @param environment variables besides those of this process
     */
    public static Served in(Map<String, String> environment, String store, String... options)
            throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(options));
        if (!all.contains(WARM_UP)) {
            all.addAll(List.of(WARM_UP, "0"));
        }
        return start(environment, BRIEFLY, store, all);
    }

    private static Served start(
            Map<String, String> environment, List<String> machine, String store, List<String> options)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(machine);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Liandong.class.getName(),
                "serve",
                "--port",
                "0",
                "--store",
                store));
        command.addAll(options);
        var builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            return new Served(process);
        } catch (InterruptedException | AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Reads on though nobody asks for it: a process whose words nobody reads comes to a halt. */
    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
            }
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The next line it says in which something is found. */
    public String awaited(Pattern words) throws InterruptedException {
        int waited = 0;
        while (waited < PATIENCE && (process.isAlive() || !said.isEmpty())) {
            String line = said.poll(100, TimeUnit.MILLISECONDS);
            if (line != null && words.matcher(line).find()) {
                return line;
            }
            if (line == null) {
                waited++;
            } else {
                before.add(line);
            }
        }
        throw new AssertionError("“" + words + "” was not said, but: " + before);
    }

    /** Whether something was said before what was awaited last. */
    public boolean awaitedBefore(Pattern words) {
        return before.stream().anyMatch(line -> words.matcher(line).find());
    }

    /** All that it has said so far. */
    public List<String> said() {
        said.drainTo(before);
        return List.copyOf(before);
    }

    /** One of its routes. */
    public URI at(String path) {
        return uri.resolve(path);
    }

    /** The processor time it has taken so far. */
    public Duration cpu() {
        return process.toHandle().info().totalCpuDuration().orElseThrow();
    }

    /** Sends it a signal, such as {@code STOP}. */
    public void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill -" + name + " ended with " + exit);
        }
    }

    /** Waits until it has ended by itself, and gives its exit code. */
    public int ended(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("it did not end within " + patience);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
