package liandong.routing.evaluation;

import java.util.List;
import liandong.cli.terminal.CommandSource;
import liandong.cli.terminal.Terminal;

/** {@code evaluate} and {@code suggest-keywords}, which measure routing on, and learn it from, labels that others gave; {@code
 * duty-row}, which learns it from a ruling. */
public final class EvaluationCommands implements CommandSource {
    @Override
    public List<Object> commands(Terminal terminal) {
        return List.of(
                new EvaluateCommand(terminal), new SuggestKeywordsCommand(terminal), new DutyRowCommand(terminal));
    }
}
