package liandong.cli.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import liandong.cli.journal.SweepOptions.Range;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.JsonOption;
import liandong.cli.terminal.Terminal;
import liandong.explain.Page;
import liandong.explain.Phrases;
import liandong.publication.PolicyRepository;
import liandong.publication.StoredPolicies;
import liandong.replay.Checkpoint;
import liandong.replay.Replay;
import liandong.replay.ReplayCount;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code replay}: decides again what was decided. */
@Command(
        name = "replay",
        description = {
            "Runs decisions that the service has kept again: same facts, same policy, same moment. Each must come out the"
                    + " same, byte for byte; where one does not, it tells what is different.",
            "",
            "All cores are used, and as much memory for a million as for a thousand. Ctrl-C stops it, the same command goes"
                    + " on from there if --resume was given. Decisions whose personal fields are masked cannot be run again;"
                    + " they are counted. The service may go on meanwhile.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:all that are not masked came out the same",
            "1:one came out otherwise, or its policy or its request cannot be used; or it was stopped",
            "2:called wrongly, or the store cannot be used"
        },
        footer = {
            "  java -jar target/liandong.jar replay --from 2026-11-01 --to 2026-11-30",
            "  java -jar target/liandong.jar replay --kind ROUTING --out differences.ndjson --resume replay.json"
        })
public final class ReplayCommand implements Callable<Integer> {
    private final Terminal shell;

    @Mixin
    private SweepOptions sweep = new SweepOptions();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write every decision that came out otherwise there, a line of JSON each.")
    private @Nullable Path out;

    @Mixin
    private JsonOption json = new JsonOption();

    @Mixin
    private PersonalOptions personal = new PersonalOptions();

    @Mixin
    private StoreCommandOptions store = new StoreCommandOptions();

    public ReplayCommand(Terminal shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        Phrases say = store.phrases();
        Map<String, String> about = Map.of("command", "replay", "out", String.valueOf(out));
        Range range = sweep.range(about, shell.clock().instant(), say.locale());
        Checkpoint earlier = range.earlier();
        ReplayCount count = earlier == null ? new ReplayCount() : ReplayCount.of(earlier.progress());
        long start = System.nanoTime();
        long before = count.looked();
        boolean all = store.existing(database -> {
            try (ResultFile file = out == null ? null : ResultFile.open(out, earlier, say.locale())) {
                var policies = new StoredPolicies(new PolicyRepository(database, shell.clock()), shell.clock());
                var replay = new Replay(policies::version, personal.reader(say).in(database));
                return new ScanRunner("replay", range, shell, say)
                        .run(
                                database,
                                count,
                                file == null ? ScanRunner.Results.NONE : file,
                                replay::of,
                                (entry, replayed) -> {
                                    count.add(entry, replayed, say.locale());
                                    if (file != null && replayed.isAmiss()) {
                                        file.write(Json.object(replayed.told(entry, say.locale())));
                                    }
                                });
            }
        });
        double seconds = (System.nanoTime() - start) / 1e9;
        String text = json.isGiven() ? Json.writeIndented(count.json()) + "\n" : page(count, say);
        shell.print(text);
        shell.err()
                .println(say.of(
                        "sweep.summary",
                        count.looked() - before,
                        String.format(Locale.ROOT, "%.1f", seconds),
                        Math.round((count.looked() - before) / seconds)));
        if (all) {
            shell.next(say, count.good() ? "replayed" : "replayedOtherwise");
        }
        return all && count.good() ? 0 : CommandFailure.BAD;
    }

    private static String page(ReplayCount count, Phrases say) {
        var page = new Page();
        page.heading(say.of("replay.heading", count.looked()));
        page.entry(2, "• ", say.of("replay.same", count.same()));
        page.entry(2, "• ", say.of("replay.different", count.different()));
        page.entry(2, "• ", say.of("replay.impossible", count.impossible()));
        count.obstacles().forEach((why, decisions) -> page.entry(4, "", say.word(why) + ": " + decisions));
        count.policiesMissing().forEach((version, decisions) -> page.entry(6, "", version + ": " + decisions));
        if (!count.examples().isEmpty()) {
            page.heading(say.of("replay.examples"));
        }
        for (JsonNode example : count.examples()) {
            page.entry(
                    2,
                    "• ",
                    example.path("decisionId").stringValue("") + " "
                            + example.path("kind").stringValue("") + " "
                            + example.path("subject").stringValue(""));
            example.path("differences").forEach(each -> page.entry(4, "", ImpactPage.difference(each, say)));
            example.path("problems")
                    .forEach(each -> page.entry(4, "", each.path("message").stringValue("")));
        }
        return page.toString();
    }
}
