package liandong.problem;

/** The request that was sent under this key has been done, and its answer cannot be given a second time. */
public final class KeySpentException extends UnavailableException {
    private static final long serialVersionUID = 1L;
    private static final int CONFLICT = 409;

    public KeySpentException() {
        super(Problem.of(Code.KEY_SPENT, new RequestPointer("")), null);
    }

    @Override
    public int status() {
        return CONFLICT;
    }

    @Override
    public boolean isPassing() {
        return false;
    }
}
