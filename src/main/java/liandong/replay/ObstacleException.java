package liandong.replay;

/** A decision cannot be run again. */
final class ObstacleException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Obstacle obstacle;

    ObstacleException(Obstacle obstacle) {
        super(obstacle.why().name());
        this.obstacle = obstacle;
    }

    Obstacle obstacle() {
        return obstacle;
    }
}
