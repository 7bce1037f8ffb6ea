package liandong.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.scenario.TableMutations;
import liandong.sheet.WorkbookReader;
import liandong.stock.Stock;
import liandong.table.Row;
import liandong.table.Table;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReturnKindsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
    /** Every way of the stock policy takes half a minute to walk: {@code -Dkinds.changes} for more of them. */
    private static final int CHANGES = Integer.getInteger("kinds.changes", 1);

    @Test
    @Tag("slow") // walks every way of a whole policy again and again
    void one_case_of_each_kind_finds_what_all_cases_find() {
        Policy policy = Stock.shangcheng();
        for (Table<? extends Row> changed : changed(policy)) {
            Policy draft = policy.trying(changed);
            ReturnPaths.Walk one = ReturnPaths.of(draft, TODAY);
            ReturnPaths.Walk all = ReturnPaths.of(draft, TODAY, each -> new Object());

            assertThat(lines(one)).as(changed.sheet()).isEqualTo(lines(all));
            assertThat(one.mostBodies()).as(changed.sheet()).isEqualTo(all.mostBodies());
        }
    }

    @Test
    void what_is_wrong_is_told_of_every_event_type_though_one_of_a_kind_is_walked() {
        for (String fault : List.of("escalation.xlsx 退单处理!B3 ≥30", "vocabulary.xlsx 单位!C10 部门")) {
            int at = fault.lastIndexOf(' ');
            Policy policy = TinyEscalation.tiny()
                    .cell(fault.substring(0, at), fault.substring(at + 1))
                    .load();
            List<String> all = lines(ReturnPaths.of(policy, TinyPolicy.TODAY, each -> new Object()));

            assertThat(all).hasSizeGreaterThan(1);
            assertThat(lines(ReturnPaths.of(policy, TinyPolicy.TODAY))).isEqualTo(all);
        }
    }

    @Test
    void a_row_that_only_presses_makes_no_kind_and_one_that_settles_whose_it_is_does() {
        Policy without = TinyEscalation.tiny().load();
        TinyPolicy waiting = TinyEscalation.tiny()
                .cell("escalation.xlsx 等候督办!L2", "紧急程度 Urgency")
                .cell("escalation.xlsx 等候督办!L3", "紧急");
        Policy reminding = waiting.load();
        Policy raising = waiting.cell("escalation.xlsx 等候督办!F3", "指挥中心裁定").load();

        assertThat(kinds(reminding)).isEqualTo(kinds(without));
        assertThat(kinds(raising)).isGreaterThan(kinds(without));
        for (Policy policy : List.of(reminding, raising)) {
            ReturnPaths.Walk all = ReturnPaths.of(policy, TinyPolicy.TODAY, each -> new Object());
            assertThat(lines(ReturnPaths.of(policy, TinyPolicy.TODAY))).isEqualTo(lines(all));
        }
    }

    private static int kinds(Policy policy) {
        var kinds = new ReturnKinds(policy);
        var seen = Collections.synchronizedSet(new HashSet<Object>());
        ReturnPaths.of(policy, TinyPolicy.TODAY, open -> {
            seen.add(kinds.of(open));
            return "one";
        });
        return seen.size();
    }

    @Test
    void under_other_rules_than_the_programs_own_every_case_is_walked() {
        Policy policy = TinyEscalation.tiny().rules("""
                rule "TST-001 另一条"
                @source("测试")
                when
                    OpenCase()
                then
                    insert( new NoAction( NoActionReason.ON_TRACK ) );
                end
                """).load();
        var kinds = new ReturnKinds(policy);

        ReturnPaths.of(policy, TinyPolicy.TODAY, open -> {
            assertThat(kinds.of(open)).isNotEqualTo(kinds.of(open));
            return "one";
        });
    }

    @Test
    void few_beginnings_are_walked() {
        Policy policy = Stock.shangcheng();
        var kinds = new ReturnKinds(policy);
        var seen = Collections.synchronizedSet(new HashSet<Object>());
        var all = new AtomicInteger();

        ReturnPaths.of(policy, TODAY, open -> {
            all.incrementAndGet();
            seen.add(kinds.of(open));
            return "one";
        });

        assertThat(seen.size()).isLessThan(all.get() / 10);
    }

    /** The tables that say what becomes of returns, each changed in a cell. */
    private static List<Table<? extends Row>> changed(Policy policy) {
        var changed = new ArrayList<Table<? extends Row>>();
        var random = new Random(16);
        Table<ReturnRow> table = Objects.requireNonNull(policy.table(ReturnRow.class));
        byte[] workbook = Objects.requireNonNull(policy.files().tables().get(table.file()));
        var sheet = WorkbookReader.read(table.file(), workbook, problem -> {}).stream()
                .filter(each -> each.name().equals(table.sheet()))
                .findFirst()
                .orElseThrow();
        var variants = new ArrayList<>(TableMutations.of(sheet, table, policy.vocabulary()));
        Collections.shuffle(variants, random);
        for (var variant : variants) {
            Table<? extends Row> other = TableMutations.table(sheet, table, policy.vocabulary(), variant);
            if (other != null && changed.size() < CHANGES) {
                changed.add(other);
            }
        }
        return changed;
    }

    private static List<String> lines(ReturnPaths.Walk walk) {
        return walk.problems().stream()
                .map(problem -> problem.line(Locale.ENGLISH))
                .toList();
    }
}
