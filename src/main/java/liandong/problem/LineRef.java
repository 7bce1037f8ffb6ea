package liandong.problem;

/**
 * A line of a text file.
 *
 * @param file the file's name, {@code "-"} for standard input
 * @param line the line, from 1
 */
public record LineRef(String file, int line) implements Location {
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
