package liandong;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import liandong.cli.terminal.EnumConverter;
import liandong.explain.Columns;
import liandong.explain.Phrases;
import liandong.incident.Nearest;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.LineRef;
import liandong.problem.Location;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * What the options of {@code serve} are where the command line does not say: what the environment says, else a file, else
 * what holds unless given.
 *
 * <p>An option {@code --rate-limit} is the variable {@code LIANDONG_RATE_LIMIT}, and the line {@code rate-limit = 600} of the
 * file. What may be given several times has a line for each, in the file as in a variable.
 */
final class Settings implements IDefaultValueProvider {
    static final String FILE = "--config";

    private static final String PREFIX = "LIANDONG_";
    /** What Kubernetes puts into every container beside a service of our name: {@code LIANDONG_PORT=tcp://10.0.0.1:8080}. */
    private static final String OF_KUBERNETES = "tcp://";

    private static final List<String> SECRETS = List.of("LIANDONG_STORE_USER", "LIANDONG_STORE_PASSWORD");
    /** Read where they are needed; named here so that whoever looks for them finds them. */
    private static final List<String> OTHERS = List.of("LIANDONG_STORE_PASSWORD_FILE", "LIANDONG_PUBLIC_ADDRESS");

    private final Map<String, String> environment;
    private final List<Problem> problems = new ArrayList<>();
    private @Nullable Map<String, Line> lines;

    /** What a file says of an option. */
    private record Line(String value, int no) {}

    Settings() {
        this(System.getenv());
    }

    Settings(Map<String, String> environment) {
        this.environment = environment;
    }

    /** What is wrong with the file; empty when nothing is. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    @Override
    public @Nullable String defaultValue(ArgSpec arg) {
        if (!(arg instanceof OptionSpec option) || !isSetting(option)) {
            return null;
        }
        String said = environment(option);
        if (said != null || option.longestName().equals(FILE)) {
            return said;
        }
        Line line = lines(option.command()).get(name(option));
        return line == null ? null : line.value();
    }

    private static boolean isSetting(OptionSpec option) {
        return !option.usageHelp()
                && !option.versionHelp()
                && !option.longestName().equals("--print-config");
    }

    private static String name(OptionSpec option) {
        return option.longestName().substring(2);
    }

    private static String variable(OptionSpec option) {
        return PREFIX + name(option).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private @Nullable String environment(OptionSpec option) {
        String said = environment.get(variable(option));
        return said == null || said.startsWith(OF_KUBERNETES) ? null : said;
    }

    /** What the file says, which is read once; nothing when there is none. */
    private Map<String, Line> lines(CommandSpec command) {
        if (lines == null) {
            Path file = command.findOption(FILE).getValue();
            lines = file == null ? Map.of() : read(file, command);
        }
        return lines;
    }

    private Map<String, Line> read(Path file, CommandSpec command) {
        var known = new TreeMap<String, OptionSpec>();
        command.options().stream()
                .filter(option -> isSetting(option) && !option.longestName().equals(FILE))
                .forEach(option -> known.put(name(option), option));
        var said = new LinkedHashMap<String, Line>();
        List<String> text;
        try {
            text = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            problems.add(Problem.of(Code.UNREADABLE_SETTINGS, new FileRef(file.toString())));
            return Map.of();
        }
        for (int i = 0; i < text.size(); i++) {
            String line = text.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Location at = new LineRef(file.toString(), i + 1);
            int equals = line.indexOf('=');
            String name = equals < 0 ? line : line.substring(0, equals).strip();
            OptionSpec option = known.get(name);
            if (equals < 0 || option == null) {
                String nearest = Nearest.of(name, known.keySet());
                problems.add(Problem.of(
                        Code.UNKNOWN_SETTING,
                        at,
                        name,
                        (nearest == null ? "" : nearest + "? ") + String.join(", ", known.keySet())));
                continue;
            }
            Line before = said.get(name);
            String value = line.substring(equals + 1).strip();
            if (before != null && !option.isMultiValue()) {
                problems.add(Problem.of(Code.SETTING_TWICE, at, name, before.no()));
            } else {
                said.put(name, new Line(before == null ? value : before.value() + "\n" + value, i + 1));
            }
        }
        return said;
    }

    /**
     * Prints every setting, what it is and who says so, secrets covered.
     *
     * @param file what was read besides; null for nothing
     */
    void print(@Nullable Path file, ParseResult parsed, PrintWriter out, Phrases say) {
        CommandSpec command = parsed.commandSpec();
        var rows = new ArrayList<String[]>();
        for (OptionSpec option : command.options()) {
            if (isSetting(option)) {
                rows.add(row(option, file, parsed, say));
            }
        }
        for (String name : SECRETS) {
            if (environment.containsKey(name)) {
                rows.add(new String[] {name, say.of("settings.environment", name), "***"});
            }
        }
        for (String name : OTHERS) {
            String said = environment.get(name);
            if (said != null) {
                rows.add(new String[] {name, say.of("settings.environment", name), said});
            }
        }
        int widest = rows.stream().mapToInt(row -> Columns.width(row[0])).max().orElse(0);
        int wide = rows.stream().mapToInt(row -> Columns.width(row[1])).max().orElse(0);
        rows.forEach(row -> out.println(
                (Columns.left(row[0], widest) + "  " + Columns.left(row[1], wide) + "  " + row[2]).stripTrailing()));
        out.flush();
    }

    private String[] row(OptionSpec option, @Nullable Path file, ParseResult parsed, Phrases say) {
        String said = environment(option);
        if (parsed.hasMatchedOption(option.longestName())) {
            return row(option, String.join(" ", option.originalStringValues()), say.of("settings.commandLine"));
        }
        if (said != null) {
            return row(option, said, say.of("settings.environment", variable(option)));
        }
        Line line = option.longestName().equals(FILE)
                ? null
                : lines(option.command()).get(name(option));
        if (line != null) {
            return row(option, line.value(), say.of("settings.file", new LineRef(String.valueOf(file), line.no())));
        }
        return row(option, typed(option), say.of("settings.unlessGiven"));
    }

    /** What an option is unless given, as it would be typed; empty when it is nothing. */
    private static String typed(OptionSpec option) {
        Object value = option.getValue();
        if (value instanceof Collection<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.joining("\n"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty() ? "" : String.valueOf(map);
        }
        if (value instanceof Enum<?> word
                && option.converters().length > 0
                && option.converters()[0] instanceof EnumConverter<?> words) {
            return words.shown(word);
        }
        return value == null ? "" : String.valueOf(value);
    }

    /** An address of a database may say who connects, behind its question mark or before its host; rather too much is covered. */
    private static String covered(String address) {
        int query = address.indexOf('?');
        return query >= 0 && address.indexOf('@', query) >= 0 // of the query, or of a password with a question mark
                ? address.replaceFirst("//.*", "//***")
                : address.replaceFirst("\\?.*", "?***").replaceFirst("//.*@", "//***@");
    }

    private static String[] row(OptionSpec option, String value, String origin) {
        String shown = switch (option.longestName()) {
            case "--store" -> covered(value);
            case "--webhook", "--otlp" -> value.replaceAll("\\?\\S*", "?***"); // a token may stand there
            default -> value;
        };
        return new String[] {name(option), origin, shown.replace("\n", ", ")};
    }
}
