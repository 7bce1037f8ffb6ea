package liandong.replay;

/** A decision cannot be run again. */
final class ReplayBlockedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ReplayBlocker obstacle;

    ReplayBlockedException(ReplayBlocker obstacle) {
        super(obstacle.why().name());
        this.obstacle = obstacle;
    }

    ReplayBlocker obstacle() {
        return obstacle;
    }
}
