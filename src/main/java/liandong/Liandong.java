package liandong;

import liandong.cli.RootCommand;

/** The program: one command, {@code serve} unless another is named. */
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
        int exitCode =
                RootCommand.commandLine(new ServeCommand()).execute(args.length == 0 ? new String[] {"serve"} : args);
        if (exitCode != KEEP_RUNNING) {
            System.exit(exitCode);
        }
    }
}
