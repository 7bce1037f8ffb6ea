package liandong.cli.terminal;

import java.util.List;

/**
 * Gives commands that a decision has besides the one that answers its requests. Named in
 * {@code META-INF/services/liandong.cli.terminal.CommandSource}.
 */
public interface CommandSource {
    /** The commands, annotated as picocli wants them, on a terminal. */
    List<Object> commands(Terminal terminal);
}
