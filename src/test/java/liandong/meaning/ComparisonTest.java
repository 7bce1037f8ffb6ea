package liandong.meaning;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import liandong.Decide;
import liandong.Seeds;
import liandong.decision.DecisionService;
import liandong.incident.Area;
import liandong.incident.EventType;
import liandong.incident.Source;
import liandong.meaning.Meaning.Bound;
import liandong.meaning.Meaning.Change;
import liandong.meaning.Meaning.DecisionMeaning;
import liandong.meaning.Meaning.Region;
import liandong.meaning.Meaning.Result;
import liandong.meaning.Meaning.Where;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.replay.AnswerEssence;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ComparisonTest {
    private static final String ROUTING = "routing.xlsx";
    private static final LocalDate DAY = TinyPolicy.TODAY;
    private static final int PAIRS = 200;
    private static final int FACTS = 60;
    private static final DecisionService SERVICE = new DecisionService(
            () -> {
                throw new IllegalStateException("each request names its policy");
            },
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    private static final List<String> TYPES = List.of("路面坑洞", "井盖破损", "其他道路问题", "邻里纠纷");

    // ———— Against brute force ————

    @Test
    @Tag("slow") // decides tens of thousands of reports
    void random_reports_lie_in_a_region_exactly_when_two_random_policies_decide_them_differently() throws Exception {
        Random random = Seeds.random();
        int differing = 0;
        int alike = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            List<Policy> policies = randomPair(random);
            DecisionMeaning meaning = routing(policies.get(0), policies.get(1));
            assertThat(meaning.result()).isNotEqualTo(Result.UNFINISHED);
            assertThat(meaning.bounds()).containsExactly(Bound.TEXTS_BY_EXAMPLE);
            for (Region region : meaning.regions()) {
                assertThat(differs(policies, requireNonNull(region.witness()).request()))
                        .as("pair %s, %s", pair, region)
                        .isTrue();
            }
            for (int i = 0; i < FACTS && meaning.more() == 0; i++) {
                ObjectNode report = randomReport(random, policies.get(0));
                boolean differs = differs(policies, report);
                assertThat(meaning.regions().stream().anyMatch(region -> lies(report, region.where(), policies.get(0))))
                        .as("pair %s, %s in %s", pair, report, meaning.regions())
                        .isEqualTo(differs);
                differing += differs ? 1 : 0;
                alike += differs ? 0 : 1;
            }
        }
        assertThat(differing).isGreaterThan(1_000);
        assertThat(alike).isGreaterThan(1_000);
    }

    private static List<Policy> randomPair(Random random) {
        String[][] duties = new String[6][];
        for (int i = 0; i < duties.length; i++) {
            duties[i] = duty(i, random);
        }
        String[][] stages = new String[5][];
        for (int i = 0; i < stages.length; i++) {
            stages[i] = new String[] {
                "L-" + i,
                oneOf(random, "", "", "路面坑洞", "非 邻里纠纷"),
                oneOf(random, "", "普通", "紧急"),
                String.valueOf(i + 1),
                "阶段" + i,
                oneOf(random, "3 小时", "5 工作日"),
                "交办",
                "办法",
                "已确认"
            };
        }
        String[][] grades = {
            {"S-1", oneOf(random, "≥1", "≥3"), "", "重大", "分级标准", "已确认"},
            {"S-2", "", oneOf(random, "≥10", "[0.5..2)"), "重大", "分级标准", "已确认"},
            {"S-3", "", "", "一般", "分级标准", "已确认"}
        };
        String[][] urgencies = {
            {"U-1", oneOf(random, "", "重大"), "是", "紧急", "分级标准", "已确认"},
            {"U-2", "重大", "", oneOf(random, "紧急", "普通"), "分级标准", "已确认"},
            {"U-3", "", "", "普通", "分级标准", "已确认"}
        };
        Policy before = policy(duties, stages, grades, urgencies);
        int table = random.nextInt(4);
        Policy after = switch (table) {
            case 0 -> policy(edited(duties, random), stages, grades, urgencies);
            case 1 -> policy(duties, edited(stages, random), grades, urgencies);
            case 2 -> policy(duties, stages, edited(grades, random), urgencies);
            default -> policy(edited(duties, random), stages, grades, edited(urgencies, random));
        };
        return List.of(before, after);
    }

    private static String[] duty(int number, Random random) {
        return new String[] {
            "D-" + number,
            oneOf(random, "", "路面坑洞", "井盖破损、邻里纠纷", "非 井盖破损"),
            oneOf(random, "", "", "≥2", "<3"),
            oneOf(random, "", "", "东街道", "东市社区", "非 西街道"),
            oneOf(random, "", "", "紧急"),
            oneOf(random, "", "", "漏水", "非 围墙"),
            oneOf(random, "主办局", "协办局", "水务公司"),
            oneOf(random, "部门", "社区", "街道", "牵头配合"),
            "三定方案",
            "已确认",
            "",
            oneOf(random, "", "", DAY.plusDays(2).toString())
        };
    }

    /** Rows with one taken out, put elsewhere, or given another's cell. */
    private static String[][] edited(String[][] rows, Random random) {
        var edited = new ArrayList<>(Arrays.asList(rows));
        int at = random.nextInt(edited.size());
        switch (random.nextInt(3)) {
            case 0 -> edited.remove(at);
            case 1 -> Collections.swap(edited, at, random.nextInt(edited.size()));
            default -> {
                String[] row = edited.get(at).clone();
                int column = 1 + random.nextInt(row.length - 3);
                row[column] = rows[random.nextInt(rows.length)][column];
                edited.set(at, row);
            }
        }
        return edited.toArray(String[][]::new);
    }

    private static Policy policy(String[][] duties, String[][] stages, String[][] grades, String[][] urgencies) {
        return TinyPolicy.complete()
                .sheet(
                        ROUTING,
                        "派单目录",
                        with(
                                duties,
                                "编号 Id",
                                "事项 Event type",
                                "死亡人数 Deaths",
                                "区域 Area",
                                "紧急程度 Urgency",
                                "正文含 Text contains",
                                "牵头 Lead",
                                "路径 Route",
                                "依据 Source",
                                "状态 Status",
                                "生效 From",
                                "失效 Until"))
                .sheet(
                        ROUTING,
                        "阶段时限",
                        with(
                                stages,
                                "编号 Id",
                                "事项 Event type",
                                "紧急程度 Urgency",
                                "序 Order",
                                "阶段 Stage",
                                "时限 Limit",
                                "起算 Counts from",
                                "依据 Source",
                                "状态 Status"))
                .sheet(
                        ROUTING,
                        "分级",
                        with(
                                grades,
                                "编号 Id",
                                "死亡人数 Deaths",
                                "损失（百万元） Loss (million yuan)",
                                "等级 Severity",
                                "依据 Source",
                                "状态 Status"))
                .sheet(
                        ROUTING,
                        "紧急程度",
                        with(
                                urgencies,
                                "编号 Id",
                                "等级 Severity",
                                "危及生命 Life in danger",
                                "紧急程度 Urgency",
                                "依据 Source",
                                "状态 Status"))
                .load();
    }

    private static String[][] with(String[][] rows, String... header) {
        return Stream.concat(Stream.<String[]>of(header), Stream.of(rows)).toArray(String[][]::new);
    }

    private static String oneOf(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static ObjectNode randomReport(Random random, Policy policy) {
        List<Area> areas = policy.vocabulary().all(Area.class);
        List<Source> sources = policy.vocabulary().all(Source.class);
        String now = DAY.plusDays(random.nextInt(5)) + "T10:00:00+08:00";
        ObjectNode request = Json.object();
        ObjectNode incident = request.putObject("incident");
        incident.put("id", "T-1")
                .put("reportedAt", now)
                .put("source", sources.get(random.nextInt(sources.size())).code())
                .put("area", areas.get(random.nextInt(areas.size())).code())
                .put("eventType", TYPES.get(random.nextInt(TYPES.size())))
                .put("text", oneOf(random, "", "", "漏水", "围墙", "围墙边漏水", "没有别的"))
                .put("residentsOnly", random.nextInt(4) == 0)
                .put("settled", random.nextInt(10) == 0)
                .put("elsewhere", random.nextInt(10) == 0)
                .put("lifeInDanger", random.nextInt(4) == 0)
                .put("deaths", random.nextInt(5))
                .put("loss", new BigDecimal(oneOf(random, "0", "0.5", "1.99", "2", "10", "50")));
        if (random.nextInt(10) == 0) {
            incident.put("sameAs", "T-0");
        }
        request.put("now", now);
        return request;
    }

    // ———— What is told of a region, understood by a reader of its own ————

    private static final Pattern RANGE = Pattern.compile("([\\[(])(.+)\\.\\.(.+)([)\\]])");

    private static boolean lies(JsonNode request, List<Where> where, Policy policy) {
        return where.stream().allMatch(each -> lies(request, each, policy));
    }

    private static boolean lies(JsonNode request, Where where, Policy policy) {
        JsonNode incident = request.path("incident");
        return switch (where.name()) {
            case "事项" ->
                isOf(
                        where.is(),
                        requireNonNull(policy.vocabulary()
                                        .find(
                                                EventType.class,
                                                incident.path("eventType").stringValue()))
                                .label());
            case "区域" ->
                isOf(
                        where.is(),
                        requireNonNull(policy.vocabulary()
                                        .find(Area.class, incident.path("area").stringValue()))
                                .label());
            case "来源" ->
                isOf(
                        where.is(),
                        requireNonNull(policy.vocabulary()
                                        .find(
                                                Source.class,
                                                incident.path("source").stringValue()))
                                .label());
            case "仅涉居民" -> isOf(where.is(), yes(incident.path("residentsOnly")));
            case "网格已处置" -> isOf(where.is(), yes(incident.path("settled")));
            case "危及生命" -> isOf(where.is(), yes(incident.path("lifeInDanger")));
            case "辖区外" -> isOf(where.is(), yes(incident.path("elsewhere")));
            case "在办件" -> where.is().equals(incident.has("sameAs") ? "有" : "无");
            case "死亡人数" -> within(where.is(), incident.path("deaths").decimalValue());
            case "损失（百万元）" -> within(where.is(), incident.path("loss").decimalValue());
            case "正文", "正文含" ->
                Stream.of(where.is().split("；", -1))
                        .allMatch(words -> hasWords(words, incident.path("text").stringValue()));
            case "" ->
                within(
                        where.is(),
                        LocalDate.parse(request.path("now").stringValue().substring(0, 10)));
            default -> throw new AssertionError("a region in words that no report of this test has: " + where);
        };
    }

    private static boolean hasWords(String words, String text) {
        if (words.endsWith("空")) {
            return text.isEmpty() == words.equals("空");
        }
        boolean not = words.startsWith("不含 ");
        String list = words.substring(words.indexOf(' ') + 1);
        return Stream.of(list.split("、", -1)).anyMatch(text::contains) != not;
    }

    private static String yes(JsonNode flag) {
        return flag.booleanValue() ? "是" : "否";
    }

    private static boolean isOf(String list, String label) {
        boolean not = list.startsWith("非 ");
        return List.of(list.substring(not ? 2 : 0).split("、", -1)).contains(label) != not;
    }

    private static boolean within(String list, LocalDate day) {
        Matcher date = Pattern.compile("\\d{4}-\\d{2}-\\d{2}").matcher(list);
        return within(
                date.replaceAll(
                        each -> String.valueOf(LocalDate.parse(each.group()).toEpochDay())),
                BigDecimal.valueOf(day.toEpochDay()));
    }

    private static boolean within(String list, BigDecimal number) {
        return Stream.of(list.split("、", -1)).anyMatch(range -> inRange(range, number));
    }

    private static boolean inRange(String range, BigDecimal number) {
        Matcher ends = RANGE.matcher(range);
        if (ends.matches()) {
            int low = number.compareTo(new BigDecimal(ends.group(2)));
            int high = number.compareTo(new BigDecimal(ends.group(3)));
            return (low > 0 || (low == 0 && ends.group(1).equals("[")))
                    && (high < 0 || (high == 0 && ends.group(4).equals("]")));
        }
        if (range.contains("~")) {
            String[] both = range.split("~", -1);
            return number.compareTo(new BigDecimal(both[0])) >= 0 && number.compareTo(new BigDecimal(both[1])) <= 0;
        }
        int compared = number.compareTo(new BigDecimal(range.replaceAll("^[≥≤<>]", "")));
        return switch (range.charAt(0)) {
            case '≥' -> compared >= 0;
            case '≤' -> compared <= 0;
            case '<' -> compared < 0;
            case '>' -> compared > 0;
            default -> compared == 0;
        };
    }

    private static boolean differs(List<Policy> policies, JsonNode request) throws BadRequestException {
        return !done(policies.get(0), request).equals(done(policies.get(1), request));
    }

    private static JsonNode done(Policy policy, JsonNode request) throws BadRequestException {
        return AnswerEssence.of(
                        Decide.ROUTING,
                        SERVICE.decide(Decide.ROUTING, policy, request).answer())
                .done();
    }

    private static DecisionMeaning routing(Policy before, Policy after) {
        return routing(before, after, Duration.ofMinutes(5));
    }

    private static DecisionMeaning routing(Policy before, Policy after, Duration limit) {
        return new Comparison(DAY, limit, 2, (decision, done, of) -> {})
                .between(before, after).decisions().stream()
                        .filter(each -> each.decision().equals("ROUTING"))
                        .findFirst()
                        .orElseThrow();
    }

    // ———— One by one ————

    @Test
    void another_lead_is_told_with_its_facts_its_row_and_a_request() throws Exception {
        Policy before = TinyPolicy.complete().load();
        Policy after = TinyPolicy.complete().cell("routing.xlsx 派单目录!C4", "主办局").load();

        DecisionMeaning meaning = routing(before, after);

        assertThat(meaning.result()).isEqualTo(Result.DIFFERENT);
        assertThat(meaning.same()).isEqualTo(3);
        assertThat(meaning.left()).isZero();
        Region region = meaning.regions().get(0);
        assertThat(region.where()).contains(new Where("事项", "井盖破损"), new Where("网格已处置", "否"));
        assertThat(region.changes()).contains(new Change("牵头 Lead", "水务公司", "主办局"));
        assertThat(region.before()).extracting(Meaning.RowAt::row).containsExactly("D-2");
        assertThat(region.after()).extracting(Meaning.RowAt::at).containsExactly("routing.xlsx 派单目录!A4");
        assertThat(differs(
                        List.of(before, after), requireNonNull(region.witness()).request()))
                .isTrue();
        assertThat(requireNonNull(region.witness().scenario())).containsEntry("事项 Event type", "井盖破损");
    }

    @Test
    void a_policy_is_no_different_from_itself_and_nothing_needs_to_be_decided_for_that() {
        DecisionMeaning meaning =
                routing(TinyPolicy.complete().load(), TinyPolicy.complete().load());

        assertThat(meaning)
                .isEqualTo(new DecisionMeaning(
                        "ROUTING",
                        "研判交办",
                        Result.SAME,
                        0,
                        0,
                        4,
                        0,
                        0,
                        0,
                        List.of(),
                        0,
                        List.of(),
                        0,
                        List.of(Bound.TEXTS_BY_EXAMPLE)));
    }

    @Test
    void a_row_behind_one_that_covers_everything_changes_nothing() {
        Policy after = TinyPolicy.complete()
                .row(ROUTING, "分级", "S-9", "≥5", "重大", "", "分级标准", "已确认")
                .load();

        DecisionMeaning meaning = routing(TinyPolicy.complete().load(), after);

        assertThat(meaning.result()).isEqualTo(Result.SAME);
        assertThat(meaning.classes()).isZero();
    }

    @Test
    void other_rules_are_compared_class_by_class_and_named() {
        Policy after = TinyPolicy.withOneRule().load();

        DecisionMeaning meaning = routing(TinyPolicy.complete().load(), after);

        assertThat(meaning.result()).isEqualTo(Result.DIFFERENT);
        assertThat(meaning.bounds()).contains(Bound.RULES_DIFFER);
        assertThat(meaning.regions())
                .flatExtracting(Region::changes)
                .extracting(Change::part)
                .contains("结果 Outcome");
    }

    @Test
    void a_comparison_whose_time_is_up_says_how_much_is_left() {
        Policy after = TinyPolicy.complete().cell("routing.xlsx 派单目录!C4", "主办局").load();

        DecisionMeaning meaning = routing(TinyPolicy.complete().load(), after, Duration.ZERO);

        assertThat(meaning.result()).isEqualTo(Result.UNFINISHED);
        assertThat(meaning.left()).isEqualTo(meaning.parts()).isPositive();
        assertThat(meaning.unusual()).isZero();
    }
}
