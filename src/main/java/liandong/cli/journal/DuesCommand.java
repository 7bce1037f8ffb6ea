package liandong.cli.journal;

import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.Callable;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.CommonOptions;
import liandong.cli.terminal.JsonOption;
import liandong.cli.terminal.Terminal;
import liandong.explain.Page;
import liandong.explain.Phrases;
import liandong.explain.ReasonsSection;
import liandong.journal.Archive;
import liandong.policy.Policy;
import liandong.replay.DueMoves;
import liandong.replay.DueMoves.Moved;
import liandong.wire.Json;
import liandong.wire.PolicyRef;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code dues}: which due times move once the days off of a year have been announced. */
@Command(
        name = "dues",
        description = {
            "Lists the open decisions whose due times move by the calendar of a policy: run it when the holidays of a year"
                    + " have been announced and entered. A decision is open when it is the latest of its incident and a due"
                    + " time of it has not passed.",
            "",
            "Each due time is counted again from its start and its limit. Stages that were extended or paused are not:"
                    + " escalate says when they are due. No decision is changed.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:no due time moves",
            "1:some do; each is printed; or the policy cannot be used",
            "2:called wrongly, or the store cannot be used"
        },
        footer = {
            "  java -jar target/liandong.jar dues --policy my",
            "  java -jar target/liandong.jar dues --now 2026-12-31T09:00:00+08:00 --json"
        })
public final class DuesCommand implements Callable<Integer> {
    private final Terminal shell;

    @Option(
            names = "--policy",
            paramLabel = "DIR|N",
            description =
                    "The policy with the calendar: a policy folder, or the number of a policy in the store; the live"
                            + " one unless given.")
    private @Nullable String policy;

    @Option(
            names = "--now",
            paramLabel = "TIME",
            converter = CommonOptions.Moment.class,
            description = "Due times after this moment are open: 2026-12-31T09:00:00+08:00. The present unless given.")
    private @Nullable Instant now;

    @Mixin
    private JsonOption json = new JsonOption();

    @Mixin
    private StoreCommandOptions store = new StoreCommandOptions();

    public DuesCommand(Terminal shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        Phrases say = store.phrases();
        return store.existing(database -> {
            Policy by = policy == null
                    ? NamedPolicy.live(database, shell, say)
                    : NamedPolicy.of(policy, database, shell, say);
            Instant moment = now == null ? shell.clock().instant() : now;
            DueMoves moves = DueMoves.of(new Archive(database), by.calendar(), moment);
            List<Moved> moved = moves.moved();
            shell.print(
                    json.isGiven()
                            ? Json.writeIndented(json(by, moment, moves.open(), moved)) + "\n"
                            : page(by, moves.open(), moved, say));
            return moved.isEmpty() ? 0 : CommandFailure.BAD;
        });
    }

    private static ObjectNode json(Policy by, Instant now, int open, List<Moved> moved) {
        ObjectNode json = Json.object();
        json.set("policy", Json.of(PolicyRef.of(by)));
        json.put("now", now.atZone(by.calendar().zone()).toOffsetDateTime().toString());
        json.put("open", open);
        ArrayNode list = json.putArray("moved");
        for (Moved each : moved) {
            ObjectNode node = list.addObject()
                    .put("incidentId", each.incident())
                    .put("decisionId", each.decision())
                    .put("stage", each.stage());
            node.set("due", Json.of(each.due()));
            node.put("provisional", each.provisional());
            if (each.newDue() != null) {
                node.set("newDue", Json.of(each.newDue()));
            }
            node.put("stillProvisional", each.stillProvisional());
        }
        return json;
    }

    private static String page(Policy by, int open, List<Moved> moved, Phrases say) {
        var page = new Page();
        long decisions = moved.stream().map(Moved::decision).distinct().count();
        page.heading(say.of("dues.heading", by.label(), decisions, open));
        for (Moved each : moved) {
            page.entry(
                    2,
                    "• ",
                    say.of(
                            each.provisional() ? "dues.moveProvisional" : "dues.move",
                            each.incident(),
                            each.stage(),
                            ReasonsSection.time(each.due()),
                            newDue(each.newDue(), each.stillProvisional(), say)));
        }
        return page.toString();
    }

    private static String newDue(@Nullable OffsetDateTime due, boolean provisional, Phrases say) {
        if (due == null) {
            return say.of("dues.uncovered");
        }
        String time = ReasonsSection.time(due);
        return provisional ? say.of("dues.stillProvisional", time) : time;
    }
}
