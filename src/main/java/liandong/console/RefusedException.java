package liandong.console;

/** Somebody does not get the page they asked for. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusedException(Refusal refusal) {
        super(refusal.status().toString());
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
