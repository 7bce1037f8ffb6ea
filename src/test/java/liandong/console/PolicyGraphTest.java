package liandong.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import liandong.console.PolicyGraph.Part;
import liandong.console.PolicyGraph.RuleNode;
import liandong.console.PolicyGraph.TableNode;
import liandong.decision.DecisionService;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.scenario.Scenario;
import liandong.scenario.ScenarioReader;
import liandong.stock.Stock;
import liandong.wire.BadRequestException;
import org.junit.jupiter.api.Test;

/** What asks what in a policy. */
class PolicyGraphTest {
    private static RuleNode rule(List<Part> parts, String code) {
        return parts.stream()
                .flatMap(part -> part.rules().stream())
                .filter(each -> each.rule().code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_rule_asks_what_its_conditions_name_and_gives_what_it_inserts() {
        List<Part> parts = PolicyGraph.of(TinyPolicy.complete().rules("""
                // ———— 一、先 ————

                rule "TST-001 按词语计票 // 不是注释"
                @source("测试（一）")
                when
                    $report : Report( text != "rule DutyRow() then" )
                    $found : MatchedRows() from tables.find( KeywordRow.class, Matter.of( $report ) ) // StageRow
                    $threshold : ThresholdRow() from tables.match( ThresholdRow.class, Matter.of( $report ) )
                then
                    /* insert( new Archived() ); */
                    insert( Tally.of( Matter.of( $report ), $found.getRows(), $threshold ) );
                end

                // ———— 二、后 ————

                rule "TST-002 票数够的，定为该事项"
                @source("测试（二）")
                when
                    $tally : Tally( topics.size > 0 )
                    not Ending()
                then
                    insert( $tally.classified( $tally.specific() ) );
                    insert( new Archived() );
                end
                """).load());

        RuleNode first = rule(parts, "TST-001");
        RuleNode second = rule(parts, "TST-002");

        assertThat(first.sheets()).containsExactly("关键词", "分拣门槛");
        assertThat(first.rule().asks()).isEmpty();
        assertThat(first.rule().gives()).containsExactly("Tally");
        assertThat(first.rule().source()).isEqualTo("测试（一）");
        assertThat(first.rule().section()).isEqualTo("一、先");
        assertThat(first.rule().text()).startsWith("rule \"TST-001").endsWith("end");
        assertThat(second.sheets()).isEmpty();
        assertThat(second.rule().asks()).containsExactly("Tally", "Archived");
        assertThat(second.rule().gives()).containsExactly("Classified", "Archived");
        assertThat(second.rule().section()).isEqualTo("二、后");
        TableNode keywords = parts.get(0).tables().stream()
                .filter(table -> table.sheet().equals("关键词"))
                .findFirst()
                .orElseThrow();
        assertThat(keywords.asks()).containsExactly("正文含 Text contains");
        assertThat(keywords.gives()).containsExactly("事项 Event type", "分值 Points");
        assertThat(keywords.rules()).containsExactly("TST-001");
        assertThat(keywords.next())
                .contains(new PolicyGraph.Next("派单目录", "事项 Event type"))
                .doesNotContain(new PolicyGraph.Next("关键词", "事项 Event type"));
    }

    @Test
    void every_rule_of_the_stock_policy_is_in_it_and_gives_something_that_has_a_name_in_both_languages() {
        Policy policy = Stock.shangcheng();
        List<Part> parts = PolicyGraph.of(policy);

        var drawn = new ArrayList<String>();
        var nothing = new ArrayList<String>();
        var nameless = new TreeSet<String>();
        for (Part part : parts) {
            part.rules().forEach(each -> {
                drawn.add(each.rule().code());
                if (each.rule().gives().isEmpty()) {
                    nothing.add(each.rule().code());
                }
            });
            for (Locale locale : List.of(Locale.CHINESE, Locale.ENGLISH)) {
                part.conclusions().stream()
                        .filter(each ->
                                Say.of(locale, "graph.gives." + each.name()).isEmpty())
                        .forEach(each -> nameless.add(locale + " " + each.name()));
                part.helpers().stream()
                        .filter(each ->
                                Say.of(locale, "graph.helper." + each.name()).isEmpty())
                        .forEach(each -> nameless.add(locale + " " + each.name()));
            }
        }
        assertThat(drawn)
                .containsExactlyInAnyOrderElementsOf(
                        policy.rules().refs().stream().map(each -> each.code()).toList());
        assertThat(nothing).isEmpty();
        assertThat(nameless).isEmpty();
    }

    @Test
    void every_table_that_a_scenario_of_the_stock_policy_asks_is_shown_with_who_asks_it() throws Exception {
        Policy policy = Stock.shangcheng();
        Map<String, List<String>> shown = new TreeMap<>();
        for (Part part : PolicyGraph.of(policy)) {
            shown.put(
                    part.code(),
                    part.tables().stream()
                            .filter(table ->
                                    !table.rules().isEmpty() || !table.helpers().isEmpty() || table.beside())
                            .map(TableNode::sheet)
                            .toList());
        }
        var missing = new TreeSet<String>();
        var asked = new TreeSet<String>();
        Stream<Scenario> scenarios = ScenarioReader.read(policy, policy.files().scenarios()).cases().stream();
        var service = new DecisionService(() -> policy, Clock.systemUTC());
        scenarios.filter(each -> shown.containsKey(each.kind().code())).forEach(each -> {
            Policy watched = policy.watched((table, fact, on, singly) -> {
                asked.add(table.sheet());
                if (!shown.getOrDefault(each.kind().code(), List.of()).contains(table.sheet())) {
                    missing.add(each.kind().code() + " asks " + table.sheet());
                }
            });
            try {
                service.decide(each.kind(), watched, each.request());
            } catch (BadRequestException e) {
                // A scenario that expects to be refused.
            }
        });

        assertThat(missing).isEmpty();
        assertThat(asked).hasSizeGreaterThan(30);
    }

    @Test
    void lines_of_the_drawing_join_boxes_that_are_drawn() {
        for (Part part : PolicyGraph.of(Stock.shangcheng())) {
            GraphDrawing.Drawing drawing = GraphDrawing.of(part, Locale.CHINESE);

            assertThat(drawing.boxes())
                    .hasSize(part.tables().size()
                            + part.rules().size()
                            + part.helpers().size()
                            + part.conclusions().size())
                    .allSatisfy(box -> {
                        assertThat(box.x() + box.width()).isLessThanOrEqualTo(drawing.width());
                        assertThat(box.y()).isPositive();
                        assertThat(box.y() + box.height()).isLessThanOrEqualTo(drawing.height());
                        assertThat(box.whole()).startsWith(box.text().replace("…", ""));
                    });
            assertThat(drawing.boxes().stream()
                            .mapToInt(box -> box.own().size())
                            .sum())
                    .isEqualTo(2 * drawing.lines().size());
        }
    }
}
