package liandong.cli.journal;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.Findings;
import liandong.cli.terminal.Terminal;
import liandong.explain.Phrases;
import liandong.outbox.Outbox;
import liandong.outbox.Outbox.Event;
import liandong.outbox.Outbox.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code webhooks}: who is sent what is decided, and what they would not take. */
@Command(
        name = "webhooks",
        description = {
            "Lists who is sent what is decided (serve --webhook) and how far, and what they would not take; sends that"
                    + " again. A running service goes on by itself; what is said here it does within seconds.",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeList = {
            "0:done",
            "1:there is no such receiver, nothing to be done, or a running service still sends to what is to be forgotten",
            "2:the command was called wrongly, or the store cannot be used"
        },
        footer = {
            "  java -jar target/liandong.jar webhooks list",
            "  java -jar target/liandong.jar webhooks dead platform",
            "  java -jar target/liandong.jar webhooks again platform",
            "  java -jar target/liandong.jar webhooks resume platform",
            "  java -jar target/liandong.jar webhooks forget platform"
        })
public final class WebhooksCommand implements Runnable {
    /** So many decisions are listed. */
    private static final int MOST = 1_000;

    private final Terminal shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    public WebhooksCommand(Terminal shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "list",
            description =
                    "Lists the receivers: how much each has still to be sent, since when, and what it does not take.",
            mixinStandardHelpOptions = true)
    int list(@Mixin StoreCommandOptions store) throws CommandFailure, IOException {
        Phrases say = store.phrases();
        return store.existing(database -> {
            for (Status each : new Outbox(database).all()) {
                String state = each.endedAt() != null
                        ? say.of("webhook.ended", each.endedAt())
                        : each.fault().isEmpty() ? say.of("webhook.good") : say.of("webhook.failing", each.fault());
                shell.print(say.of(
                                "webhook.line",
                                Findings.visible(each.name()),
                                Findings.visible(each.url()),
                                Findings.visible(state),
                                each.backlog(),
                                each.oldest() == null ? "" : say.of("webhook.oldest", each.oldest()),
                                each.delivered(),
                                each.failed(),
                                each.dead())
                        + "\n");
            }
            return 0;
        });
    }

    @Command(
            name = "dead",
            description =
                    "Lists the decisions that a receiver would not take and that are sent no more, the oldest first:"
                            + " number, when it was kept, incident, how often it was sent, why it was not taken the last time.",
            mixinStandardHelpOptions = true)
    int dead(
            @Mixin StoreCommandOptions store,
            @Parameters(paramLabel = "NAME", description = "The receiver.") String name)
            throws CommandFailure, IOException {
        return store.existing(database -> {
            var outbox = new Outbox(database);
            demand(outbox, name, store.phrases());
            List<Event> dead = outbox.dead(name, MOST);
            for (Event each : dead) {
                shell.print(Findings.visible(each.no() + "  " + each.keptAt() + "  " + each.subject() + "  "
                                + each.tries() + "  " + each.fault())
                        + "\n");
            }
            return 0;
        });
    }

    @Command(
            name = "again",
            description = "Has everything sent again that a receiver would not take.",
            mixinStandardHelpOptions = true)
    int again(
            @Mixin StoreCommandOptions store,
            @Parameters(paramLabel = "NAME", description = "The receiver.") String name)
            throws CommandFailure, IOException {
        Phrases say = store.phrases();
        return store.existing(database -> {
            var outbox = new Outbox(database);
            demand(outbox, name, say);
            int again = outbox.again(name, shell.clock().instant());
            shell.print(say.of("webhook.again", again) + "\n");
            return again > 0 ? 0 : CommandFailure.BAD;
        });
    }

    @Command(
            name = "resume",
            description = "Sends to a receiver again that answered 410 and so wanted no more, from where it was.",
            mixinStandardHelpOptions = true)
    int resume(
            @Mixin StoreCommandOptions store,
            @Parameters(paramLabel = "NAME", description = "The receiver.") String name)
            throws CommandFailure, IOException {
        Phrases say = store.phrases();
        return store.existing(database -> {
            var outbox = new Outbox(database);
            demand(outbox, name, say);
            boolean resumed = outbox.resume(name);
            shell.print(say.of(resumed ? "webhook.resumed" : "webhook.notEnded", name) + "\n");
            return resumed ? 0 : CommandFailure.BAD;
        });
    }

    @Command(
            name = "forget",
            description =
                    "Forgets a receiver that no service names any more, and what it has not been sent. Refused while a running"
                            + " service sends to it.",
            mixinStandardHelpOptions = true)
    int forget(
            @Mixin StoreCommandOptions store,
            @Parameters(paramLabel = "NAME", description = "The receiver.") String name)
            throws CommandFailure, IOException {
        Phrases say = store.phrases();
        return store.existing(database -> {
            var outbox = new Outbox(database);
            demand(outbox, name, say);
            if (!outbox.forget(name, shell.clock().instant())) {
                Instant until = outbox.heldUntil(name, shell.clock().instant());
                throw new CommandFailure(
                        CommandFailure.BAD,
                        List.of(until == null ? say.of("webhook.unknown", name) : say.of("webhook.held", name, until)));
            }
            shell.print(say.of("webhook.forgotten", name) + "\n");
            return 0;
        });
    }

    private static void demand(Outbox outbox, String name, Phrases say) throws CommandFailure {
        if (outbox.status(name) == null) {
            throw new CommandFailure(CommandFailure.BAD, List.of(say.of("webhook.unknown", name)));
        }
    }
}
