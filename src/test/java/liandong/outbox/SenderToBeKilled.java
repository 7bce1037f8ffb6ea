package liandong.outbox;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import liandong.journal.Answers;
import liandong.journal.Journal;
import liandong.journal.Keeping;
import liandong.journal.Personal;
import liandong.store.Database;

/** Keeps answers and sends them to a receiver, until it is killed. */
final class SenderToBeKilled {
    private SenderToBeKilled() {}

    /**
     * Runs it.
     *
     * @param args where the store is, where the receiver is, the receiver's key, and the numbers of the first answer and of the one
     *     after the last
     */
    public static void main(String[] args) throws InterruptedException {
        Database database = Database.open(args[0], null, null);
        var receiver =
                new Receiver("platform", URI.create(args[1]), List.of(Objects.requireNonNull(WebhookKey.of(args[2]))));
        Webhooks webhooks = new Webhooks(
                List.of(receiver), database, Personal.kept(), Clock.systemUTC(), new SimpleMeterRegistry());
        Journal journal = Journal.in(database, Keeping.REQUIRED, Personal.kept(), Clock.systemUTC(), "liandong test");
        webhooks.start();
        for (int n = Integer.parseInt(args[3]); n < Integer.parseInt(args[4]); n++) {
            Answers.keep(journal, n);
        }
        new CountDownLatch(1).await(); // it sends on
    }
}
