package liandong;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: one command, {@code serve} unless another is named. */
@Command(
        name = "liandong",
        description = "Decides who takes an incident, by when and why, by rules and tables that policy staff own.",
        mixinStandardHelpOptions = true,
        subcommands = ServeCommand.class)
public final class Liandong {
    /** What a command gives to go on after it has started something; never an exit code. */
    static final int KEEP_RUNNING = -1;

    private Liandong() {}

    /**
     * Runs one command.
     *
     * @param args a command and its options, see {@code --help}
     */
    public static void main(String[] args) {
        int exitCode = new CommandLine(new Liandong()).execute(args.length == 0 ? new String[] {"serve"} : args);
        if (exitCode != KEEP_RUNNING) {
            System.exit(exitCode);
        }
    }
}
