package liandong.problem;

/** Somebody is at the request that was sent under this key. Whoever sent it again may ask again in a moment. */
public final class KeyInUseException extends UnavailableException {
    /** After how many seconds it is worth while to ask again. */
    public static final int SECONDS = 1;

    private static final long serialVersionUID = 1L;
    private static final int CONFLICT = 409;

    public KeyInUseException() {
        super(Problem.of(Code.KEY_IN_USE, new RequestPointer(""), SECONDS), null);
    }

    @Override
    public int status() {
        return CONFLICT;
    }
}
