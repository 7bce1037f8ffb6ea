package liandong.problem;

/**
 * A place in a JSON document.
 *
 * @param pointer a JSON pointer (RFC 6901), e.g. {@code "/incident/area"}; empty for the whole document
 */
public record Pointer(String pointer) implements At {
    /** The place of a member of this place. */
    public Pointer member(String name) {
        return new Pointer(pointer + "/" + name.replace("~", "~0").replace("/", "~1"));
    }

    @Override
    public String toString() {
        return pointer.isEmpty() ? "/" : pointer;
    }
}
