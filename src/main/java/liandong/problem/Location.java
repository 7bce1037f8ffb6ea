package liandong.problem;

/** The place a problem is about: what a person would open or point at to mend it. */
public sealed interface Location permits CellRef, FileRef, LineRef, RequestPointer {
    /** The name of the file it is in, as the place was given it; for a place in a request, the place itself. */
    String file();

    /** The part of the file that a person reads in one go: a sheet with its workbook's name before it, or the file. */
    default String section() {
        return file();
    }

    /** The place for a reader who has the file before him, e.g. {@code "派单目录!D14"}. */
    default String inFile() {
        return toString();
    }

    /** The place as one line of text, e.g. {@code "routing.xlsx 派单目录!D14"}; never empty. */
    @Override
    String toString();
}
