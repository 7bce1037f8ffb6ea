package liandong.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import liandong.decision.DecisionService;
import liandong.decision.Decisions;
import liandong.engine.Evidence;
import liandong.engine.Finding;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.policy.RuleRef;
import liandong.stock.Stock;
import liandong.table.RowRef;
import liandong.table.RowStatus;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Laws of comparing bodies: each with its like, in bands, one by one only when asked. */
class PeersTest {
    private static final DecisionService SERVICE = new DecisionService(Stock::shangcheng, Clock.systemUTC());

    /** Some bodies of several kinds; each has closed one case fewer in time than the one before it. */
    private static List<ObjectNode> periods() {
        var periods = new ArrayList<ObjectNode>();
        for (BodyKind kind : List.of(BodyKind.DEPARTMENT, BodyKind.PLATFORM)) {
            List<Body> bodies = Stock.shangcheng().vocabulary().all(Body.class).stream()
                    .filter(body -> body.kind() == kind)
                    .limit(4)
                    .toList();
            assertThat(bodies).hasSize(4);
            for (Body body : bodies) {
                ObjectNode period = Json.object().put("body", body.code());
                period.put("organisation", 5).put("supervision", 5);
                period.putObject("counts")
                        .put("due", 100)
                        .put("closed", 100 - 7 * periods.size())
                        .put("onTime", 90 - 11 * periods.size());
                periods.add(period);
            }
        }
        return periods;
    }

    private static JsonNode asked(List<ObjectNode> periods, boolean ranking) throws BadRequestException {
        ObjectNode request = Json.object().put("now", "2026-12-02T09:00:00+08:00");
        ArrayNode list = request.putArray("periods");
        periods.forEach(list::add);
        if (ranking) {
            request.put("ranking", true);
        }
        return SERVICE.decide(Decisions.named("PERIOD"), request).answer();
    }

    private static String code(JsonNode of, String member) {
        return of.path(member).path("code").asString("");
    }

    @Test
    void without_being_asked_nobody_is_ranked_and_each_stands_once_in_a_band_of_its_kind() throws BadRequestException {
        JsonNode answer = asked(periods(), false);

        assertThat(answer.path("scores")).hasSize(8).noneMatch(score -> score.has("rank"));
        var banded = new ArrayList<String>();
        for (JsonNode peers : answer.path("peers")) {
            for (JsonNode band : peers.path("bands")) {
                var codes = new ArrayList<String>();
                band.path("bodies").forEach(body -> codes.add(body.path("code").asString("")));
                assertThat(codes).isSorted();
                codes.forEach(code -> assertThat(kindOf(code).name())
                        .isEqualTo(peers.path("kind").asString(code(peers, "kind"))));
                banded.addAll(codes);
            }
        }
        assertThat(banded).hasSize(8).doesNotHaveDuplicates();
        assertThat(answer.path("peers")).hasSize(2);
    }

    @Test
    void who_has_no_score_is_in_no_band_but_told_beside_them() throws BadRequestException {
        List<ObjectNode> periods = periods();
        periods.get(1).putObject("counts").put("due", 10).put("closed", 11).put("onTime", 5);

        JsonNode answer = asked(periods, false);

        var banded = new ArrayList<String>();
        var notScored = new ArrayList<String>();
        for (JsonNode peers : answer.path("peers")) {
            for (JsonNode band : peers.path("bands")) {
                assertThat(band.hasNonNull("grade")).isTrue();
                band.path("bodies").forEach(body -> banded.add(body.path("code").asString("")));
            }
            peers.path("notScored")
                    .forEach(body -> notScored.add(body.path("code").asString("")));
        }
        assertThat(notScored).containsExactly(periods.get(1).path("body").asString(""));
        assertThat(banded).hasSize(7).doesNotContainAnyElementsOf(notScored);
        assertThat(asked(periods(), false).path("peers").get(0).has("notScored"))
                .isFalse();
    }

    @Test
    void what_is_wrong_with_one_body_costs_no_other_its_score() throws BadRequestException {
        JsonNode sound = asked(periods(), false);
        List<Consumer<ObjectNode>> faults = List.of(
                period -> ((ObjectNode) period.path("counts")).put("deferred", -1),
                period -> ((ObjectNode) period.path("counts")).put("closed", "many"),
                period -> period.put("organisation", -1),
                period -> period.put("unknown", 1),
                period -> period.remove("counts"),
                period -> period.put("from", "2026-11-01T00:00:00+08:00").put("to", "2026-10-01T00:00:00+08:00"),
                period -> period.put("from", "2027-11-01T00:00:00+08:00"));
        for (Consumer<ObjectNode> fault : faults) {
            List<ObjectNode> periods = periods();
            fault.accept(periods.get(1));

            JsonNode answer = asked(periods, false);

            assertThat(scores(answer)).hasSize(8).containsAll(scores(sound, periods.get(1)));
            assertThat(faultsOf(answer))
                    .hasSize(1)
                    .allSatisfy((code, told) -> assertThat(code + " " + told)
                            .startsWith(periods.get(1).path("body").asString("") + " /periods/1"));
        }
    }

    @Test
    void who_is_nameless_is_not_scored_and_of_two_periods_of_one_body_neither() throws BadRequestException {
        List<ObjectNode> periods = periods();
        periods.get(0).remove("body");
        periods.get(1).put("body", "nobody");
        periods.get(3).set("body", periods.get(2).path("body"));

        JsonNode answer = asked(periods, false);

        assertThat(scores(answer))
                .hasSize(8)
                .filteredOn(score -> !score.endsWith("null"))
                .hasSize(4);
        assertThat(answer.path("peers").get(0).path("notScored")).hasSize(1);
    }

    @Test
    void a_single_period_that_is_wrong_is_refused() {
        List<ObjectNode> one = periods().subList(0, 1);
        ((ObjectNode) one.get(0).path("counts")).put("deferred", -1);

        assertThatThrownBy(() -> asked(one, false)).isInstanceOf(BadRequestException.class);
    }

    /** What each body scores. */
    private static List<String> scores(JsonNode answer) {
        var scores = new ArrayList<String>();
        answer.path("scores").forEach(score -> scores.add(code(score, "body") + " " + score.get("score")));
        return scores;
    }

    private static List<String> scores(JsonNode answer, ObjectNode without) {
        return scores(answer).stream()
                .filter(score -> !score.startsWith(without.path("body").asString("") + " "))
                .toList();
    }

    /** Where something is wrong, by body. */
    private static Map<String, String> faultsOf(JsonNode answer) {
        var faults = new HashMap<String, String>();
        answer.path("scores")
                .forEach(score -> score.path("faults")
                        .forEach(fault -> faults.put(
                                code(score, "body"), fault.path("pointer").asString(""))));
        return faults;
    }

    private static BodyKind kindOf(String code) {
        Body body = Stock.shangcheng().vocabulary().find(Body.class, code);
        return body == null ? BodyKind.CENTRE : body.kind();
    }

    @Test
    void asked_for_a_ranking_bodies_of_a_kind_are_ranked_among_themselves() throws BadRequestException {
        JsonNode answer = asked(periods(), true);

        Map<BodyKind, List<Integer>> ranks = new HashMap<>();
        for (JsonNode score : answer.path("scores")) {
            ranks.computeIfAbsent(kindOf(code(score, "body")), kind -> new ArrayList<>())
                    .add(score.path("rank").asInt());
        }
        assertThat(ranks.values())
                .hasSize(2)
                .allSatisfy(places -> assertThat(places).isSorted().startsWith(1));
    }

    @Test
    void the_order_in_which_bodies_are_told_has_no_part_in_it() throws BadRequestException {
        var periods = new ArrayList<>(periods());
        Collections.shuffle(periods, new Random(7));

        for (boolean ranking : new boolean[] {false, true}) {
            ObjectNode before = (ObjectNode) asked(periods(), ranking);
            ObjectNode after = (ObjectNode) asked(periods, ranking);
            before.remove("decisionId");
            after.remove("decisionId");
            assertThat(after).isEqualTo(before);
        }
    }

    @Test
    void of_two_bands_for_one_rate_the_row_whose_id_comes_first_counts_whatever_the_rules_are_called() {
        var period = new Period(null, null, null, null, List.of(), null, null);
        Measured rate = period.measures().get(0);
        Evidence<Finding> early = banded("SCO-001", rate, "B-2", "第二档");
        Evidence<Finding> late = banded("SCO-002", rate, "B-1", "第一档");

        for (List<Evidence<Finding>> findings : List.of(List.of(early, late), List.of(late, early))) {
            assertThat(PeriodDecision.of(period, findings).measures().get(0)).isEqualTo(rate.in("第一档"));
        }
    }

    private static Evidence<Finding> banded(String rule, Measured rate, String id, String band) {
        var ref = new RowRef(id, "t.xlsx", "分档", 3, "", "测试", RowStatus.CONFIRMED);
        return new Evidence<>(new RuleRef(rule, "分档", "测试"), new Banded(rate, new BandRow(band, ref)));
    }

    @Test
    void one_body_alone_has_no_peers() throws BadRequestException {
        assertThat(asked(periods().subList(0, 1), false).has("peers")).isFalse();
    }
}
