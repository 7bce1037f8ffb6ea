package liandong.web;

/** Nobody wants any more what was being worked on, and nothing has come of it. */
public final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
        super("stopped", null, false, false);
    }
}
