package liandong.open311;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import liandong.explain.Phrases;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services whose codes the sheet 对照 gives. */
class ServiceListTest {
    private static final Phrases ZH = new Phrases(Locale.CHINESE);
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-03-02T09:00:00+08:00");

    private static final Policy POLICY = TinyPolicy.withOneRule()
            .ofFormat3()
            .sheet(
                    "vocabulary.xlsx",
                    "对照",
                    new String[] {
                        "体系 Scheme",
                        "外部代码 External code",
                        "外部名称 External name",
                        "对应 Set",
                        "本区名称 Ours",
                        "生效 From",
                        "失效 Until"
                    },
                    new String[] {"GB/T 1", "'06001", "道路破损", "事项", "路面坑洞", "", ""},
                    new String[] {"open311", "'006", "路上有坑", "事项", "路面坑洞", "", ""},
                    new String[] {"open311", "'007", "", "事项", "井盖破损", "", ""},
                    new String[] {"open311", "'008", "旧名", "事项", "邻里纠纷", "2025-01-01", "2025-12-31"},
                    new String[] {"open311", "source", "", "来源", "热线", "", ""})
            .load();

    private static ServiceList services() {
        return ServiceList.of(POLICY, NOW.toLocalDate());
    }

    @Test
    void the_codes_of_the_scheme_that_hold_that_day_are_the_services() {
        assertThat(services().all(ZH))
                .containsExactly(
                        new Service("006", "路上有坑", "公共、道路", false, "realtime", "路面坑洞", "安全"),
                        new Service("007", "井盖破损", "公共、道路", false, "realtime", null, "安全"));
        assertThat(ServiceList.of(POLICY, LocalDate.of(2025, 6, 1)).all(ZH))
                .extracting(Service::code)
                .containsExactly("006", "007", "008");
        assertThat(services().type("008")).isNull();
        assertThat(services().type("HOLE")).isNull();
    }

    @Test
    void a_policy_that_says_whose_reports_they_are_asks_for_nothing_besides() {
        ServiceDefinition definition = Objects.requireNonNull(services().definition("006", ZH));

        assertThat(definition.attributes()).noneMatch(ServiceDefinition.Attribute::required);
        assertThat(definition.attributes())
                .extracting(ServiceDefinition.Attribute::order)
                .containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(services().definition("HOLE", ZH)).isNull();
    }

    @Test
    void an_event_type_goes_by_the_code_that_was_sent_else_by_the_first_of_its_own() {
        assertThat(services().code("HOLE", "006")).isEqualTo("006");
        assertThat(services().code("LID", "006")).isEqualTo("007");
        assertThat(services().code("QUARREL", "006")).isEmpty();
        assertThat(services().code("", "006")).isEqualTo("006");
        assertThat(services().name("", "QUARREL")).isEqualTo("邻里纠纷");
        assertThat(services().name("", "")).isNull();
    }

    /** The area that a form comes to, or what is wrong with it. */
    private static String area(String form) throws Exception {
        Given given = Given.read("service_code=006&" + form);
        var problems = new ArrayList<Problem>();
        var request = Submission.request(
                given, POLICY, services(), Objects.requireNonNull(services().type("006")), "R-1", NOW, problems::add);
        return problems.isEmpty()
                ? request.at("/incident/area").toString()
                : problems.get(0).at() + " " + problems.get(0).code();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "address_id=330102001001                   | \"330102001001\"",
                "address_id=东市社区                       | \"东市社区\"",
                "address_id=330102001099                   | \"330102001099\"",
                "address_id=999                            | address_id UNKNOWN_CODE",
                "address_string=东街道东山社区3幢          | \"330102001002\"",
                "address_string=西街道某处                 | \"330102002\"",
                "address_string=某处                       | \"330102\"",
                "lat=30.2&long=120.1                       |"
                        + " {\"longitude\":120.1,\"latitude\":30.2,\"system\":\"WGS84\"}",
                "lat=30.2&long=120.1&address_string=西街道 | \"330102002\"",
                "lat=30.2&long=120.1&address_string=某处   |"
                        + " {\"longitude\":120.1,\"latitude\":30.2,\"system\":\"WGS84\"}",
                "lat=30.2                                  | long MISSING_FIELD",
                "lat=1e1&long=2                            | lat OUT_OF_RANGE",
                "email=y                                       | address_string MISSING_FIELD",
            })
    void the_place_is_found_from_what_is_most_exact(String form, String area) throws Exception {
        assertThat(area(form)).isEqualTo(area);
    }

    @Test
    void a_form_becomes_a_report_without_the_person() throws Exception {
        Given given = Given.read(
                "service_code=006&address_string=%E4%B8%9C%E8%A1%97%E9%81%931%E5%8F%B7&description=a+b%0D%0Ac"
                        + "&lat=&email=x%40y.z&phone=1&first_name=a&attribute[people]=12&attribute[lifeInDanger]=No&api_key=secret");
        var problems = new ArrayList<Problem>();
        var request = Submission.request(
                given, POLICY, services(), Objects.requireNonNull(services().type("006")), "R-1", NOW, problems::add);

        assertThat(problems).isEmpty();
        assertThat(request.toString())
                .isEqualTo("{\"incident\":{\"id\":\"R-1\",\"reportedAt\":\"2026-03-02T09:00:00+08:00\","
                        + "\"area\":\"330102001\",\"text\":\"a b\\nc\",\"eventType\":\"HOLE\","
                        + "\"source\":\"HOTLINE\",\"people\":12,\"lifeInDanger\":false},"
                        + "\"options\":{\"outside\":{\"service_code\":\"006\",\"address\":\"东街道1号\"}}}");
    }

    @Test
    void whoever_has_a_matter_in_hand_is_called_by_its_name_be_it_an_area() {
        assertThat(Submission.label(POLICY.vocabulary(), "330102001")).isEqualTo("东街道");
        assertThat(Submission.label(POLICY.vocabulary(), "nobody")).isEqualTo("nobody");
    }

    @Test
    void where_the_policy_names_the_source_a_form_may_name_it_too_and_the_policy_is_right() throws Exception {
        var problems = new ArrayList<Problem>();
        for (String source : List.of("HOTLINE", "GRID", "NOBODY")) {
            var request = Submission.request(
                    Given.read("service_code=006&address_id=330102001&attribute[source]=" + source),
                    POLICY,
                    services(),
                    Objects.requireNonNull(services().type("006")),
                    "R-1",
                    NOW,
                    problems::add);

            assertThat(problems).isEmpty();
            assertThat(request.at("/incident/source").stringValue()).isEqualTo("HOTLINE");
        }
    }

    @ParameterizedTest
    @CsvSource({"a=%", "a=%4", "a=%zz", "%FF=1", "a=%E4%B8", "a=%ED%A0%80"})
    void what_is_no_form_is_refused(String form) {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Given.read(form)))
                .isInstanceOf(liandong.wire.BadRequestException.class);
    }

    @Test
    void fields_are_read_as_browsers_and_clients_write_them() throws Exception {
        Given given =
                Given.read("a=1&a=+2+&b=&c&d=x%26%3Dy&&attribute[k][]=1&attribute%5Bk%5D%5B%5D=2&list=1,2,,1&list=3");

        assertThat(given.all("a")).containsExactly("1", "2");
        assertThat(given.first("b")).isNull();
        assertThat(given.first("c")).isNull();
        assertThat(given.first("d")).isEqualTo("x&=y");
        assertThat(given.attributes()).isEqualTo(java.util.Map.of("k", List.of("1", "2")));
        assertThat(given.listed("list")).containsExactly("1", "2", "3");
        assertThat(Given.read("api_key=s&a=1").keyless().spelled())
                .isEqualTo(Given.read("a=1").spelled());
        assertThat(Given.read("a=1&b=2").spelled())
                .isNotEqualTo(Given.read("a=12").spelled());
    }

    @Test
    void jurisdictions_are_those_around_all_others() {
        assertThat(services().isJurisdiction("330102")).isTrue();
        assertThat(services().isJurisdiction("本区")).isTrue();
        assertThat(services().isJurisdiction("330102001")).isFalse();
    }

    @Test
    void what_xml_cannot_write_is_replaced() {
        Spark document = Spark.of("errors", List.of(new GeoReportError(400, "a\u0000b\uD800c\uFFFE<&\"😀")));
        String xml = new String(document.xml(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(xml)
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><errors><error><code>400</code>"
                        + "<description>a\uFFFDb\uFFFDc\uFFFD&lt;&amp;\"😀</description></error></errors>");
        assertThat(GeoReportSchemas.faults(xml)).isEmpty();
    }
}
