package liandong;

import java.util.Map;
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
        String[] words = args.length == 0 ? new String[] {"serve"} : args;
        int exitCode = RootCommand.commandLine(words, Map.of("serve", ServeCommand::new))
                .execute(words);
        if (exitCode != KEEP_RUNNING) {
            System.exit(exitCode);
        }
    }
}
