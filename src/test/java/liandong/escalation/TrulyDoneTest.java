package liandong.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.HandledStage;
import liandong.incident.StageCourse;
import liandong.policy.Policy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What was said to be done and found not to have been was not done, however much of it a caller sends. */
class TrulyDoneTest {
    private static final Policy POLICY = TinyEscalation.fair().load();
    private static final OffsetDateTime DAY = OffsetDateTime.parse("2026-03-02T09:00:00+08:00");
    private static final List<String> NAMES = List.of("围护", "抢修", "修复");

    private static OpenCase given(List<HandledStage> stages, List<CaseEvent> events) {
        OpenCase open = new CaseFile(POLICY, "路面坑洞", "热线", "东市社区", DAY.toString()).open();
        return new OpenCase(open.matter(), open.lead(), List.of(), null, DAY, stages, events, null, false);
    }

    private static CaseEvent event(CaseEventKind kind, long minute, @Nullable String stage) {
        return new CaseEvent(kind, DAY.plusMinutes(minute), stage, null, false, null, null);
    }

    private static List<HandledStage> stages(Random random) {
        var stages = new ArrayList<HandledStage>();
        for (String name : NAMES) {
            OffsetDateTime done = random.nextBoolean() ? DAY.plusMinutes(random.nextInt(6)) : null;
            stages.add(new HandledStage(stages.size() + 1, name, null, DAY, DAY.plusDays(3), null, done));
        }
        return stages;
    }

    /** The definition, word for word. */
    private static boolean isFalse(OpenCase open, @Nullable String stage, @Nullable OffsetDateTime doneAt) {
        return doneAt != null
                && open.events().stream()
                        .filter(fraud -> fraud.kind() == CaseEventKind.FRAUD)
                        .anyMatch(fraud -> (fraud.stage() == null ? NAMES.get(2) : fraud.stage()).equals(stage)
                                && !fraud.at().isBefore(doneAt)
                                && open.events().stream()
                                        .noneMatch(again -> fraud.at().isAfter(again.at())
                                                && again.at().isAfter(doneAt)
                                                && String.valueOf(stage)
                                                        .equals(StageCourse.openedAgain(again, open.stages()))));
    }

    @Test
    void any_case_is_left_with_what_was_truly_done_by_the_definition() {
        var random = new Random(11);
        List<CaseEventKind> kinds =
                List.of(CaseEventKind.STAGE_DONE, CaseEventKind.FRAUD, CaseEventKind.REDO, CaseEventKind.REOPENED);
        for (int round = 0; round < 2_000; round++) {
            var events = new ArrayList<CaseEvent>();
            for (int i = random.nextInt(9); i > 0; i--) {
                CaseEventKind kind = kinds.get(random.nextInt(kinds.size()));
                boolean none = kind != CaseEventKind.STAGE_DONE && random.nextBoolean();
                events.add(event(kind, random.nextInt(6), none ? null : NAMES.get(random.nextInt(3))));
            }
            OpenCase open = given(stages(random), events);

            OpenCase truly = open.asTrulyDone();

            assertThat(truly.events())
                    .isEqualTo(open.events().stream()
                            .filter(each ->
                                    each.kind() != CaseEventKind.STAGE_DONE || !isFalse(open, each.stage(), each.at()))
                            .toList());
            assertThat(truly.stages())
                    .isEqualTo(open.stages().stream()
                            .map(each -> isFalse(open, each.name(), each.doneAt()) ? each.done(null) : each)
                            .toList());
        }
    }

    @Test
    void ten_thousand_events_are_each_looked_at_a_few_times() {
        var looks = new AtomicLong();
        List<HandledStage> stages = new AbstractList<>() {
            private final List<HandledStage> all = stages(new Random(1));

            @Override
            public HandledStage get(int index) {
                looks.incrementAndGet();
                return all.get(index);
            }

            @Override
            public int size() {
                looks.incrementAndGet();
                return all.size();
            }
        };
        var events = new ArrayList<CaseEvent>();
        for (int i = 0; i < 9_999; i += 3) {
            events.add(event(CaseEventKind.STAGE_DONE, i, NAMES.get(2)));
            events.add(event(CaseEventKind.REDO, i + 1, null));
            events.add(event(CaseEventKind.FRAUD, i + 2, null));
        }

        OpenCase truly = given(stages, events).asTrulyDone();

        assertThat(truly.events()).isEqualTo(events); // each was to be done again before fraud was found
        assertThat(looks.get()).isLessThan(10L * events.size()); // whose stage it is, is asked of each
    }
}
