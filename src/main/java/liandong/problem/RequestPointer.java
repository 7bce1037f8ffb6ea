package liandong.problem;

/**
 * A place in a JSON document.
 *
 * @param pointer a JSON pointer (RFC 6901), e.g. {@code "/incident/area"}; empty for the whole document
 */
public record RequestPointer(String pointer) implements Location {
    /** The place of a member of this place. */
    public RequestPointer member(String name) {
        return new RequestPointer(pointer + "/" + name.replace("~", "~0").replace("/", "~1"));
    }

    /** The name of the member that it is, or is an element of; empty for the whole document. */
    public String name() {
        String plain = pointer.replaceAll("(/\\d+)+$", "");
        return plain.substring(plain.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
    }

    @Override
    public String file() {
        return toString();
    }

    @Override
    public String toString() {
        return pointer.isEmpty() ? "/" : pointer;
    }
}
