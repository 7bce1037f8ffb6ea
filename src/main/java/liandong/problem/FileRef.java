package liandong.problem;

/**
 * A whole file or folder.
 *
 * @param file its name, relative to the policy folder where it lies in one
 */
public record FileRef(String file) implements Location {
    @Override
    public String toString() {
        return file;
    }
}
