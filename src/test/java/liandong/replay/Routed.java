package liandong.replay;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import liandong.Decide;
import liandong.decision.DecisionService;
import liandong.journal.Archive;
import liandong.journal.DecisionQuery;
import liandong.journal.Entry;
import liandong.journal.Journal;
import liandong.journal.Keeping;
import liandong.journal.Personal;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.store.Database;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import liandong.wire.PendingResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reports that a real desk has decided by tiny policies, and a journal has kept. */
final class Routed {
    static final Instant MORNING = Instant.parse("2026-03-02T01:00:00Z");

    /** What is decided by at first. */
    static final Policy FIRST = TinyPolicy.complete().load();

    /** What is decided by later: holes are mended within four working days. */
    static final Policy SECOND =
            TinyPolicy.complete().cell("routing.xlsx 阶段时限!E4", "4 工作日").load();

    private static final List<String> TEXTS = List.of("路面坑洞", "井盖破了", "道路不平", "楼上楼下争吵", "今天天气好", "坑洞旁争吵");
    private static final List<String> AREAS = List.of("330102001001", "330102001002", "330102002001", "330102002");
    private static final List<String> TYPES = List.of("HOLE", "LID", "QUARREL");

    private Routed() {}

    /** A clock that a test sets. */
    static final class Hands extends Clock {
        private Instant now = MORNING;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public synchronized Instant instant() {
            return now;
        }

        synchronized void set(Instant moment) {
            now = moment;
        }
    }

    /**
     * Decides and keeps some reports, the first half by the first policy, the others by the second; every third is kept in
     * the same millisecond as the one before.
     */
    static void keep(Database database, int count, long seed, Personal personal) throws BadRequestException {
        var random = new Random(seed);
        var clock = new Hands();
        var policy = new AtomicReference<>(FIRST);
        var desk = new DecisionService(policy::get, clock);
        try (Journal journal = Journal.in(database, Keeping.REQUIRED, personal, clock, "liandong test")) {
            var replies = new ArrayList<PendingResponse>();
            for (int i = 0; i < count; i++) {
                policy.set(i < count / 2 ? FIRST : SECOND);
                clock.set(MORNING.plusSeconds(60L * (i - (i % 3 == 2 ? 1 : 0))));
                replies.add(journal.keep(desk.decide(Decide.ROUTING, request(i, random)), "grid"));
            }
            for (PendingResponse reply : replies) {
                reply.receipt().await();
            }
        }
    }

    private static ObjectNode request(int number, Random random) {
        ObjectNode incident = Json.object();
        incident.put("id", "T-" + number);
        incident.put("reportedAt", "2026-03-02T08:30:00+08:00");
        incident.put("source", "GRID");
        incident.put("area", AREAS.get(random.nextInt(AREAS.size())));
        incident.put("text", TEXTS.get(random.nextInt(TEXTS.size())));
        if (random.nextInt(5) == 0) {
            incident.put("eventType", TYPES.get(random.nextInt(TYPES.size())));
        }
        incident.put("deaths", random.nextInt(6) == 0 ? 1 : 0);
        incident.put("lifeInDanger", random.nextInt(20) == 0);
        incident.put("settled", random.nextInt(20) == 0);
        ObjectNode request = Json.object();
        request.set("incident", incident);
        if (random.nextInt(4) == 0) {
            request.putObject("options").put("explain", "full");
        }
        return request;
    }

    /** The policies that these decisions were made by. */
    static @Nullable Policy policy(String version) {
        return version.equals(FIRST.version()) ? FIRST : version.equals(SECOND.version()) ? SECOND : null;
    }

    /** All that was kept, oldest first. */
    static List<Entry> all(Database database) {
        return new Archive(database)
                .oldest(DecisionQuery.ALL, null, Archive.MOST)
                .entries();
    }
}
