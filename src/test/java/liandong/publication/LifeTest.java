package liandong.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import liandong.policy.PolicyFiles;
import liandong.policy.TinyPolicy;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.problem.ProblemSeverity;
import liandong.publication.Drafts.Hands;
import liandong.publication.LifecycleException.Why;
import liandong.publication.Proposal.Entry;
import liandong.publication.Proposal.State;
import liandong.publication.Proposal.What;
import liandong.store.Database;
import liandong.store.StoreException;
import liandong.store.Stores;
import liandong.table.Workbooks;
import liandong.wire.Json;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow") // publishes policies on both stores
class LifeTest {
    private static final CheckOutcome.Progress QUIET = (done, of) -> {};
    private final Hands clock = new Hands();

    private static void refused(Why why, Code code, ThrowingCallable step) {
        assertThatThrownBy(step).isInstanceOfSatisfying(LifecycleException.class, thrown -> {
            assertThat(thrown.problems().get(0).code()).isEqualTo(code);
            assertThat(thrown.why()).isEqualTo(why);
        });
    }

    private static String live(PolicyLifecycle life) {
        return life.get(Objects.requireNonNull(life.live()).policy()).label();
    }

    @ParameterizedTest
    @EnumSource
    void a_policy_goes_from_its_author_to_being_live_and_then_to_rest(Stores kind) {
        try (Database database = kind.open()) {
            PolicyLifecycle life = Drafts.begun(database, clock);
            PolicyFiles files = Drafts.expecting("spring", "MANUAL_TRIAGE");

            Proposal draft = life.propose(files, "张三");
            assertThat(draft.no()).isEqualTo(2);
            assertThat(draft.state()).isEqualTo(State.DRAFT);
            assertThat(draft.authors()).containsExactly("张三");

            CheckOutcome checkup = life.check(2, "张三", QUIET);
            assertThat(checkup.good()).isTrue();
            assertThat(Objects.requireNonNull(checkup.test()).passed()).isEqualTo(1);
            assertThat(checkup.problems()).extracting(Problem::code).doesNotContain(Code.NO_SCENARIOS);
            assertThat(checkup.proposal().state()).isEqualTo(State.CHECKED);

            clock.forward(Duration.ofHours(1));
            Proposal approved = life.approve(2, files.content(), "李四");
            assertThat(approved.state()).isEqualTo(State.APPROVED);
            assertThat(approved.approvals())
                    .containsExactly(new Proposal.Approval("李四", Drafts.NOON.plus(Duration.ofHours(1)), 1));

            Publication publication = life.publish(2, null, null, "王五", "");
            assertThat(publication.no()).isEqualTo(2);
            assertThat(publication.version()).isEqualTo(files.version());
            assertThat(life.get(2).state()).isEqualTo(State.LIVE);
            assertThat(life.get(1).state()).isEqualTo(State.RETIRED);
            assertThat(life.list())
                    .extracting(Proposal::no, Proposal::state)
                    .containsExactly(tuple(2L, State.LIVE), tuple(1L, State.RETIRED));
            assertThat(life.get(2).log())
                    .extracting(Entry::person, Entry::what, Entry::content)
                    .containsExactly(
                            tuple("张三", What.PUT, files.content()),
                            tuple("张三", What.CHECKED, files.content()),
                            tuple("李四", What.APPROVED, files.content()),
                            tuple("王五", What.PUBLISHED, files.content()));
            assertThat(life.files(2).files()).containsOnlyKeys(files.files().keySet());
        }
    }

    @Test
    void that_nothing_puts_a_policy_to_the_test_is_told_of_and_refuses_nothing() {
        try (Database database = Stores.SQLITE.open()) {
            PolicyLifecycle life = Drafts.begun(database, clock);
            life.propose(Drafts.policy("spring"), "张三");

            CheckOutcome checkup = life.check(2, "张三", QUIET);

            assertThat(checkup.good()).isTrue();
            assertThat(checkup.proposal().state()).isEqualTo(State.CHECKED);
            assertThat(checkup.problems())
                    .filteredOn(problem -> problem.code().severity() == ProblemSeverity.WARNING)
                    .extracting(problem -> problem.line(Locale.ENGLISH))
                    .contains(
                            "decision-tables/scenarios: NO_SCENARIOS: The policy has no scenario, so nothing puts it to"
                                    + " the test. Put a scenario workbook into decision-tables/scenarios, a row for each case. The"
                                    + " commands record and route --save-as-scenario make cases of decisions.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_step_has_its_turn(Stores kind) {
        try (Database database = kind.open()) {
            PolicyLifecycle life = Drafts.begun(database, clock);
            PolicyFiles files = Drafts.policy("spring");
            String content = files.content();
            life.propose(files, "张三");

            refused(Why.UNKNOWN, Code.UNKNOWN_POLICY, () -> life.get(9));
            refused(Why.CONFLICT, Code.NOT_CHECKED, () -> life.approve(2, content, "李四"));
            refused(Why.CONFLICT, Code.NOT_APPROVED, () -> life.publish(2, null, null, "李四", ""));
            life.check(2, "张三", QUIET);
            refused(Why.CONFLICT, Code.NOT_APPROVED, () -> life.publish(2, null, null, "李四", ""));
            refused(Why.NOT_ALLOWED, Code.OWN_POLICY, () -> life.approve(2, content, "张三"));
            refused(Why.NOT_ALLOWED, Code.OWN_POLICY, () -> life.approve(2, content, " 张三 "));
            refused(Why.CONFLICT, Code.OTHER_CONTENT, () -> life.approve(2, "0123456789", "李四"));
            refused(Why.CONFLICT, Code.OTHER_CONTENT, () -> life.approve(2, content.substring(0, 63), "李四"));
            refused(Why.CONFLICT, Code.NEVER_LIVE, () -> life.rollback(2L, "李四"));
            life.approve(2, content, "李四");
            refused(
                    Why.BAD,
                    Code.EFFECTIVE_IN_PAST,
                    () -> life.publish(2, Drafts.NOON.minusSeconds(1), null, "李四", ""));
            life.publish(2, null, null, "李四", "");
            refused(Why.CONFLICT, Code.NOT_ITS_TURN, () -> life.publish(2, null, null, "李四", ""));
            refused(Why.CONFLICT, Code.NOT_ITS_TURN, () -> life.put(2, files, content, null, "张三"));
            refused(Why.CONFLICT, Code.NOT_ITS_TURN, () -> life.check(2, "张三", QUIET));
            refused(Why.CONFLICT, Code.NOT_ITS_TURN, () -> life.withdraw(2, "张三"));
            refused(Why.CONFLICT, Code.ALREADY_LIVE, () -> life.rollback(2L, "李四"));

            life.propose(Drafts.policy("summer"), "张三");
            assertThat(life.withdraw(3, "张三").state()).isEqualTo(State.WITHDRAWN);
            refused(Why.CONFLICT, Code.NOT_ITS_TURN, () -> life.check(3, "张三", QUIET));
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_changed_after_its_approval_is_a_draft_again_and_so_is_its_approver_an_author(Stores kind) {
        try (Database database = kind.open()) {
            PolicyLifecycle life = Drafts.begun(database, clock);
            PolicyFiles files = Drafts.policy("spring");
            long no = Drafts.approved(life, files);

            PolicyFiles other = Drafts.policy("spring 2");
            Proposal changed = life.put(no, other, files.content(), files.content(), "审批");

            assertThat(changed.state()).isEqualTo(State.DRAFT);
            assertThat(changed.approvals()).isEmpty();
            refused(Why.CONFLICT, Code.NOT_APPROVED, () -> life.publish(no, null, null, "发布", ""));
            refused(Why.CONFLICT, Code.OTHER_CONTENT, () -> life.approve(no, files.content(), "李四"));
            life.check(no, "作者", QUIET);
            refused(Why.NOT_ALLOWED, Code.OWN_POLICY, () -> life.approve(no, other.content(), "审批"));
            refused(Why.NOT_ALLOWED, Code.OWN_POLICY, () -> life.approve(no, other.content(), "作者"));
            assertThat(life.approve(no, other.content(), "李四").state()).isEqualTo(State.APPROVED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_somebody_else_put_into_a_draft_is_not_lost_unseen(Stores kind) {
        try (Database database = kind.open()) {
            PolicyLifecycle life = Drafts.begun(database, clock);
            PolicyFiles first = Drafts.policy("first draft");
            PolicyFiles second = Drafts.policy("second");
            PolicyFiles third = Drafts.policy("third");
            long no = life.propose(first, "张三").no();

            refused(Why.CONFLICT, Code.PUT_MEANWHILE, () -> life.put(no, second, first.content(), null, "李四"));
            assertThat(life.get(no).content()).isEqualTo(first.content());

            // Having said what it takes the place of, anybody may; and anybody goes on from what they put themselves.
            life.put(no, second, first.content(), first.content(), "李四");
            assertThat(life.put(no, third, second.content(), null, "李四").content())
                    .isEqualTo(third.content());
            refused(
                    Why.CONFLICT,
                    Code.OTHER_CONTENT,
                    () -> life.put(no, first, third.content(), second.content(), "张三"));
            // One workbook is put into what was there a moment ago.
            refused(Why.CONFLICT, Code.PUT_MEANWHILE, () -> life.put(no, first, second.content(), null, "李四"));
            assertThat(life.get(no).content()).isEqualTo(third.content());
        }
    }

    @Test
    void what_a_draft_takes_out_is_told_to_who_checks_and_who_approves_it() {
        try (Database database = Stores.SQLITE.open()) {
            PolicyLifecycle life = new PolicyLifecycle(database, clock, Gate.OPEN);
            life.begin(Drafts.expecting("first", "MANUAL_TRIAGE"));
            var files =
                    new TreeMap<>(Drafts.expecting("spring", "MANUAL_TRIAGE").files());
            files.remove("decision-tables/closure.xlsx");
            files.put("decision-tables/scenarios/day.xlsx", Workbooks.xlsx(Map.of("研判交办", new String[][] {
                {"研判交办"},
                {"编号", "标题", "时刻", "incident.id", "incident.reportedAt", "来源", "区域", "正文", "预期结果"},
                {"C-2", "我的", "2026-03-02 10:00", "A-1", "2026-03-02 09:00", "网格员", "东市社区", "路面有坑洞", "MANUAL_TRIAGE"}
            })));
            long no = life.propose(new PolicyFiles("spring", files), "张三").no();

            TakenOut gone = life.takenOut(no);

            assertThat(gone.scenarios()).containsExactly("C-1");
            assertThat(life.check(no, "张三", QUIET).problems())
                    .contains(Problem.of(Code.SCENARIOS_TAKEN_OUT, new FileRef("decision-tables/scenarios"), 1, "C-1"));
            assertThat(TakenOut.between(life.files(no), life.liveFiles()).tables())
                    .isEmpty();
            life.approve(no, life.get(no).content(), "李四");
            refused(Why.CONFLICT, Code.REASON_MISSING, () -> life.publish(no, null, null, "李四", " "));
            life.publish(no, null, null, "李四", "并入 C-2");
            assertThat(life.get(no).log())
                    .last()
                    .extracting(Proposal.Entry::note)
                    .isEqualTo("并入 C-2");
        }
    }

    @Test
    void sheets_that_a_draft_takes_out_are_told() {
        TinyPolicy draft = TinyPolicy.withOneRule();
        PolicyFiles live = TinyPolicy.withOneRule()
                .sheet("vocabulary.xlsx", "区域范围", new String[] {"区域", "范围", "坐标系"})
                .files();

        assertThat(TakenOut.between(live, draft.files()).problems())
                .extracting(problem -> problem.line(Locale.ENGLISH))
                .containsExactly(
                        "decision-tables: TABLES_TAKEN_OUT: 1 sheets of the live policy are not in this one: 区域范围."
                                + " Put them back if that is not meant; nothing decides by them any more once this policy is"
                                + " live.");
        assertThat(TakenOut.between(draft.files(), live).isEmpty()).isTrue();
    }

    @Test
    void rows_that_had_a_source_and_rows_that_no_scenario_decides_by_any_more_are_told_and_take_a_reason() {
        try (Database database = Stores.SQLITE.open()) {
            PolicyLifecycle life = new PolicyLifecycle(database, clock, Gate.OPEN);
            life.begin(shown(TinyPolicy.complete(), "路面坑洞"));
            long otherwise =
                    life.propose(shown(TinyPolicy.complete(), "邻里纠纷"), "张三").no();
            long unsourced = life.propose(
                            shown(TinyPolicy.complete().cell("routing.xlsx 派单目录!H3", "待确认"), "路面坑洞"), "张三")
                    .no();

            assertThat(life.check(otherwise, "张三", QUIET).problems())
                    .filteredOn(problem -> problem.code() == Code.ROWS_UNPROVEN)
                    .singleElement()
                    .satisfies(
                            problem -> assertThat(problem.line(Locale.ENGLISH)).contains("D-1"));
            assertThat(life.takenOut(otherwise).isEmpty()).isTrue();
            life.approve(otherwise, life.get(otherwise).content(), "李四");
            refused(Why.CONFLICT, Code.REASON_MISSING, () -> life.publish(otherwise, null, null, "李四", ""));
            assertThat(life.takenOut(unsourced).sourced()).containsExactly("D-1");
        }
    }

    /** A policy with a scenario about an event type. */
    private static PolicyFiles shown(TinyPolicy policy, String eventType) {
        var files = new TreeMap<>(policy.files().files());
        files.put("decision-tables/scenarios/day.xlsx", Workbooks.xlsx(Map.of("研判交办", new String[][] {
            {"研判交办"},
            {"编号", "标题", "时刻", "incident.id", "incident.reportedAt", "来源", "区域", "事项", "预期结果"},
            {"C-1", "照表", "2026-03-02 10:00", "A-1", "2026-03-02 09:00", "网格员", "东市社区", eventType, "ASSIGNED"}
        })));
        return new PolicyFiles("tiny", files);
    }

    @ParameterizedTest
    @EnumSource
    void a_policy_with_faults_or_failing_scenarios_is_not_checked(Stores kind) {
        try (Database database = kind.open()) {
            PolicyLifecycle life = Drafts.begun(database, clock);
            life.propose(
                    TinyPolicy.withOneRule().cell("routing.xlsx 派单目录!A3", "").files(), "张三");
            life.propose(Drafts.expecting("wrong", "ASSIGNED"), "张三");

            CheckOutcome faulty = life.check(2, "张三", QUIET);
            CheckOutcome failing = life.check(3, "张三", QUIET);

            assertThat(faulty.good()).isFalse();
            assertThat(faulty.test()).isNull();
            assertThat(faulty.problems()).extracting(Problem::code).contains(Code.MISSING_ID);
            assertThat(failing.good()).isFalse();
            assertThat(Objects.requireNonNull(failing.test()).failed()).isEqualTo(1);
            assertThat(failing.proposal().state()).isEqualTo(State.DRAFT);
            assertThat(failing.proposal().log().get(1).note()).endsWith("PASSED 0, FAILED 1");
            refused(
                    Why.CONFLICT,
                    Code.NOT_CHECKED,
                    () -> life.approve(3, failing.proposal().content(), "李四"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void of_two_who_publish_at_once_one_is_told_what_is_live_now(Stores kind) throws Exception {
        String at = kind.fresh();
        try (Database one = Database.open(at, null, null);
                Database other = Database.open(at, null, null)) {
            PolicyLifecycle here = Drafts.begun(one, clock);
            var there = new PolicyLifecycle(other, clock, Gate.OPEN);
            for (int round = 0; round < 20; round++) {
                long first = Drafts.approved(here, Drafts.policy("first " + round));
                long second = Drafts.approved(there, Drafts.policy("second " + round));
                var start = new CountDownLatch(1);
                var people = Executors.newFixedThreadPool(2);
                var outcomes = new ArrayList<Future<String>>();
                for (PolicyLifecycle life : List.of(here, there)) {
                    long no = life == here ? first : second;
                    outcomes.add(people.submit(() -> {
                        start.await();
                        try {
                            return "published "
                                    + life.publish(no, null, null, "发布", "").policy();
                        } catch (LifecycleException e) {
                            return e.problems().get(0).code() + " "
                                    + e.problems().get(0).args().get(3);
                        }
                    }));
                }
                start.countDown();
                String a = outcomes.get(0).get(20, TimeUnit.SECONDS);
                String b = outcomes.get(1).get(20, TimeUnit.SECONDS);
                people.shutdown();
                long live = Objects.requireNonNull(here.live()).policy();
                assertThat(List.of(a, b)).containsExactlyInAnyOrder("published " + live, "PUBLISHED_MEANWHILE " + live);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_approval_is_of_a_change_to_what_was_live_then(Stores kind) {
        try (Database database = kind.open()) {
            PolicyLifecycle life = Drafts.begun(database, clock);
            PolicyFiles late = Drafts.policy("late");
            long no = Drafts.approved(life, late);
            Publication other = Drafts.published(life, Drafts.policy("other"));

            refused(Why.CONFLICT, Code.PUBLISHED_MEANWHILE, () -> life.publish(no, null, null, "发布", ""));
            refused(Why.CONFLICT, Code.PUBLISHED_MEANWHILE, () -> life.publish(no, null, other.no() - 1, "发布", ""));
            life.publish(no, null, other.no(), "发布", "");
            assertThat(live(life)).isEqualTo("late");

            long again = Drafts.approved(life, Drafts.policy("again"));
            life.rollback(null, "发布");
            refused(Why.CONFLICT, Code.PUBLISHED_MEANWHILE, () -> life.publish(again, null, null, "发布", ""));
            life.approve(again, life.get(again).content(), "审批");
            life.publish(again, null, null, "发布", "");
            assertThat(live(life)).isEqualTo("again");
        }
    }

    @ParameterizedTest
    @EnumSource
    void going_back_twice_goes_two_steps_back(Stores kind) {
        try (Database database = kind.open()) {
            PolicyLifecycle life = Drafts.begun(database, clock);
            Drafts.published(life, Drafts.policy("second"));
            Drafts.published(life, Drafts.policy("third"));
            Instant tomorrow = Drafts.NOON.plus(Duration.ofDays(1));
            life.publish(Drafts.approved(life, Drafts.policy("fourth")), tomorrow, null, "发布", "");

            assertThat(life.rollback(null, "值班").policy()).isEqualTo(2);
            assertThat(life.get(3).state()).isEqualTo(State.RETIRED);
            assertThat(life.rollback(null, "值班").policy()).isEqualTo(1);
            refused(Why.CONFLICT, Code.NOTHING_BEFORE, () -> life.rollback(null, "值班"));
            assertThat(life.rollback(3L, "值班").policy()).isEqualTo(3);
            assertThat(live(life)).isEqualTo("third");
            assertThat(life.scheduled()).extracting(Publication::policy).containsExactly(4L);

            // What is scheduled comes all the same, unless it is called off; going back from there is to the third.
            assertThat(life.get(4).state()).isEqualTo(State.SCHEDULED);
            clock.set(tomorrow);
            assertThat(live(life)).isEqualTo("fourth");
            assertThat(life.get(4).state()).isEqualTo(State.LIVE);
            assertThat(life.rollback(null, "值班").policy()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_scheduled_can_be_called_off_until_its_moment(Stores kind) {
        try (Database database = kind.open()) {
            PolicyLifecycle life = Drafts.begun(database, clock);
            Instant tomorrow = Drafts.NOON.plus(Duration.ofDays(1));
            life.publish(Drafts.approved(life, Drafts.policy("second")), tomorrow, null, "发布", "");
            assertThat(life.withdraw(2, "发布").state()).isEqualTo(State.WITHDRAWN);
            assertThat(life.scheduled()).isEmpty();
            clock.set(tomorrow);
            assertThat(live(life)).isEqualTo("first");

            life.publish(Drafts.approved(life, Drafts.policy("third")), tomorrow.plusSeconds(60), null, "发布", "");
            clock.forward(Duration.ofMinutes(1));
            refused(Why.CONFLICT, Code.NOT_ITS_TURN, () -> life.withdraw(3, "发布"));
        }
    }

    /** A clock that goes on by a millisecond whenever somebody looks at it. */
    private static final class Running extends Clock {
        private Instant now = Drafts.NOON;

        void set(Instant moment) {
            now = moment;
        }

        @Override
        public Instant instant() {
            now = now.plusMillis(1);
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

    @ParameterizedTest
    @EnumSource
    void whoever_calls_off_what_begins_that_very_moment_is_told_so_and_it_begins(Stores kind) {
        try (Database database = kind.open()) {
            var running = new Running();
            PolicyLifecycle life = Drafts.begun(database, running);
            Instant moment = Drafts.NOON.plus(Duration.ofDays(1));
            var told = new ArrayList<Code>();
            for (int early = 1; early <= 12 && !told.contains(Code.AT_ONCE); early++) {
                Instant begins = moment.plus(Duration.ofDays(early));
                long no = Drafts.approved(life, Drafts.policy("policy " + early));
                life.publish(no, begins, null, "发布", "");
                running.set(begins.minusMillis(early));
                try {
                    life.withdraw(no, "发布");
                } catch (LifecycleException e) {
                    told.add(e.problems().get(0).code());
                    assertThat(e.why()).isEqualTo(Why.CONFLICT);
                    running.set(begins.plusMillis(1));
                    assertThat(live(life)).isEqualTo("policy " + early);
                }
                running.set(begins.plus(Duration.ofHours(1)));
            }
            assertThat(told).as("in one of the moments between").contains(Code.AT_ONCE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_gate_refuses_or_asks_for_a_second_approval(Stores kind) {
        try (Database database = kind.open()) {
            Problem doubt = Problem.of(Code.NOT_DECIDED, new FileRef("x"), "", "");
            Gate gate = (live, draft) -> switch (draft.label()) {
                case "doubtful" -> new Gate.Verdict(List.of(doubt), List.of());
                case "bad" -> new Gate.Verdict(List.of(), List.of(doubt));
                default -> new Gate.Verdict(List.of(), List.of());
            };
            PolicyLifecycle life = Drafts.begun(database, clock, gate);
            long bad = Drafts.approved(life, Drafts.policy("bad"));
            refused(Why.CONFLICT, Code.NOT_DECIDED, () -> life.publish(bad, null, null, "发布", ""));

            long doubtful = Drafts.approved(life, Drafts.policy("doubtful"));
            refused(Why.CONFLICT, Code.ANOTHER_APPROVAL, () -> life.publish(doubtful, null, null, "发布", ""));
            String content = life.get(doubtful).content();
            life.approve(doubtful, content, "审批"); // the same person once more is no other
            refused(Why.CONFLICT, Code.ANOTHER_APPROVAL, () -> life.publish(doubtful, null, null, "发布", ""));
            life.approve(doubtful, content, "另一人");
            life.publish(doubtful, null, null, "发布", "");
            assertThat(live(life)).isEqualTo("doubtful");
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_not_as_it_was_kept_is_not_made_live(Stores kind) {
        try (Database database = kind.open()) {
            PolicyLifecycle life = Drafts.begun(database, clock);
            PolicyFiles files = Drafts.policy("second");
            long no = Drafts.approved(life, files);
            database.sql()
                    .sql("DELETE FROM policy_file WHERE content = ? AND path = 'decision-tables/routing.xlsx'")
                    .param(files.content())
                    .update();

            assertThatThrownBy(() -> life.publish(no, null, null, "发布", ""))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            thrown -> assertThat(thrown.problem().code()).isEqualTo(Code.CORRUPTED_POLICY));
            assertThat(live(life)).isEqualTo("first");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_version_keeps_the_label_it_was_first_served_under(Stores kind) {
        try (Database database = kind.open()) {
            PolicyLifecycle life = Drafts.begun(database, clock);
            PolicyFiles files = Drafts.policy("second");
            Drafts.published(life, files);
            life.rollback(null, "值班");
            Drafts.published(life, files.labelled("the same again"));

            assertThat(life.liveFiles().label()).isEqualTo("second");
            assertThat(live(life)).isEqualTo("the same again");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_difference_is_told_by_row_and_cell(Stores kind) {
        try (Database database = kind.open()) {
            PolicyLifecycle life = Drafts.begun(database, clock);
            PolicyFiles changed = TinyPolicy.withOneRule()
                    .cell("routing.xlsx 派单目录!G3", "first")
                    .cell("routing.xlsx 派单目录!C4", "主办局")
                    .rules(TinyPolicy.ONE_RULE.replace("转人工研判", "请人研判"))
                    .files();
            Map<String, byte[]> routing = Map.of(
                    "routing.xlsx", Objects.requireNonNull(changed.tables().get("routing.xlsx")));
            PolicyFiles files =
                    Objects.requireNonNull(life.liveFiles().withRulesOf(changed).replacing(routing, problem -> {}));
            long no = life.propose(files, "张三").no();

            PolicyDiff diff = life.diff(no, null);

            assertThat(Json.object(diff).get("files").toString())
                    .isEqualTo(
                            "[{\"path\":\"decision-tables/routing.xlsx\",\"change\":\"CHANGED\",\"sheets\":[{\"sheet\":\"派单目录\","
                                    + "\"change\":\"CHANGED\",\"rows\":[{\"row\":\"D-2\",\"change\":\"CHANGED\","
                                    + "\"at\":\"routing.xlsx 派单目录!A4\",\"cells\":[{\"column\":\"牵头 Lead\","
                                    + "\"at\":\"routing.xlsx 派单目录!C4\",\"from\":\"水务公司\",\"to\":\"主办局\"}]}]}]},"
                                    + "{\"path\":\"rules/test.drl\",\"change\":\"CHANGED\",\"text\":\"@@ -5,7 +5,7 @@\\n"
                                    + " global liandong.table.Tables tables\\n"
                                    + " global liandong.incident.Vocabulary vocabulary\\n"
                                    + " global liandong.engine.Timetable timetable\\n"
                                    + "-rule \\\"TST-001 无论何事，都转人工研判\\\"\\n"
                                    + "+rule \\\"TST-001 无论何事，都请人研判\\\"\\n"
                                    + " @source(\\\"测试\\\")\\n when\\n     Report()\\n\"}]");
        }
    }
}
