package liandong.problem;

/** There is more to do than can be done at once. Whoever asked may ask again in a moment. */
public final class BusyException extends UnavailableException {
    /** After how many seconds it is worth while to ask again. */
    public static final int SECONDS = 5;

    private static final long serialVersionUID = 1L;

    public BusyException() {
        super(Problem.of(Code.BUSY, new RequestPointer(""), SECONDS), null);
    }
}
