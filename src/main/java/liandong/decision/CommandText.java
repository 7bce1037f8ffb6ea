package liandong.decision;

import java.util.List;

/**
 * What the help says of a command that answers a file of requests.
 *
 * @param name what it is called, e.g. {@code "escalate"}
 * @param description what it does and what it reads, paragraph by paragraph
 * @param examples calls of it, without the program
 */
public record CommandText(String name, List<String> description, List<String> examples) {
    /** No such command. */
    public static final CommandText NONE = new CommandText("", List.of(), List.of());
}
