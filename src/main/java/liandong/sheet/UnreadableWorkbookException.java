package liandong.sheet;

import java.io.IOException;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Location;
import liandong.problem.Problem;

/** A workbook is not read any further, and why. */
final class UnreadableWorkbookException extends IOException {
    private static final long serialVersionUID = 1;

    /** Not part of the serial form: nobody sends these anywhere. */
    private final transient Problem problem;

    UnreadableWorkbookException(Code code, Location at, Object... args) {
        super(code.name());
        this.problem = Problem.of(code, at, args);
    }

    /** A file that is damaged, was cut off, or is nothing that is known. */
    static UnreadableWorkbookException unreadable(String file) {
        return new UnreadableWorkbookException(Code.UNREADABLE_WORKBOOK, new FileRef(file), file);
    }

    Problem problem() {
        return problem;
    }
}
