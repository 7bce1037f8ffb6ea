package liandong.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import liandong.Decide;
import liandong.decision.DecisionService;
import liandong.decision.Decisions;
import liandong.journal.Journal;
import liandong.journal.Keeping;
import liandong.journal.Personal;
import liandong.journal.PlainEntries;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.policy.TinyPolicy;
import liandong.publication.LivePolicies;
import liandong.store.Database;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import liandong.wire.PendingResponse;

/** Stores in which a service has kept decisions by a tiny policy. */
final class KeptStore {
    /** When the first was kept; the others follow, a minute each. */
    static final Instant FIRST = Instant.parse("2026-03-02T01:00:00Z");

    private static final List<String> TEXTS = List.of("路面坑洞", "井盖破了", "楼上楼下争吵", "今天天气好");

    private KeptStore() {}

    /** A clock that is set. */
    private static final class Hands extends Clock {
        private volatile Instant now = FIRST;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Makes a policy live, and keeps so many decisions by it, of the incidents T-0, T-1, …: holes, lids, quarrels and fine weather in turn. */
    static Path write(Path folder, PolicyFiles files, Personal personal, int count) {
        Path file = folder.resolve("liandong.db");
        var clock = new Hands();
        try (Database database = Database.open(file.toString(), null, null)) {
            LivePolicies.beginning(files, database).close();
            Policy policy = Decisions.policy(files, TinyPolicy.TODAY);
            var desk = new DecisionService(() -> policy, clock);
            try (Journal journal = Journal.in(database, Keeping.REQUIRED, personal, clock, "liandong test")) {
                var replies = new ArrayList<PendingResponse>();
                for (int i = 0; i < count; i++) {
                    clock.now = FIRST.plusSeconds(60L * i);
                    replies.add(journal.keep(desk.decide(Decide.ROUTING, Json.read(report(i))), "grid"));
                    if (replies.size() == 1_000) {
                        replies.forEach(reply -> reply.receipt().await());
                        replies.clear();
                    }
                }
                replies.forEach(reply -> reply.receipt().await());
            }
        } catch (BadPolicyException | BadRequestException e) {
            throw new AssertionError(e.getMessage(), e);
        }
        return file;
    }

    private static String report(int number) {
        return "{\"incident\":{\"id\":\"T-" + number + "\",\"reportedAt\":\"2026-03-02T08:30:00+08:00\","
                + "\"source\":\"GRID\",\"area\":\"330102001001\",\"text\":\"" + TEXTS.get(number % TEXTS.size())
                + "\"}}";
    }

    /** Changes what was answered about some incidents. */
    static void forge(Path store, String subjects, String from, String to) {
        try (Database database = Database.open(store.toString(), null, null)) {
            PlainEntries.of(database);
            database.sql()
                    .sql("UPDATE decision SET answer = replace(answer, ?, ?) WHERE subject LIKE ?")
                    .params(from, to, subjects)
                    .update();
        }
    }

    /** Writes a policy into a folder. */
    static Path written(PolicyFiles policy, Path folder) throws IOException {
        for (var file : policy.files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return folder;
    }
}
