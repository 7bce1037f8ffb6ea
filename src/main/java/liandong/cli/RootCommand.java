package liandong.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import liandong.cli.cases.DecideCommand;
import liandong.cli.cases.ExplainCommand;
import liandong.cli.cases.RouteCommand;
import liandong.cli.journal.BackupCommand;
import liandong.cli.journal.DecisionsCommand;
import liandong.cli.journal.DuesCommand;
import liandong.cli.journal.ImpactCommand;
import liandong.cli.journal.JournalCommand;
import liandong.cli.journal.KeysCommand;
import liandong.cli.journal.QualityCommand;
import liandong.cli.journal.ReplayCommand;
import liandong.cli.journal.WebhooksCommand;
import liandong.cli.policy.CheckCommand;
import liandong.cli.policy.ExportCommand;
import liandong.cli.policy.FormatCommand;
import liandong.cli.policy.PolicyCommand;
import liandong.cli.policy.RenameCommand;
import liandong.cli.scenarios.MutateCommand;
import liandong.cli.scenarios.RecordCommand;
import liandong.cli.scenarios.SuggestCommand;
import liandong.cli.scenarios.TestCommand;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.CommandSource;
import liandong.cli.terminal.Terminal;
import liandong.decision.Decision;
import liandong.decision.Decisions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Spec;

/** {@code liandong}: the program, whose commands do the work. */
@Command(
        name = "liandong",
        description = "Decides who takes an incident, by when and why, by rules and tables that policy staff own.",
        mixinStandardHelpOptions = true,
        exitCodeList = {
            "0:all is well",
            "1:something that was given is wrong: a line, a label, the policy; every fault is printed",
            "2:the command was called wrongly, or a file cannot be read"
        },
        footer = {
            "  java -jar target/liandong.jar route reports.ndjson > answers.ndjson",
            "  java -jar target/liandong.jar explain report.json --lang zh",
            "  java -jar target/liandong.jar score --due 972 --closed 911 --on-time 737",
            "  java -jar target/liandong.jar check my/",
            "  java -jar target/liandong.jar policy --help",
            "  java -jar target/liandong.jar evaluate --help"
        })
public final class RootCommand implements Runnable {
    private static final String ROUTE = "route";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    private RootCommand() {}

    /**
     * The program as it is called from a shell.
     *
     * @param more further commands, annotated with {@link Command}
     */
    public static CommandLine commandLine(Object... more) {
        return commandLine(Terminal.system(), more);
    }

    public static CommandLine commandLine(Terminal shell, Object... more) {
        return commandLine(shell, all(shell, List.of(more)));
    }

    /**
     * The program as it is called from a shell with some words. Only the command that the first of them names is made, as
     * making all of them takes a fifth of a second; all are when it names none.
     *
     * @param more further commands by name
     */
    public static CommandLine commandLine(String[] words, Map<String, Supplier<Object>> more) {
        Terminal shell = Terminal.system();
        String name = words.length == 0 ? "" : words[0];
        Supplier<Object> named = more.containsKey(name) ? more.get(name) : named(shell, name);
        return named != null
                ? commandLine(shell, List.of(named.get()))
                : commandLine(shell, more.values().stream().map(Supplier::get).toArray());
    }

    private static CommandLine commandLine(Terminal shell, List<Object> named) {
        var commands = new CommandLine(new RootCommand()) {
            @Override
            public int execute(String... args) {
                if (ChineseHelp.isWanted(args)) {
                    ChineseHelp.put(this);
                }
                return super.execute(args);
            }
        };
        named.forEach(commands::addSubcommand);
        dress(commands);
        commands.setOut(Terminal.writer(shell.out()));
        commands.setErr(shell.err());
        commands.setUsageHelpWidth(100);
        commands.setExecutionExceptionHandler((thrown, command, parsed) -> {
            if (thrown instanceof CommandFailure stop) {
                stop.lines().forEach(shell.err()::println);
                return stop.exitCode();
            }
            if (thrown instanceof IOException) {
                shell.err().println(command.getCommandName() + ": " + thrown.getMessage());
                return CommandFailure.USAGE;
            }
            throw thrown;
        });
        return commands;
    }

    /** All commands in the order in which help lists them. */
    private static List<Object> all(Terminal shell, List<Object> more) {
        var all = new ArrayList<>(more);
        all.add(new RouteCommand(shell));
        for (Decision<?, ?> decision : Decisions.all()) {
            if (!decision.command().name().isEmpty()) {
                all.add(DecideCommand.of(shell, decision));
            }
        }
        for (CommandSource source : ServiceLoader.load(CommandSource.class, RootCommand.class.getClassLoader())) {
            all.addAll(source.commands(shell));
        }
        own(shell).values().forEach(command -> all.add(command.get()));
        return all;
    }

    /** The command of a name; null when that is none, or one of those that a decision has besides answering. */
    private static @Nullable Supplier<Object> named(Terminal shell, String name) {
        if (name.equals(ROUTE)) {
            return () -> new RouteCommand(shell);
        }
        for (Decision<?, ?> decision : Decisions.all()) {
            if (!name.isEmpty() && decision.command().name().equals(name)) {
                return () -> DecideCommand.of(shell, decision);
            }
        }
        return own(shell).get(name);
    }

    /** The commands that belong to no decision, by name, in the order in which help lists them. */
    private static Map<String, Supplier<Object>> own(Terminal shell) {
        var own = new LinkedHashMap<String, Supplier<Object>>();
        own.put("explain", () -> new ExplainCommand(shell));
        own.put("test", () -> new TestCommand(shell));
        own.put("mutate", () -> new MutateCommand(shell));
        own.put("suggest", () -> new SuggestCommand(shell));
        own.put("record", () -> new RecordCommand(shell));
        own.put("check", () -> new CheckCommand(shell));
        own.put("format", () -> new FormatCommand(shell));
        own.put("rename", () -> new RenameCommand(shell));
        own.put("export", () -> new ExportCommand(shell));
        own.put("decisions", () -> new DecisionsCommand(shell));
        own.put(
                "journal",
                () -> new CommandLine(new JournalCommand())
                        .addSubcommand(new JournalCommand.Verify(shell))
                        .addSubcommand(new JournalCommand.Audit(shell))
                        .addSubcommand(new BackupCommand(shell))
                        .addSubcommand(new JournalCommand.Reindex(shell))
                        .addSubcommand(new JournalCommand.Rekey(shell))
                        .addSubcommand(new JournalCommand.Prune(shell)));
        own.put("replay", () -> new ReplayCommand(shell));
        own.put("impact", () -> new ImpactCommand(shell));
        own.put("dues", () -> new DuesCommand(shell));
        own.put("quality", () -> new QualityCommand(shell));
        own.put("policy", () -> new PolicyCommand(shell));
        own.put("keys", () -> new KeysCommand(shell));
        own.put("webhooks", () -> new WebhooksCommand(shell));
        return own;
    }

    /** What the help of all commands has in common, and the version that each of them tells. */
    private static void dress(CommandLine command) {
        command.getCommandSpec().versionProvider(new Version());
        UsageMessageSpec help = command.getCommandSpec().usageMessage();
        help.synopsisSubcommandLabel("COMMAND").commandListHeading("%nCommands:%n");
        if (!help.exitCodeList().isEmpty()) {
            help.exitCodeListHeading("%nExit codes:%n");
        }
        if (help.footer().length > 0) {
            help.footerHeading("%nExamples:%n");
        }
        command.getSubcommands().values().forEach(RootCommand::dress);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** The version of the program that runs, as its jar says. */
    public static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = RootCommand.class.getPackage().getImplementationVersion();
            return new String[] {"liandong " + (version == null ? "dev" : version)};
        }
    }
}
