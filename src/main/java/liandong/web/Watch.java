package liandong.web;

import java.time.Duration;

/** Whoever waits for some work. Told and asked by whichever threads do it. */
public interface Watch {
    /** A caller who holds the connection until the answer comes: is told nothing on the way, and does not wait for a turn for long. */
    Watch CALLER = new Watch() {
        private static final Duration PATIENCE = Duration.ofSeconds(30);

        @Override
        public void done(long much, long whole) {
            // Nobody looks.
        }

        @Override
        public boolean stopped() {
            return false;
        }

        @Override
        public Duration patience() {
            return PATIENCE;
        }
    };

    /**
     * Is told how much is done.
     *
     * @param whole how much there is to do, in the same unit; 0 where nobody knows
     */
    void done(long much, long whole);

    /** Whether they want no more of it. */
    boolean stopped();

    /** How long they wait for a turn. */
    Duration patience();

    /**
     * Is told that the thread which asks begins to wait for a turn, or waits no more. Whoever stops the work may interrupt it
     * meanwhile, and only then.
     */
    default void waiting(boolean begins) {
        // A caller who holds the connection does not stop it.
    }

    /**
     * Is told how much is done, by work that leaves nothing behind when it ends here.
     *
     * @throws StoppedException if they want no more of it
     */
    default void goOn(long much, long whole) {
        done(much, whole);
        if (stopped()) {
            throw new StoppedException();
        }
    }
}
