package liandong.journal;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import liandong.Decide;
import liandong.store.RequestKey;

/** Answers as a journal keeps them, without anybody having decided. */
public final class Answers {
    static final Instant MORNING = Instant.parse("2026-11-20T00:30:00Z");

    private Answers() {}

    /** Keeps the n-th answer of a day with marks besides. */
    static void keepMarked(Journal journal, int n, String... marks) {
        Entry entry = answer(n);
        var all = new TreeSet<>(entry.marks());
        all.addAll(List.of(marks));
        journal.keep(new Entry(
                        entry.no(),
                        entry.id(),
                        entry.keptAt(),
                        entry.kind(),
                        entry.subject(),
                        entry.outcome(),
                        entry.policy(),
                        entry.caller(),
                        entry.personal(),
                        entry.request(),
                        entry.answer(),
                        List.copyOf(all)))
                .await();
    }

    /**
     * Keeps the n-th answer of a day and waits until it is kept.
     *
     * @return its id
     */
    public static String keep(Journal journal, int n) {
        Entry entry = answer(n);
        journal.keep(entry).await();
        return entry.id();
    }

    /**
     * Keeps the n-th answer of a day with a key of its own, and waits until both are kept.
     *
     * @return its id
     */
    public static String keepWithKey(Journal journal, int n) {
        Entry entry = answer(n);
        journal.keep(entry, new RequestKey("key " + n, "request " + n), () -> {})
                .await();
        return entry.id();
    }

    /** The n-th answer of a day, a second after the one before; made of its number alone. */
    static Entry answer(int n) {
        return answer(n, MORNING.plusSeconds(n));
    }

    static Entry answer(int n, Instant keptAt) {
        var marks =
                new TreeSet<>(List.of("kind ROUTING", "rule RTE-0" + n % 7, "row DUTY-" + n % 5, "caller c" + n % 2));
        return new Entry(
                0,
                new UUID(0x0193_0000_0000_7000L + n, Long.MIN_VALUE + n).toString(),
                keptAt,
                Decide.ROUTING,
                "SC-" + n / 3,
                n % 4 == 0 ? "MANUAL_TRIAGE" : "ASSIGNED",
                "f".repeat(64),
                "c" + n % 2,
                Personal.How.KEPT,
                "{\"incident\":{\"id\":\"SC-" + n / 3 + "\",\"text\":\"路灯不亮 " + n + "\"}}",
                "{\"decisionId\":\"" + n + "\"}",
                List.copyOf(marks));
    }
}
