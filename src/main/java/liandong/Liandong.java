package liandong;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import liandong.cli.RootCommand;
import liandong.cli.terminal.Terminal;

/** The program: one command, {@code serve} unless another is named. */
public final class Liandong {
    /** What a command gives to go on after it has started something; never an exit code. */
    static final int KEEP_RUNNING = -1;

    private Liandong() {}

    /** The commands that are of the program itself, by name, in the order in which help lists them. */
    static Map<String, Supplier<Object>> commands() {
        var commands = new LinkedHashMap<String, Supplier<Object>>();
        commands.put("serve", ServeCommand::new);
        commands.put("install", () -> new InstallCommand(Terminal.system()));
        return commands;
    }

    /**
     * Runs one command.
     *
     * @param args a command and its options, see {@code --help}
     */
    public static void main(String[] args) {
        String[] words = args.length == 0 ? new String[] {"serve"} : args;
        int exitCode = RootCommand.commandLine(words, commands()).execute(words);
        if (exitCode != KEEP_RUNNING) {
            System.exit(exitCode);
        }
    }
}
