package liandong.problem;

/** A caller asks for more than one caller may. */
public final class RateLimitedException extends UnavailableException {
    private static final long serialVersionUID = 1L;
    private static final int TOO_MANY_REQUESTS = 429;

    /**
     * One request too many.
     *
     * @param perMinute how many a minute one caller may make
     * @param seconds after how many there may be another
     */
    public RateLimitedException(int perMinute, int seconds) {
        super(Problem.of(Code.RATE_LIMITED, new RequestPointer(""), perMinute, seconds), null);
    }

    @Override
    public int status() {
        return TOO_MANY_REQUESTS;
    }
}
