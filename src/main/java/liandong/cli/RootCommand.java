package liandong.cli;

import java.io.IOException;
import java.util.ServiceLoader;
import liandong.cli.cases.DecideCommand;
import liandong.cli.cases.ExplainCommand;
import liandong.cli.cases.RouteCommand;
import liandong.cli.journal.DecisionsCommand;
import liandong.cli.journal.DuesCommand;
import liandong.cli.journal.ImpactCommand;
import liandong.cli.journal.JournalCommand;
import liandong.cli.journal.KeysCommand;
import liandong.cli.journal.ReplayCommand;
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
        var commands = new CommandLine(new RootCommand()) {
            @Override
            public int execute(String... args) {
                if (ChineseHelp.isWanted(args)) {
                    ChineseHelp.put(this);
                }
                return super.execute(args);
            }
        };
        for (Object command : more) {
            commands.addSubcommand(command);
        }
        commands.addSubcommand(new RouteCommand(shell));
        for (Decision<?, ?> decision : Decisions.all()) {
            if (!decision.command().name().isEmpty()) {
                commands.addSubcommand(DecideCommand.of(shell, decision));
            }
        }
        for (CommandSource source : ServiceLoader.load(CommandSource.class, RootCommand.class.getClassLoader())) {
            source.commands(shell).forEach(commands::addSubcommand);
        }
        commands.addSubcommand(new ExplainCommand(shell));
        commands.addSubcommand(new TestCommand(shell));
        commands.addSubcommand(new MutateCommand(shell));
        commands.addSubcommand(new SuggestCommand(shell));
        commands.addSubcommand(new RecordCommand(shell));
        commands.addSubcommand(new CheckCommand(shell));
        commands.addSubcommand(new FormatCommand(shell));
        commands.addSubcommand(new RenameCommand(shell));
        commands.addSubcommand(new ExportCommand(shell));
        commands.addSubcommand(new DecisionsCommand(shell));
        commands.addSubcommand(new CommandLine(new JournalCommand())
                .addSubcommand(new JournalCommand.Verify(shell))
                .addSubcommand(new JournalCommand.Audit(shell))
                .addSubcommand(new JournalCommand.Reindex(shell))
                .addSubcommand(new JournalCommand.Rekey(shell))
                .addSubcommand(new JournalCommand.Prune(shell)));
        commands.addSubcommand(new ReplayCommand(shell));
        commands.addSubcommand(new ImpactCommand(shell));
        commands.addSubcommand(new DuesCommand(shell));
        commands.addSubcommand(new PolicyCommand(shell));
        commands.addSubcommand(new KeysCommand(shell));
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
