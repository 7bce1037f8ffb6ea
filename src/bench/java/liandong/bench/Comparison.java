package liandong.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import liandong.Decide;
import liandong.Liandong;
import liandong.decision.DecisionService;
import liandong.stock.Reports;
import liandong.stock.Stock;
import liandong.store.Stores;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;

/**
 * What docs/performance.md says, measured: everything in processes of their own with a fixed heap that was touched before,
 * in turns, so that a machine that is busy for a while is so for all; of every figure the median.
 *
 * <p>Properties: {@code bench.rounds} (3), {@code bench.warm} and {@code bench.seconds} for each server (60, 20), {@code
 * bench.rows} (100,1000,10000,100000), {@code bench.only} (tables, decisions, http; all).
 */
final class Comparison {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final int WARM = Integer.getInteger("bench.warm", 60);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 20);
    private static final String ONLY = System.getProperty("bench.only", "tables,decisions,http");
    private static final List<String> ROWS =
            List.of(System.getProperty("bench.rows", "100,1000,10000,100000").split(","));
    private static final int CONNECTIONS = 16;
    /** So many requests after the first are measured as those who ask when a service has just begun see it. */
    private static final String FIRST = "1000";
    private static final List<String> WAYS = List.of("liandong", "hand-made", "loop", "openl", "drools");
    private static final List<String> SERVERS = List.of("empty", "off", "sqlite", "postgres");
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** By name, all that was measured. */
    private final Map<String, List<Double>> figures = new TreeMap<>();

    private final Path folder = Files.createTempDirectory("bench");

    private Comparison() throws IOException {}

    /** Measures, and writes the documents. */
    public static void main(String... args) throws Exception {
        var comparison = new Comparison();
        for (int round = 0; round < ROUNDS; round++) {
            comparison.measure();
        }
        for (String name : List.of("docs/performance.md", "docs/performance.zh-CN.md")) {
            Path document = Path.of(name);
            String text = Files.readString(document);
            int from = text.indexOf("<!-- measured -->");
            int to = text.indexOf("<!-- /measured -->");
            Files.writeString(
                    document,
                    text.substring(0, from) + "<!-- measured -->\n" + comparison.tables(name.contains("zh"))
                            + text.substring(to));
        }
        if (ONLY.contains("tables")) {
            Files.writeString(Path.of("docs/performance.svg"), comparison.chart());
        }
        System.exit(0); // the database server's threads go on
    }

    private void measure() throws Exception {
        if (ONLY.contains("tables")) {
            for (String rows : ROWS) {
                run(TableComparison.class, rows).forEach(line -> note("table " + rows + " " + line[0], line[1]));
            }
        }
        if (ONLY.contains("decisions")) {
            run(DecisionComparison.class, "30").forEach(line -> {
                note(line[0], line[1]);
                note(line[0] + " bytes", line[2]);
            });
        }
        if (ONLY.contains("http")) {
            for (String server : SERVERS) {
                http(server);
            }
        }
    }

    private void note(String name, String value) {
        figures.computeIfAbsent(name, each -> new ArrayList<>()).add(Double.parseDouble(value));
        System.out.println(name + " " + value);
    }

    private static List<String> command(Class<?> main, String heap, String... args) {
        var command = new ArrayList<>(List.of(
                JAVA, "-Xms" + heap, "-Xmx" + heap, "-XX:+AlwaysPreTouch", "-cp", System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(args));
        return command;
    }

    /** The lines that a process prints, by words. */
    private static List<String[]> run(Class<?> main, String... args) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(main, main == Callers.class ? "256m" : "3g", args))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String[]> lines;
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines = out.lines().map(line -> line.split(" ")).toList();
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException(main + " ended with " + process.exitValue());
        }
        return lines;
    }

    private void http(String server) throws Exception {
        Path requests = folder.resolve("requests");
        Path answer = folder.resolve("answer");
        if (Files.notExists(requests)) {
            Files.write(requests, IntStream.range(0, 20_000).mapToObj(Comparison::request).toList());
            var desk = new DecisionService(Stock::shangcheng, Clock.systemUTC());
            Files.writeString(answer, desk.decide(Decide.ROUTING, Json.read(request(3))).json());
        }
        long begun = System.nanoTime();
        Process process = new ProcessBuilder(
                        server.equals("empty")
                                ? command(EmptyServer.class, "1g", answer.toString())
                                : command(
                                        Liandong.class, "1g", "serve", "--port", "0", "--lang", "en", "--store",
                                        (server.equals("postgres") ? Stores.POSTGRES : Stores.SQLITE).fresh(),
                                        "--journal", server.equals("off") ? "off" : "required"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var said = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            String line = said.readLine();
            while (line != null && !line.matches(".*http://127\\.0\\.0\\.1:\\d+$")) {
                line = said.readLine();
            }
            if (line == null) {
                throw new IllegalStateException(server + " does not listen");
            }
            String url = line.replaceFirst(".*(http://\\S+)$", "$1");
            var reader = new Thread(() -> said.lines().forEach(each -> {}));
            reader.setDaemon(true);
            reader.start();
            var first = (HttpURLConnection) URI.create(url + "/v1/routing").toURL().openConnection();
            first.setRequestProperty("Content-Type", "application/json");
            first.setDoOutput(true);
            first.getOutputStream().write(request(0).getBytes(StandardCharsets.UTF_8));
            if (first.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IllegalStateException(server + " answers " + first.getResponseCode());
            }
            note("start " + server, String.valueOf((System.nanoTime() - begun) / 1e9));
            note("start cpu " + server, String.valueOf(cpu(process).toNanos() / 1e9));
            note("first " + server, run(Callers.class, url, requests.toString(), "1", "0", FIRST).get(0)[3]);
            // One caller first: where threads outnumber processors the compiler hardly gets its turn.
            run(Callers.class, url, requests.toString(), "1", String.valueOf(WARM));
            run(Callers.class, url, requests.toString(), String.valueOf(CONNECTIONS), String.valueOf(WARM / 4 + 1));
            Duration cpu = cpu(process);
            Duration store = postgres();
            String[] answered = run(
                            Callers.class, url, requests.toString(), String.valueOf(CONNECTIONS), String.valueOf(SECONDS))
                    .get(0);
            double count = Double.parseDouble(answered[0]);
            note("cpu " + server, String.valueOf(cpu(process).minus(cpu).toNanos() / 1e3 / count));
            note("store " + server, String.valueOf(postgres().minus(store).toNanos() / 1e3 / count));
            note("rate " + server, answered[1]);
            note("p99 " + server, answered[3]);
            note("later " + server, run(Callers.class, url, requests.toString(), "1", "0", FIRST).get(0)[3]);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static String request(int n) {
        return Json.write(Reports.report(n));
    }

    private static Duration cpu(Process process) {
        return process.toHandle().info().totalCpuDuration().orElseThrow();
    }

    /** The processor time of the database server's processes. */
    private static Duration postgres() {
        return ProcessHandle.allProcesses()
                .filter(each -> each.info().command().orElse("").endsWith("/postgres"))
                .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private @Nullable Double median(String name) {
        List<Double> all = figures.get(name);
        return all == null ? null : all.stream().sorted().toList().get(all.size() / 2);
    }

    private String shown(String name, String format, Function<Double, Double> of) {
        Double median = median(name);
        return median == null ? "–" : String.format(Locale.ROOT, format, of.apply(median));
    }

    private String tables(boolean chinese) {
        var text = new StringBuilder();
        String machine = Runtime.getRuntime().availableProcessors() + " × " + processor() + ", JDK "
                + Runtime.version() + ", " + LocalDate.now(Clock.systemUTC());
        text.append('\n').append(machine).append(chinese ? "，每项 " + ROUNDS + " 个进程的中位数。\n" : "; medians of " + ROUNDS + " processes each.\n");
        if (ONLY.contains("tables")) {
            text.append(chinese ? "\n| 一次查表的 CPU 微秒 | " : "\n| µs of CPU for a question | ")
                    .append(String.join(" | ", ROWS)).append(chinese ? " 行 |\n|---" : " rows |\n|---")
                    .append("|---".repeat(ROWS.size())).append("|\n");
            for (String way : WAYS) {
                text.append("| ").append(way);
                ROWS.forEach(rows -> text.append(" | ").append(shown("table " + rows + " " + way, "%.2f", ns -> ns / 1e3)));
                text.append(" |\n");
            }
            text.append(chinese ? "\n![一次查表的时间](performance.svg)\n" : "\n![time of a question](performance.svg)\n");
        }
        if (ONLY.contains("decisions")) {
            text.append(chinese ? "\n| 不经 HTTP | CPU 微秒 | 分配 kB |\n|---|---|---|\n" : "\n| without HTTP | µs of CPU | kB allocated |\n|---|---|---|\n");
            Map<String, String> names = new LinkedHashMap<>();
            names.put("known", chinese ? "一次决定，事项已知，无正文" : "a decision, event type known, no text");
            names.put("words", chinese ? "一次决定，有正文（五万六千条例句）" : "a decision with a text (56,000 example sentences)");
            names.put("replay", chinese ? "一次重放，有正文" : "a replay, with a text");
            names.forEach((key, name) -> text.append("| ").append(name).append(" | ")
                    .append(shown(key, "%.0f", us -> us)).append(" | ")
                    .append(shown(key + " bytes", "%.0f", bytes -> bytes / 1e3)).append(" |\n"));
        }
        if (ONLY.contains("http")) {
            text.append(chinese
                    ? "\n| HTTP，" + CONNECTIONS + " 个连接 | 每秒 | 占空接口 | 服务的 CPU 微秒 | 数据库的 CPU 微秒 | p99 毫秒 | 单连接最初千件 p99 毫秒 | 后来千件 | 启动至首答 秒 | 其 CPU 秒 |\n|---|---|---|---|---|---|---|---|---|---|\n"
                    : "\n| HTTP, " + CONNECTIONS + " connections | a second | of empty | µs of CPU of the service | of the database server | p99 ms | of the first 1,000 on one connection | of 1,000 later | start to first answer, s | CPU of it, s |\n|---|---|---|---|---|---|---|---|---|---|\n");
            for (String server : SERVERS) {
                Double empty = median("rate empty");
                text.append("| ").append(server).append(" | ").append(shown("rate " + server, "%.0f", x -> x))
                        .append(" | ").append(empty == null ? "–" : shown("rate " + server, "%.0f %%", x -> 100 * x / empty))
                        .append(" | ").append(shown("cpu " + server, "%.0f", x -> x))
                        .append(" | ").append(shown("store " + server, "%.0f", x -> x))
                        .append(" | ").append(shown("p99 " + server, "%.1f", x -> x / 1e3))
                        .append(" | ").append(shown("first " + server, "%.1f", x -> x / 1e3))
                        .append(" | ").append(shown("later " + server, "%.1f", x -> x / 1e3))
                        .append(" | ").append(shown("start " + server, "%.1f", x -> x))
                        .append(" | ").append(shown("start cpu " + server, "%.1f", x -> x)).append(" |\n");
            }
        }
        return text.append('\n').toString();
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst(".*:\\s*", ""))
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    /** Microseconds for a question by the table's size, both in steps of ten. */
    private String chart() {
        List<String> colours = List.of("#0b6e4f", "#888888", "#bbbbbb", "#c8553d", "#3d5a80");
        var svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 360\" font-family=\"sans-serif\""
                + " font-size=\"12\"><rect width=\"640\" height=\"360\" fill=\"#fff\"/>\n");
        for (int decade = 1; decade <= 6; decade++) {
            svg.append(String.format(Locale.ROOT,
                    "<path d=\"M60 %1$d H500\" stroke=\"#ddd\"/><text x=\"52\" y=\"%2$d\" text-anchor=\"end\">%3$s µs</text>%n",
                    y(Math.pow(10, decade)), y(Math.pow(10, decade)) + 4,
                    decade < 3 ? "0." + "0".repeat(2 - decade) + "1" : "1" + "0".repeat(decade - 3)));
        }
        for (int i = 0; i < ROWS.size(); i++) {
            svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"345\" text-anchor=\"middle\">%s</text>%n", x(i), ROWS.get(i)));
        }
        for (String way : WAYS) {
            List<Integer> there = IntStream.range(0, ROWS.size())
                    .filter(i -> median("table " + ROWS.get(i) + " " + way) != null).boxed().toList();
            if (there.isEmpty()) {
                continue;
            }
            Function<Integer, Integer> height = i -> {
                Double ns = median("table " + ROWS.get(i) + " " + way);
                return y(ns == null ? 1 : ns);
            };
            int last = there.get(there.size() - 1);
            svg.append(String.format(Locale.ROOT,
                    "<polyline fill=\"none\" stroke=\"%1$s\" stroke-width=\"2\" points=\"%2$s\"/><text x=\"%3$d\" y=\"%4$d\" fill=\"%1$s\">%5$s</text>%n",
                    colours.get(WAYS.indexOf(way)),
                    there.stream().map(i -> x(i) + "," + height.apply(i)).collect(Collectors.joining(" ")),
                    x(last) + 8, height.apply(last) + 4, way));
        }
        return svg.append("</svg>\n").toString();
    }

    private static int x(int place) {
        return 90 + 130 * place;
    }

    private static int y(double nanos) {
        return (int) Math.round(325 - 50 * (Math.log10(nanos) - 1));
    }
}
