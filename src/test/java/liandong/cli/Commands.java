package liandong.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import liandong.District;
import liandong.cli.terminal.Terminal;
import liandong.decision.Decisions;
import liandong.policy.Policy;

/** Runs commands inside the test, at a fixed moment, with the policy of the tests' own district in place of the stock policy. */
final class Commands {
    static final Policy DISTRICT = District.policy();
    private static final Clock CLOCK =
            Clock.fixed(OffsetDateTime.parse("2026-11-20T16:30:00+08:00").toInstant(), ZoneOffset.UTC);

    private Commands() {}

    /**
     * What a command left behind.
     *
     * @param err what it said on standard error, but for
     * @param next what to do next, which it says there too
     */
    record Run(int exitCode, String out, String err, List<String> next) {
        Run(int exitCode, String out, String err) {
            this(exitCode, out, lines(err, false), lines(err, true).lines().toList());
        }

        private static String lines(String err, boolean next) {
            return err.lines()
                    .filter(line -> (line.startsWith("Next: ") || line.startsWith("接着：")) == next)
                    .map(line -> line + "\n")
                    .collect(Collectors.joining());
        }
    }

    static Run run(Object... args) {
        return piped("", args);
    }

    static Run piped(String in, Object... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var texts = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            texts[i] = args[i].toString();
        }
        var shell = new Terminal(
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                out,
                Terminal.writer(err),
                CLOCK,
                files -> files.label().equals("stock") ? DISTRICT : Decisions.policy(files, LocalDate.of(2026, 11, 20)),
                false,
                false);
        int exitCode = RootCommand.commandLine(shell).execute(texts);
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
