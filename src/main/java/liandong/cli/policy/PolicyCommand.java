package liandong.cli.policy;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.cli.journal.PersonOption;
import liandong.cli.journal.PersonalOptions;
import liandong.cli.journal.StoreCommandOptions;
import liandong.cli.scenarios.TestPage;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.CommonOptions;
import liandong.cli.terminal.Findings;
import liandong.cli.terminal.IntegerInRange;
import liandong.cli.terminal.JsonOption;
import liandong.cli.terminal.ProgressLine;
import liandong.cli.terminal.Terminal;
import liandong.explain.Columns;
import liandong.explain.Phrases;
import liandong.journal.Personal;
import liandong.meaning.Comparison;
import liandong.meaning.Meaning;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.policy.PolicyLoader;
import liandong.policy.SentPolicy;
import liandong.problem.Problem;
import liandong.problem.ProblemSeverity;
import liandong.publication.CheckOutcome;
import liandong.publication.Gate;
import liandong.publication.LifecycleException;
import liandong.publication.PolicyDiff;
import liandong.publication.PolicyJson;
import liandong.publication.PolicyLifecycle;
import liandong.publication.Proposal;
import liandong.publication.Proposal.What;
import liandong.publication.Publication;
import liandong.publication.SheetDiff;
import liandong.publication.SheetDiff.Change;
import liandong.store.Database;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code policy}: how a policy goes live, straight on the store. */
@Command(
        name = "policy",
        description = {
            "Takes a policy from a folder to being live, and back. Works on the store; services that serve it find out"
                    + " within a second.",
            "",
            "A policy is put (DRAFT), checked (CHECKED), approved by somebody who had no hand in it (APPROVED), and"
                    + " published: LIVE at once, or SCHEDULED. What it replaces is RETIRED, and rollback goes back to it."
                    + " Changed after its approval it is a draft again.",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeList = {
            "0:done",
            "1:it cannot be done: the policy has faults, it is not its turn, or somebody else has to do it",
            "2:the command was called wrongly, or a file or the store cannot be read"
        },
        footer = {
            "  java -jar target/liandong.jar policy put my --label 春季调整 --as 张三",
            "  java -jar target/liandong.jar policy check 2 --as 张三",
            "  java -jar target/liandong.jar policy diff 2",
            "  java -jar target/liandong.jar policy approve 2 --content HASH --as 李四",
            "  java -jar target/liandong.jar policy publish 2 --at 2026-12-01T00:00:00+08:00 --as 李四",
            "  java -jar target/liandong.jar policy rollback --as 李四"
        })
public final class PolicyCommand implements Runnable {
    private static final int SHORT_HASH = 12;

    private final Terminal shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    public PolicyCommand(Terminal shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Which policy. */
    static final class Which {
        @Parameters(paramLabel = "N", description = "The policy's number.")
        private long no;
    }

    /** Something done with the store open. */
    @FunctionalInterface
    private interface Work {
        int on(PolicyLifecycle life, Phrases say) throws CommandFailure, IOException;
    }

    /** Looks at what a publication would change, once the store is open. */
    @FunctionalInterface
    private interface Gated {
        Gate in(Database database);
    }

    private int with(StoreCommandOptions store, boolean make, Work work) throws CommandFailure, IOException {
        return with(store, make, database -> Gate.OPEN, work);
    }

    private int with(StoreCommandOptions store, boolean make, Gated gate, Work work)
            throws CommandFailure, IOException {
        Phrases say = store.phrases();
        StoreCommandOptions.Work<Integer> open =
                database -> work.on(new PolicyLifecycle(database, shell.clock(), gate.in(database)), say);
        try {
            return make ? store.made(open) : store.existing(open);
        } catch (LifecycleException e) {
            throw CommandFailure.of(CommandFailure.BAD, e.problems(), store.locale());
        }
    }

    private void print(String text) throws IOException {
        shell.print(text + "\n");
    }

    @Command(name = "list", description = "Lists all policies, the latest first.", mixinStandardHelpOptions = true)
    int list(@Mixin StoreCommandOptions store, @Mixin JsonOption json) throws CommandFailure, IOException {
        return with(store, false, (life, say) -> {
            Publication live = life.live();
            List<Publication> scheduled = life.scheduled();
            if (json.isGiven()) {
                print(Json.writeIndented(PolicyJson.of(life.list(), live, scheduled)));
                return 0;
            }
            ZoneId zone = zone(life);
            for (Proposal each : life.list()) {
                print(line(each, say, zone) + "  " + whoAndWhen(each, say, zone));
            }
            return 0;
        });
    }

    /** The time zone of the live policy: the one in which its readers live; UTC when it cannot be read. */
    private static ZoneId zone(PolicyLifecycle life) {
        try {
            return PolicyLoader.zone(life.liveFiles());
        } catch (LifecycleException e) {
            return ZoneOffset.UTC;
        }
    }

    private static String moment(Instant at, ZoneId zone) {
        return at.atZone(zone).toOffsetDateTime().toString();
    }

    /** Who wrote a policy, and the day of the last time that somebody put something into it. */
    private static String whoAndWhen(Proposal proposal, Phrases say, ZoneId zone) {
        String day = proposal.log().stream()
                .filter(entry -> entry.what() == What.PUT)
                .reduce((earlier, later) -> later)
                .map(entry -> entry.at().atZone(zone).toLocalDate().toString())
                .orElse("");
        return (Findings.visible(say.list(List.copyOf(proposal.authors()))) + " " + day).strip();
    }

    private static String line(Proposal proposal, Phrases say, ZoneId zone) {
        Publication publication = proposal.publication();
        String when = publication == null
                ? ""
                : "  " + moment(publication.effectiveAt(), zone) + "  (" + publication.no() + ", "
                        + Findings.visible(publication.person())
                        + (publication.kind() == Publication.Kind.ROLLBACK ? say.of("policy.list.alone") : "")
                        + ")";
        return String.format(
                Locale.ROOT,
                "%4d  %s  %s  %s%s",
                proposal.no(),
                Columns.left(say.of("policy.state." + proposal.state()), 9),
                proposal.content().substring(0, SHORT_HASH),
                Findings.visible(proposal.label()),
                when);
    }

    @Command(
            name = "show",
            description = "Shows a policy and everything that happened to it.",
            mixinStandardHelpOptions = true)
    int show(@Mixin StoreCommandOptions store, @Mixin Which which, @Mixin JsonOption json)
            throws CommandFailure, IOException {
        return with(store, false, (life, say) -> {
            Proposal proposal = life.get(which.no);
            if (json.isGiven()) {
                print(Json.writeIndented(PolicyJson.of(proposal)));
                return 0;
            }
            print(line(proposal, say, zone(life)));
            print(proposal.content());
            ZoneId zone = zone(life);
            for (Proposal.Entry entry : proposal.log()) {
                print(String.format(
                                Locale.ROOT,
                                "      %s  %s  %s  %s  %s",
                                moment(entry.at(), zone),
                                Columns.left(say.of("policy.what." + entry.what()), 10),
                                entry.content().substring(0, SHORT_HASH),
                                Findings.visible(entry.person()),
                                Findings.visible(note(entry, say)))
                        .stripTrailing());
            }
            return 0;
        });
    }

    /** More about what happened: what a check has counted in the reader's words, anything else as it is. */
    private static String note(Proposal.Entry entry, Phrases say) {
        boolean counted = entry.what() == What.CHECKED || entry.what() == What.FAILED;
        return counted
                ? say.list(Stream.of(entry.note().split(", ", -1))
                        .map(count -> count.split(" ", 2))
                        .map(count -> say.of("policy.count." + count[0], (Object[]) count))
                        .toList())
                : entry.note();
    }

    @Command(
            name = "put",
            description = {
                "Proposes a policy, or puts another content into a proposed one.",
                "",
                "A folder or zip without rules or without scenarios keeps those of the live policy, or with --number those"
                        + " of the policy it is put into, and says so. Prints the policy's number."
            },
            mixinStandardHelpOptions = true)
    int put(
            @Mixin StoreCommandOptions store,
            @Mixin PersonOption person,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "DIR|FILE",
                            description =
                                    "A policy folder, a .zip of one, or a workbook or rule file that takes the place of"
                                            + " its like; the stock policy inside the program unless given.")
                    @Nullable
                    Path path,
            @Option(
                            names = "--number",
                            paramLabel = "N",
                            description = "The policy to put it into; a new one unless given.")
                    @Nullable
                    Long no,
            @Option(
                            names = "--label",
                            paramLabel = "TEXT",
                            description = "What to call it; the name of the folder unless given.")
                    @Nullable
                    String label,
            @Option(
                            names = "--over",
                            paramLabel = "HASH",
                            description =
                                    "The hash of the content that it takes the place of, as show prints it; needed when"
                                            + " somebody else put that.")
                    @Nullable
                    String over)
            throws CommandFailure, IOException {
        return with(store, true, (life, say) -> {
            life.begin();
            PolicyFiles base = no == null ? life.liveFiles() : life.files(no);
            PolicyFiles files = path == null ? PolicyFiles.stock() : files(path, base, say);
            PolicyFiles labelled = label == null ? files : files.labelled(label);
            Proposal proposal = no == null
                    ? life.propose(labelled, person.name(say))
                    : life.put(
                            no,
                            label == null ? files.labelled(base.label()) : labelled,
                            base.content(),
                            over,
                            person.name(say));
            print(line(proposal, say, zone(life)));
            print(proposal.content());
            tellTakenOut(life, proposal, store.locale());
            shell.next(say, "put", proposal.no());
            return 0;
        });
    }

    /** What is live and no longer in a policy shows nowhere else. */
    private void tellTakenOut(PolicyLifecycle life, Proposal proposal, Locale locale) {
        life.takenOut(proposal.no()).problems().forEach(each -> shell.err().println(each.line(locale)));
    }

    private PolicyFiles files(Path path, PolicyFiles base, Phrases say) throws CommandFailure, IOException {
        if (Files.isDirectory(path)) {
            PolicyFiles files = PolicyFiles.onlyFolder(path);
            if (files.tables().isEmpty()) {
                throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("check.noPolicy", path)));
            }
            return onto(SentPolicy.whole(files), base, say);
        }
        if (!Files.exists(path)) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("input.missing", path)));
        }
        return onto(CheckTarget.sent(path, say), base, say);
    }

    private PolicyFiles onto(SentPolicy sent, PolicyFiles base, Phrases say) throws CommandFailure {
        sent.lacking().forEach(part -> shell.err().println(say.of("policy.kept." + part, base.label())));
        var problems = new ArrayList<Problem>();
        PolicyFiles files = sent.onto(base, problems::add);
        if (files == null) {
            throw CommandFailure.of(CommandFailure.USAGE, problems, say.locale());
        }
        return files;
    }

    @Command(
            name = "check",
            description = {
                "Checks a policy: no errors, and every scenario passes. Then it can be approved.",
                "",
                "The stock policy takes about half a minute."
            },
            mixinStandardHelpOptions = true)
    int check(@Mixin StoreCommandOptions store, @Mixin PersonOption person, @Mixin Which which)
            throws CommandFailure, IOException {
        return with(store, false, (life, say) -> {
            var done = new long[1];
            CheckOutcome checkup;
            try (var bar = new ProgressLine("check", shell)) {
                bar.step();
                checkup = life.check(which.no, person.name(say), (at, of) -> {
                    done[0] = at;
                    bar.step();
                });
            }
            PrintWriter err = shell.err();
            checkup.problems().stream()
                    .filter(each -> each.code().severity() != ProblemSeverity.NOTE)
                    .forEach(each -> err.println(each.line(store.locale())));
            var test = checkup.test();
            if (test != null && !test.good()) {
                err.print(TestPage.failures(test, say));
                err.flush();
            }
            print(line(checkup.proposal(), say, zone(life)));
            print(checkup.proposal().content());
            if (checkup.good()) {
                shell.next(say, "policyChecked", which.no, checkup.proposal().content());
                return 0;
            }
            shell.next(say, "policyFaulty", which.no);
            return CommandFailure.BAD;
        });
    }

    @Command(
            name = "approve",
            description = "Approves a policy as it is. Nobody who put something into it can.",
            mixinStandardHelpOptions = true)
    int approve(
            @Mixin StoreCommandOptions store,
            @Mixin PersonOption person,
            @Mixin Which which,
            @Option(
                            names = "--content",
                            paramLabel = "HASH",
                            required = true,
                            description =
                                    "The hash of what is approved, all of it, as put, check, show and diff print it.")
                    String content)
            throws CommandFailure, IOException {
        return with(store, false, (life, say) -> {
            Proposal proposal = life.approve(which.no, content, person.name(say));
            print(line(proposal, say, zone(life)));
            tellTakenOut(life, proposal, store.locale());
            shell.next(say, "approved", which.no);
            return 0;
        });
    }

    @Command(
            name = "publish",
            description = {
                "Makes an approved policy live, at once or from a moment on, unless it would change too much.",
                ""
            },
            mixinStandardHelpOptions = true)
    int publish(
            @Mixin StoreCommandOptions store,
            @Mixin PersonOption person,
            @Mixin GateOptions gate,
            @Mixin PersonalOptions personal,
            @Mixin Which which,
            @Option(
                            names = "--at",
                            paramLabel = "TIME",
                            converter = CommonOptions.Moment.class,
                            description = "From when on, as 2026-12-01T00:00:00+08:00; at once unless given.")
                    @Nullable
                    Instant at,
            @Option(
                            names = "--over",
                            paramLabel = "NO",
                            description =
                                    "The number of the publication that it replaces, when something was published since the"
                                            + " approval.")
                    @Nullable
                    Long over,
            @Option(
                            names = "--because",
                            paramLabel = "TEXT",
                            defaultValue = "",
                            description =
                                    "Why; must be said when it takes away what the live policy has: sheets, scenarios, rows with"
                                            + " a source, or the proof of rows.")
                    String because)
            throws CommandFailure, IOException {
        Personal reader = personal.reader(store.phrases());
        return with(store, false, database -> gate.gate(database, reader.in(database), shell.clock()), (life, say) -> {
            life.publish(which.no, at, over, person.name(say), because);
            print(line(life.get(which.no), say, zone(life)));
            shell.next(say, at == null ? "published" : "scheduled", which.no);
            return 0;
        });
    }

    @Command(
            name = "rollback",
            description = {
                "Goes back to the policy that was live before the present one, at once. Twice goes two steps back.",
                "",
                "One person may do it alone, without a check, the gate or an approval, so that nothing has to wait. Services"
                        + " log it as a warning, the audit log marks it (journal audit: ROLLBACK_ALONE), and list shows it.",
                ""
            },
            mixinStandardHelpOptions = true)
    int rollback(
            @Mixin StoreCommandOptions store,
            @Mixin PersonOption person,
            @Option(
                            names = "--to",
                            paramLabel = "N",
                            description = "The number of the policy to go back to; the one before unless given.")
                    @Nullable
                    Long to)
            throws CommandFailure, IOException {
        return with(store, false, (life, say) -> {
            Publication publication = life.rollback(to, person.name(say));
            print(line(life.get(publication.policy()), say, zone(life)));
            shell.err().println(say.of("policy.alone"));
            for (Publication each : life.scheduled()) {
                shell.err().println(say.of("policy.ahead", each.policy(), moment(each.effectiveAt(), zone(life))));
            }
            return 0;
        });
    }

    @Command(
            name = "withdraw",
            description = "Withdraws a draft, or cancels a scheduled publication.",
            mixinStandardHelpOptions = true)
    int withdraw(@Mixin StoreCommandOptions store, @Mixin PersonOption person, @Mixin Which which)
            throws CommandFailure, IOException {
        return with(store, false, (life, say) -> {
            print(line(life.withdraw(which.no, person.name(say)), say, zone(life)));
            shell.next(say, "withdrawn");
            return 0;
        });
    }

    @Command(
            name = "diff",
            description =
                    "Shows what a policy would change: rules by line, tables by row and cell; or, with --meaning, which"
                            + " facts it would decide otherwise.",
            mixinStandardHelpOptions = true)
    int diff(
            @Mixin StoreCommandOptions store,
            @Mixin Which which,
            @Option(
                            names = "--against",
                            paramLabel = "N",
                            description = "The number of the policy to compare with; the live one unless given.")
                    @Nullable
                    Long against,
            @Option(
                            names = "--meaning",
                            description =
                                    "Compare what is meant rather than cells: which facts would be decided otherwise, and"
                                            + " how, with an example of each.")
                    boolean meaning,
            @Option(
                            names = "--seconds",
                            paramLabel = "N",
                            defaultValue = "60",
                            converter = Seconds.class,
                            description =
                                    "With --meaning, how long a decision is compared at most; what is left is told.")
                    int seconds,
            @Mixin JsonOption json)
            throws CommandFailure, IOException {
        return with(store, false, (life, say) -> {
            if (meaning) {
                Meaning compared = compared(life, which.no, against, seconds);
                print(json.isGiven() ? Json.writeIndented(compared) : MeaningPage.of(compared, say));
                return 0;
            }
            PolicyDiff diff = life.diff(which.no, against);
            print(json.isGiven() ? Json.writeIndented(diff) : text(diff, say));
            shell.next(say, "compared", which.no);
            return 0;
        });
    }

    /** How long a comparison may take. */
    static final class Seconds extends IntegerInRange {
        Seconds() {
            super(1, 3_600);
        }
    }

    private Meaning compared(PolicyLifecycle life, long no, @Nullable Long against, int seconds) {
        Policy before = life.policy(against);
        Policy after = life.policy(no);
        try (var bar = new ProgressLine("meaning", shell)) {
            return Comparison.of(
                            after.day(shell.clock().instant()),
                            Duration.ofSeconds(seconds),
                            (decision, at, of) -> bar.step())
                    .between(before, after);
        }
    }

    private static String text(PolicyDiff diff, Phrases say) {
        var text = new StringBuilder(diff.from() + "\n→ " + diff.to() + "\n");
        for (PolicyDiff.FileDiff file : diff.files()) {
            text.append("\n== ")
                    .append(file.path())
                    .append("  ")
                    .append(say.of("policy.change." + file.change()))
                    .append('\n');
            text.append(file.text());
            for (SheetDiff sheet : file.sheets()) {
                if (sheet.change() != Change.CHANGED) {
                    text.append(sheet.sheet())
                            .append("  ")
                            .append(say.of("policy.change." + sheet.change()))
                            .append('\n');
                }
                sheet.rows().forEach(row -> text.append(text(row)));
            }
        }
        return text.toString()
                .lines()
                .map(line -> Findings.visible(line.replace("\t", "    ")))
                .collect(Collectors.joining("\n"));
    }

    private static String text(SheetDiff.RowDiff row) {
        String sign = switch (row.change()) {
            case ADDED -> "+";
            case REMOVED -> "-";
            case CHANGED -> "~";
            case MOVED -> "↕";
        };
        String head = (sign + " " + row.at() + "  " + row.row()).stripTrailing();
        if (row.change() == Change.ADDED || row.change() == Change.REMOVED) {
            return head + "  "
                    + row.cells().stream().map(cell -> cell.from() + cell.to()).collect(Collectors.joining(" | "))
                    + "\n";
        }
        return head + "\n"
                + row.cells().stream()
                        .map(cell -> "    " + cell.at().cell() + " " + cell.column() + ": \"" + cell.from() + "\" → \""
                                + cell.to() + "\"\n")
                        .collect(Collectors.joining());
    }
}
