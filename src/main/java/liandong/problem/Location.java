package liandong.problem;

/** The place a problem is about: what a person would open or point at to mend it. */
public sealed interface Location permits CellRef, FileRef, LineRef, RequestPointer {
    /** The place as one line of text, e.g. {@code "routing.xlsx 派单目录!D14"}; never empty. */
    @Override
    String toString();
}
