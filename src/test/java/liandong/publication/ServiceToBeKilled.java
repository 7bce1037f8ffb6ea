package liandong.publication;

import java.time.Clock;
import java.util.Objects;
import liandong.journal.Answers;
import liandong.journal.Journal;
import liandong.journal.Keeping;
import liandong.journal.Personal;
import liandong.store.Database;

/** Keeps answers and publishes policies as fast as it can, and says of each that it is done, until it is killed. */
final class ServiceToBeKilled {
    private static final int THREADS = 4;

    private ServiceToBeKilled() {}

    /**
     * Runs it.
     *
     * @param args where the store is, and the number of its first answer
     */
    public static void main(String[] args) {
        Database database = Database.open(args[0], null, null);
        Journal journal = Journal.in(database, Keeping.REQUIRED, Personal.kept(), Clock.systemUTC(), "liandong test");
        var life = new PolicyLifecycle(database, Clock.systemUTC(), Gate.OPEN);
        int first = Integer.parseInt(args[1]);
        for (int thread = 0; thread < THREADS; thread++) {
            int own = first + thread;
            new Thread(() -> {
                        for (int n = own; ; n += THREADS) {
                            say("kept " + (n % 2 == 0 ? Answers.keep(journal, n) : Answers.keepWithKey(journal, n)));
                        }
                    })
                    .start();
        }
        try {
            long live = Objects.requireNonNull(life.live()).policy();
            for (long policy = 3 - live; ; policy = 3 - policy) {
                say("published " + life.rollback(policy, "发布").no());
            }
        } catch (RuntimeException e) {
            say("failed " + e);
        }
    }

    /** One write, so that a line is there whole or not at all. */
    private static void say(String line) {
        synchronized (ServiceToBeKilled.class) {
            System.out.print(line + "\n");
            System.out.flush();
        }
    }
}
