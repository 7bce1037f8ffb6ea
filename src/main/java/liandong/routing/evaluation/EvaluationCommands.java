package liandong.routing.evaluation;

import java.util.List;
import liandong.cli.terminal.CommandSource;
import liandong.cli.terminal.Terminal;

/** {@code evaluate}, which compares routing with labels that others gave. */
public final class EvaluationCommands implements CommandSource {
    @Override
    public List<Object> commands(Terminal terminal) {
        return List.of(new EvaluateCommand(terminal));
    }
}
