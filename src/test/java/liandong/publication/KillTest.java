package liandong.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import liandong.Seeds;
import liandong.journal.Verification;
import liandong.policy.Policy;
import liandong.store.Database;
import liandong.store.Stores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process is killed (SIGKILL) in the middle of publishing and of a burst of answers, again and again, on one store. */
@Tag("slow")
class KillTest {
    private static final int ROUNDS = Integer.getInteger("kill.rounds", 8);
    private static final int ANSWERS_PER_ROUND = 1_000_000;

    @ParameterizedTest
    @EnumSource
    void what_was_answered_is_kept_and_exactly_one_policy_is_live(Stores kind) throws Exception {
        long seed = Seeds.SEED;
        var random = new Random(seed);
        String at = kind.fresh();
        try (Database database = Database.open(at, null, null)) {
            PolicyLifecycle life = Drafts.begun(database, Clock.systemUTC());
            Drafts.published(life, Drafts.policy("second"));
        }
        Set<String> answered = new HashSet<>();
        int published = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<String> said = burst(at, round * ANSWERS_PER_ROUND, 20 + random.nextInt(300));
            String where = kind + ", round " + round + ", seed " + seed;
            long last = 0;
            var kept = new ArrayList<String>();
            for (String line : said) {
                if (line.startsWith("kept ")) {
                    kept.add(line.substring(5));
                } else {
                    last = Long.parseLong(line.substring("published ".length()));
                    published++;
                }
            }
            answered.addAll(kept);

            try (Database database = Database.open(at, null, null)) {
                assertThat(missing(database, kept)).as(where).isEmpty();
                assertThat(halves(database)).as(where).isEmpty();
                live(database, last, where);
            }
        }
        try (Database database = Database.open(at, null, null)) {
            Verification verification = Verification.of(database, Map.of(), read -> {});
            assertThat(verification.faults()).as("seed " + seed).isEmpty();
            assertThat(verification.entries()).isGreaterThanOrEqualTo(answered.size());
            System.out.printf(
                    "%s: %d rounds, %d answers told of, %d kept, %d publications told of%n",
                    kind, ROUNDS, answered.size(), verification.entries(), published);
            assertThat(answered).isNotEmpty();
            assertThat(published).isPositive();
            try (LivePolicy live = LivePolicy.open(database, Clock.systemUTC())) {
                Policy policy = live.get();
                assertThat(policy.label()).isIn("first", "second");
            }
        }
    }

    private static List<String> missing(Database database, List<String> ids) {
        return ids.stream()
                .filter(id -> database.sql()
                                .sql("SELECT count(*) FROM decision WHERE id = ?")
                                .param(id)
                                .query(Integer.class)
                                .single()
                        != 1)
                .toList();
    }

    /** Keys without the decision that they were kept with, and decisions without their key: every other one has one. */
    private static List<String> halves(Database database) {
        return database.sql()
                .sql(
                        "SELECT k.id FROM request_key k WHERE NOT EXISTS (SELECT 1 FROM decision d WHERE d.no = k.decision)"
                                + " UNION ALL SELECT d.id FROM decision d WHERE substr(d.id, 18, 1) IN ('1', '3', '5', '7', '9', 'b', 'd', 'f')"
                                + " AND NOT EXISTS (SELECT 1 FROM request_key k WHERE k.decision = d.no)")
                .query(String.class)
                .list();
    }

    /** What is live is the last one that was told of, or the one that was on its way, and it is there whole. */
    private static void live(Database database, long told, String where) {
        var publications = new Publications(database);
        Publication live = Objects.requireNonNull(publications.live(Instant.now()));
        assertThat(live.no()).as(where).isBetween(told, told == 0 ? Long.MAX_VALUE : told + 1);
        assertThat(live.no()).as(where).isEqualTo(publications.last());
        assertThat(new PolicyRepository(database, Clock.systemUTC())
                        .files(live.content(), "live")
                        .version())
                .as(where)
                .isEqualTo(live.version());
    }

    /** What a process said before it was killed, some time after it had published and answered for the first time. */
    private static List<String> burst(String at, int first, int millis) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServiceToBeKilled.class.getName(),
                        at,
                        String.valueOf(first))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var said = new ArrayList<String>();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            Instant end = Instant.MAX;
            boolean killed = false;
            boolean published = false;
            boolean kept = false;
            while (line != null) {
                said.add(line);
                published |= line.startsWith("published");
                kept |= line.startsWith("kept");
                if (published && kept && end.equals(Instant.MAX)) {
                    end = Instant.now().plusMillis(millis);
                }
                assertThat(line).doesNotStartWith("failed");
                if (!killed && Instant.now().isAfter(end)) {
                    process.toHandle().destroyForcibly(); // which leaves what it said to be read
                    killed = true;
                }
                line = out.readLine();
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as("killed, not ended").isEqualTo(137);
        return said;
    }
}
