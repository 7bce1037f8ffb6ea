package liandong.cli.journal;

import java.util.List;
import liandong.cli.terminal.CommandFailure;
import liandong.explain.Phrases;
import picocli.CommandLine.Option;

/** Who does something to the store. */
public final class PersonOption {
    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "Who does it, as the log will say; the name of the system's user unless given.")
    private String name = System.getProperty("user.name", "");

    /**
     * Who does it.
     *
     * @throws CommandFailure if nobody is named
     */
    public String name(Phrases say) throws CommandFailure {
        if (name.isBlank()) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("policy.nameless")));
        }
        return name.strip();
    }
}
