package liandong.escalation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import liandong.incident.Area;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.incident.CaseEventKind;
import liandong.incident.EventType;
import liandong.incident.PauseGround;
import liandong.incident.ReturnReason;
import liandong.incident.Source;
import liandong.incident.Term;
import liandong.policy.Policy;
import liandong.stock.Stock;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * What holds of every case, whatever happens to it: bodies return it, pauses begin and end, time is asked for, stages are done
 * and done again, and the centre does what the answers say, or does not. Each history is asked about as it grows.
 */
class AnyHistoryTest {
    private static final List<Policy> POLICIES = List.of(TinyEscalation.fair().load(), Stock.shangcheng());
    private static final OffsetDateTime START = OffsetDateTime.parse("2026-03-02T09:00:00+08:00");

    /** What a card can be, by how hard it presses. */
    private static final List<ActionKind> CARDS =
            List.of(ActionKind.BLUE_CARD, ActionKind.YELLOW_CARD, ActionKind.RED_CARD);

    /** What gives a stage another limit, or another body, so that its cards begin anew. */
    private static final Set<CaseEventKind> ANEW = Set.of(
            CaseEventKind.REDO,
            CaseEventKind.REOPENED,
            CaseEventKind.REASSIGNED,
            CaseEventKind.EXTENSION_GRANTED,
            CaseEventKind.LEVEL_RAISED,
            CaseEventKind.LEVEL_LOWERED,
            CaseEventKind.STAGE_DONE);

    /** One case as it goes on. */
    private static final class Story {
        private final Policy policy;
        private final Random random;
        private final CaseFile file;
        private final Map<String, Integer> cards = new HashMap<>();
        private final List<Body> holders = new ArrayList<>();
        private final @Nullable OffsetDateTime citizen;
        private OffsetDateTime now = START;

        Story(Policy policy, Random random) {
            this.policy = policy;
            this.random = random;
            this.file = routed(policy, random);
            this.holders.add(file.open().lead());
            this.citizen = decided().citizenDue();
        }

        private static CaseFile routed(Policy policy, Random random) {
            Source source = any(policy, Source.class, random);
            List<Area> areas = policy.vocabulary().all(Area.class);
            while (true) {
                String area = areas.get(random.nextInt(areas.size())).label();
                try {
                    return new CaseFile(
                            policy,
                            any(policy, EventType.class, random).label(),
                            source.label(),
                            area,
                            START.toString());
                } catch (NullPointerException e) {
                    // a type that is answered, referred or left to a person: another one
                }
            }
        }

        private static <T extends Term> T any(Policy policy, Class<T> set, Random random) {
            List<T> all = policy.vocabulary().all(set);
            return all.get(random.nextInt(all.size()));
        }

        private EscalationDecision decided() {
            return file.answer(now.toInstant()).decision();
        }

        /** Asks, holds the answer against the laws, and lets something happen. */
        void step() {
            now = now.plusMinutes(1 + random.nextInt(random.nextBoolean() ? 6 * 60 : 6 * 24 * 60));
            EscalationDecision decision = decided();
            ownerAndLastDay(decision);
            nothingDueInThePast(decision);
            cardsRise(decision);
            for (Action action : decision.actions()) {
                if (CARDS.contains(action.kind()) || random.nextInt(3) > 0) {
                    done(action);
                }
            }
            if (random.nextBoolean()) {
                now = now.plusMinutes(1);
                happens();
            }
        }

        private void ownerAndLastDay(EscalationDecision decision) {
            OpenCase open = file.open();
            assertThat(decision.actions()).noneMatch(action -> action.to().isEmpty());
            if (open.done() && !open.cheated() && !open.harmed()) {
                return;
            }
            // The small policy does not say what happens once everything that it knows of has been done.
            assertThat(policy == Stock.shangcheng() && decision.actions().isEmpty() && decision.nextReviewAt() == null)
                    .as("nobody acts, and nobody asks again: %s", open.events())
                    .isFalse();
            if (open.last(CaseEventKind.LEDGERED) == null && open.reopenedWhenDone() == null) {
                assertThat(decision.citizenDue()).isEqualTo(requireNonNull(citizen));
            }
        }

        private void nothingDueInThePast(EscalationDecision decision) {
            assertThat(decision.actions())
                    .allSatisfy(action -> assertThat(
                                    action.due() != null && action.due().isBefore(now))
                            .as("%s at %s", action, now)
                            .isFalse());
        }

        private void cardsRise(EscalationDecision decision) {
            for (Action action : decision.actions()) {
                int card = CARDS.indexOf(action.kind());
                if (card >= 0) {
                    Integer before = cards.put(String.valueOf(action.stage()), card);
                    assertThat(card)
                            .as("%s at %s after %s", action, now, file.open().events())
                            .isGreaterThanOrEqualTo(before == null ? 0 : before);
                }
            }
        }

        private void done(Action action) {
            String at = now.toString();
            if (action.kind() == ActionKind.REASSIGN) {
                Body to = action.to().get(0);
                assertThat(holders).as("passed back: %s", holders).noneMatch(to::isOneWith);
                holders.add(to);
                int most = policy.tables(now.toLocalDate()).match(CirculationRow.class, file.open()).stream()
                        .mapToInt(CirculationRow::most)
                        .min()
                        .orElse(1);
                assertThat(holders).as("passed on").hasSizeLessThanOrEqualTo(most);
                file.reassigned(at, to.label());
            } else {
                Action told = action.reported(policy.vocabulary().bodies(BodyKind.CENTRE), null);
                file.done(requireNonNull(told.event()), at);
            }
            anew(action.kind().done());
        }

        private void anew(CaseEventKind kind) {
            if (ANEW.contains(kind)) {
                cards.clear();
            }
        }

        /** Something that may happen now. */
        private void happens() {
            OpenCase open = file.open();
            String at = now.toString();
            String stage =
                    open.stages().get(random.nextInt(open.stages().size())).name();
            Body centre = policy.vocabulary().bodies(BodyKind.CENTRE).get(0);
            boolean stageDone =
                    open.stages().stream().anyMatch(each -> each.name().equals(stage) && open.doneAt(each) != null);
            switch (random.nextInt(20)) {
                case 0, 1, 2 -> {
                    if (open.pendingReturn() == null && !open.done()) {
                        file.returned(
                                at, any(policy, ReturnReason.class, random).label());
                    }
                }
                case 3, 4 -> {
                    if (open.paused()) {
                        file.event(CaseEventKind.RESUMED, at);
                    } else {
                        file.paused(
                                at,
                                (random.nextInt(4) > 0 ? centre : open.lead()).label(),
                                any(policy, PauseGround.class, random).label(),
                                random.nextBoolean()
                                        ? null
                                        : now.plusHours(1 + random.nextInt(20 * 24))
                                                .toString());
                    }
                }
                case 5 -> {
                    if (!stageDone) {
                        file.stageEvent(CaseEventKind.EXTENSION_REQUESTED, at, stage);
                    }
                }
                case 6 -> file.event(CaseEventKind.EXPLAINED, at);
                case 7 -> {
                    if (!stageDone) {
                        file.stageEvent(CaseEventKind.STAGE_DONE, at, stage);
                        anew(CaseEventKind.STAGE_DONE);
                    }
                }
                case 8 -> {
                    if (open.done()) {
                        file.event(CaseEventKind.REOPENED, at);
                        anew(CaseEventKind.REOPENED);
                    }
                }
                case 9 -> file.event(CaseEventKind.CITIZEN_COMPLAINED, at);
                case 10 -> file.event(CaseEventKind.HARM, at);
                case 11 -> {
                    if (open.done()) {
                        file.event(CaseEventKind.FRAUD, at);
                        anew(CaseEventKind.REDO);
                    }
                }
                case 12 -> file.event(CaseEventKind.SHIRKED, at);
                case 13 -> file.event(CaseEventKind.LEADER_NOTED, at);
                case 14 -> {
                    if (open.done()) {
                        file.event(CaseEventKind.REDO, at);
                        anew(CaseEventKind.REDO);
                    }
                }
                case 15 -> file.event(CaseEventKind.UNSOLVABLE, at);
                case 16 -> file.event(CaseEventKind.DANGER_OVER, at);
                case 17 -> {
                    if (open.returnOpen()) {
                        file.event(CaseEventKind.CENTRE_DECIDED, at);
                    }
                }
                case 18 -> {
                    if (open.awaitsConference()) {
                        file.event(CaseEventKind.CONFERENCE_DECIDED, at);
                    }
                }
                default -> {
                    Body other = any(policy, Body.class, random);
                    if (!stageDone && !other.isOneWith(open.lead()) && other.kind() != BodyKind.CENTRE) {
                        file.stageDone(at, stage, other.label());
                        if (policy != Stock.shangcheng()) { // which says whose word counts
                            anew(CaseEventKind.STAGE_DONE);
                        }
                    }
                }
            }
        }
    }

    @Property(tries = 120)
    void every_case_has_an_owner_and_a_last_day_its_cards_only_rise_and_it_is_never_passed_back(@ForAll Random random) {
        for (Policy policy : POLICIES) {
            var story = new Story(policy, random);
            for (int i = 0; i < 14; i++) {
                story.step();
            }
        }
    }

    /**
     * Whoever has it returns it whenever that can be, while the centre stops the clock and lets it run again and does at once what
     * it is told to: it comes to the centre, a conference or a higher level all the same, by the citizen's last day at the
     * latest.
     */
    @Property(tries = 60)
    void returned_over_and_over_among_pauses_it_comes_to_somebody_who_decides(@ForAll Random random) {
        for (Policy policy : POLICIES) {
            var story = new Story(policy, random);
            Body centre = policy.vocabulary().bodies(BodyKind.CENTRE).get(0);
            var kinds = new HashSet<ActionKind>();
            OffsetDateTime end = requireNonNull(story.citizen).plusDays(1);
            for (int i = 0; i < 400 && !settles(kinds) && story.now.isBefore(end); i++) {
                story.now = story.now.plusMinutes(1 + random.nextInt(2 * 24 * 60));
                String at = story.now.toString();
                OpenCase open = story.file.open();
                if (random.nextInt(3) == 0) {
                    if (open.paused()) {
                        story.file.event(CaseEventKind.RESUMED, at);
                    } else {
                        story.file.paused(
                                at,
                                centre.label(),
                                Story.any(policy, PauseGround.class, random).label());
                    }
                } else if (open.pendingReturn() == null) {
                    story.file.returned(
                            at, Story.any(policy, ReturnReason.class, random).label());
                }
                EscalationDecision decision = story.decided();
                decision.actions().forEach(action -> {
                    kinds.add(action.kind());
                    story.done(action);
                });
            }
            assertThat(settles(kinds)).as("%s by %s", kinds, story.now).isTrue();
        }
    }

    private static boolean settles(Set<ActionKind> kinds) {
        return kinds.contains(ActionKind.CENTRE_DECIDES)
                || kinds.contains(ActionKind.ACTIVATE_CONFERENCE)
                || kinds.contains(ActionKind.RAISE_LEVEL);
    }
}
