package liandong.scoring;

import java.util.List;
import liandong.cli.terminal.CommandSource;
import liandong.cli.terminal.Terminal;

/** {@code score}, which scores cases and periods. */
public final class ScoringCommands implements CommandSource {
    @Override
    public List<Object> commands(Terminal terminal) {
        return List.of(new ScoreCommand(terminal));
    }
}
