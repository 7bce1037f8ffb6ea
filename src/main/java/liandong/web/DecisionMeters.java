package liandong.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import liandong.decision.Decision;
import liandong.decision.DecisionRecord;
import liandong.decision.DecisionWatch;
import liandong.decision.Decisions;
import org.springframework.stereotype.Component;

/**
 * What is decided, and how long it takes, in the metrics of this process: answers that callers, the duty desk and Kafka were
 * given, not those that were only tried.
 *
 * <p>What tells series apart is a small set: decisions, outcomes and parts, and of policies the {@link #POLICIES} that were used
 * last.
 */
@Component
class DecisionMeters implements DecisionWatch {
    static final int POLICIES = 8;

    /** As many letters as the journal finds a policy by. */
    private static final int VERSION_LENGTH = 16;

    private static final String KIND = "kind";

    /** What an operator asks about, from what nobody notices to what somebody waits for. */
    private static final Duration[] STEPS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final MeterRegistry registry;
    private final Map<Decision<?, ?>, Map<Part, Timer>> times = new HashMap<>();
    private final Map<Decision<?, ?>, Counter> unconfirmed = new HashMap<>();
    private final Map<Decision<?, ?>, Counter> left = new HashMap<>();
    private final Map<Decision<?, ?>, Counter> inDanger = new HashMap<>();
    private final Map<Ended, Counter> answers = new ConcurrentHashMap<>();
    /** The answer by which each was used last. */
    private final Map<String, Long> policies = new ConcurrentHashMap<>();

    private final AtomicLong counted = new AtomicLong();

    /** What is counted apart from all else. */
    private record Ended(Decision<?, ?> decision, String outcome, String policy) {}

    DecisionMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Decision<?, ?> decision : Decisions.all()) {
            var parts = new EnumMap<Part, Timer>(Part.class);
            for (Part part : Part.values()) {
                parts.put(
                        part,
                        Timer.builder("liandong.decision.part")
                                .description("How long the parts of a decision take: read, decide, keep")
                                .tag(KIND, decision.code())
                                .tag("part", part.code())
                                .serviceLevelObjectives(STEPS)
                                .register(registry));
            }
            times.put(decision, parts);
            unconfirmed.put(
                    decision,
                    Counter.builder("liandong.decisions.unconfirmed")
                            .description("Answers that rest on rows whose source nobody has confirmed")
                            .tag(KIND, decision.code())
                            .register(registry));
            if (decision.handwork() != null) {
                left.put(decision, left(decision, false));
                inDanger.put(decision, left(decision, true));
            }
        }
    }

    private Counter left(Decision<?, ?> decision, boolean danger) {
        return Counter.builder("liandong.decisions.left")
                .description("Answers that are left to a person, and whether somebody may be in danger")
                .tag(KIND, decision.code())
                .tag("danger", String.valueOf(danger))
                .register(registry);
    }

    @Override
    public void took(Decision<?, ?> decision, Part part, long begun) {
        Map<Part, Timer> parts = times.get(decision);
        Timer timer = parts == null ? null : parts.get(part);
        if (timer != null) {
            timer.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void answered(DecisionRecord<?, ?> decided, String outcome, boolean isLeft, boolean danger) {
        Decision<?, ?> decision = decided.decision();
        count(decision, outcome, decided.policy().version());
        if (!decided.whole().unconfirmed().isEmpty()) {
            increment(unconfirmed, decision);
        }
        if (isLeft) {
            increment(danger ? inDanger : left, decision);
        }
    }

    /** Counts an answer. */
    void count(Decision<?, ?> decision, String outcome, String version) {
        var ended = new Ended(decision, outcome, version.substring(0, Math.min(VERSION_LENGTH, version.length())));
        policies.put(ended.policy(), counted.incrementAndGet());
        Counter counter = answers.get(ended);
        (counter == null ? counter(ended) : counter).increment();
    }

    private static void increment(Map<Decision<?, ?>, Counter> counters, Decision<?, ?> decision) {
        Counter counter = counters.get(decision);
        if (counter != null) {
            counter.increment();
        }
    }

    /**
     * The counter of what has not come before; where that is a policy, the one that was not used for longest makes room for it.
     * So the one that is live stays, however many are asked for beside it.
     */
    private synchronized Counter counter(Ended ended) {
        while (policies.size() > POLICIES) {
            String least = Collections.min(policies.entrySet(), Map.Entry.comparingByValue())
                    .getKey();
            policies.remove(least);
            answers.entrySet().removeIf(each -> {
                boolean gone = each.getKey().policy().equals(least);
                if (gone) {
                    registry.remove(each.getValue());
                }
                return gone;
            });
        }
        return answers.computeIfAbsent(
                ended,
                each -> Counter.builder("liandong.decisions")
                        .description("Answers, by decision, outcome and policy")
                        .tag(KIND, each.decision().code())
                        .tag("outcome", each.outcome())
                        .tag("policy", each.policy())
                        .register(registry));
    }
}
