package liandong.outbox;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import liandong.journal.Personal;
import liandong.outbox.Outbox.Status;
import liandong.outbox.Sender.Pace;
import liandong.store.Database;

/** Tells receivers what is decided, whichever process decided it: each by a {@link Sender} of its own. */
public final class Webhooks implements AutoCloseable {
    private final List<Sender> senders;

    /** Webhooks that send nothing yet. */
    public Webhooks(List<Receiver> receivers, Database database, Personal personal, Clock clock, MeterRegistry meters) {
        this(receivers, database, personal, clock, meters, Pace.USUAL);
    }

    Webhooks(
            List<Receiver> receivers,
            Database database,
            Personal personal,
            Clock clock,
            MeterRegistry meters,
            Pace pace) {
        // A receiver is known from the start on: what is decided from now on is for it.
        var outbox = new Outbox(database);
        receivers.forEach(each -> outbox.add(each.name(), each.shown(), clock.instant()));
        String holder = UUID.randomUUID().toString();
        this.senders = receivers.stream()
                .map(each -> new Sender(each, database, personal, clock, holder, pace))
                .toList();
        senders.forEach(each -> measure(each, clock, meters));
    }

    private static void measure(Sender sender, Clock clock, MeterRegistry meters) {
        FunctionCounter.builder("liandong.webhook.delivered", sender, Sender::delivered)
                .description("Decisions that a receiver of webhooks has taken from this process")
                .tag("receiver", sender.name())
                .register(meters);
        FunctionCounter.builder("liandong.webhook.failed", sender, Sender::failed)
                .description("How often a receiver of webhooks has not taken a decision from this process")
                .tag("receiver", sender.name())
                .register(meters);
        gauge(sender, meters, "backlog", "Decisions that a receiver of webhooks has still to be sent", Status::backlog);
        gauge(
                sender,
                meters,
                "dead",
                "Decisions that a receiver of webhooks would not take, and are given up",
                Status::dead);
        gauge(
                sender,
                meters,
                "ended",
                "Whether a receiver of webhooks said that it wants no more",
                status -> status.endedAt() == null ? 0 : 1);
        gauge(
                sender,
                meters,
                "oldest.seconds",
                "For how long the first decision that a receiver of webhooks has still to be sent has waited",
                status -> status.oldest() == null ? 0 : age(status.oldest(), clock));
    }

    private static double age(Instant oldest, Clock clock) {
        return Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1e3);
    }

    private static void gauge(
            Sender sender, MeterRegistry meters, String name, String about, ToDoubleFunction<Status> value) {
        Gauge.builder("liandong.webhook." + name, sender, each -> {
                    Status status = each.status();
                    return status == null ? 0 : value.applyAsDouble(status);
                })
                .description(about)
                .tag("receiver", sender.name())
                .register(meters);
    }

    /** Begins to send. */
    public void start() {
        senders.forEach(Sender::start);
    }

    @Override
    public void close() {
        senders.forEach(Sender::close);
    }
}
