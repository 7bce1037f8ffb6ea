package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import liandong.open311.GeoReportSchemas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Open311 GeoReport v2 over a real socket. What keys have to do with it: {@link AccessWebTest}. */
@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(WebTest.Given.class)
class Open311WebTest {
    private static final DocumentedHttp HTTP = new DocumentedHttp();
    private static final JsonMapper JSON = new JsonMapper();
    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";

    /** The policy of the tests does not say whose reports come in this way. */
    private static final String GRID = "&attribute[source]=GRID";

    private static final String LIGHT = "service_code=STREET_LIGHT&address_id=330102001051" + GRID;

    @LocalServerPort
    private int port;

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/open311/v2/" + path))
                .header("Accept-Language", "en");
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (type.startsWith("text/xml")) {
            assertThat(GeoReportSchemas.faults(response.body()))
                    .as(response.body())
                    .isEmpty();
        }
        assertThat(type).isIn("text/xml;charset=utf-8", "application/json;charset=utf-8");
        return response;
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(at(path));
    }

    private HttpResponse<String> post(String path, String form, String... headers) throws Exception {
        HttpRequest.Builder request = at(path).header("Content-Type", FORM).POST(BodyPublishers.ofString(form));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The only one of a list. */
    private static JsonNode only(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode list = JSON.readTree(response.body());
        assertThat(list).hasSize(1);
        return list.get(0);
    }

    private String sent(String form) throws Exception {
        return only(post("requests.json", form)).get("service_request_id").stringValue();
    }

    private JsonNode asked(String id) throws Exception {
        HttpResponse<String> response = get("requests/" + id + ".json");
        assertThat(GeoReportSchemas.faults("request.json", response.body())).isEmpty();
        return only(response);
    }

    private static List<String> errors(HttpResponse<String> response) {
        var errors = new ArrayList<String>();
        JSON.readTree(response.body())
                .forEach(error -> errors.add(error.get("code").intValue() + " "
                        + error.get("description").stringValue()));
        return errors;
    }

    /** Asks for a decision about a request that was sent, as the system that has it in hand does. */
    private void decide(String decision, String body) throws Exception {
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/" + decision))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void it_tells_where_it_is_spoken_in_which_formats() throws Exception {
        String url = "http://127.0.0.1:" + port + "/open311/v2";

        assertThat(get("discovery.xml").body())
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><discovery>"
                        + "<changeset>2026-11-20T16:30:00+08:00</changeset>"
                        + "<contact>Ask the operator of this service.</contact>"
                        + "<key_service>Keys are made by the operator of this service, for one caller each.</key_service>"
                        + "<endpoints><endpoint><specification>http://wiki.open311.org/GeoReport_v2</specification>"
                        + "<url>" + url + "</url><changeset>2026-11-20T16:30:00+08:00</changeset>"
                        + "<type>production</type>"
                        + "<formats><format>text/xml</format><format>application/json</format></formats>"
                        + "</endpoint></endpoints></discovery>");
        assertThat(JSON.readTree(get("discovery.json").body())
                        .at("/endpoints/0")
                        .toString())
                .isEqualTo("{\"specification\":\"http://wiki.open311.org/GeoReport_v2\",\"url\":\"" + url
                        + "\",\"changeset\":\"2026-11-20T16:30:00+08:00\",\"type\":\"production\","
                        + "\"formats\":[\"text/xml\",\"application/json\"]}");
    }

    @Test
    void every_event_type_is_a_service_where_the_policy_maps_none() throws Exception {
        HttpResponse<String> json = get("services.json?jurisdiction_id=330102");
        JsonNode light = null;
        for (JsonNode service : JSON.readTree(json.body())) {
            light = service.get("service_code").stringValue().equals("STREET_LIGHT") ? service : light;
        }

        assertThat(GeoReportSchemas.faults("service.json", json.body())).isEmpty();
        assertThat(String.valueOf(light))
                .isEqualTo("{\"service_code\":\"STREET_LIGHT\",\"service_name\":\"路灯故障\","
                        + "\"description\":\"市政公用, 城乡建设\",\"metadata\":true,\"type\":\"realtime\","
                        + "\"group\":\"公共服务\"}");
        assertThat(get("services.xml").body())
                .contains("<service><service_code>STREET_LIGHT</service_code><service_name>路灯故障</service_name>");
    }

    @Test
    void a_definition_asks_who_reports_and_offers_what_a_report_may_tell_besides() throws Exception {
        HttpResponse<String> json = get("services/STREET_LIGHT.json");
        JsonNode attributes = JSON.readTree(json.body()).get("attributes");

        assertThat(GeoReportSchemas.faults("service-definition.json", json.body()))
                .isEmpty();
        assertThat(attributes.findValuesAsString("code"))
                .containsExactly("source", "residentsOnly", "lifeInDanger", "deaths", "injured", "people", "gathering");
        assertThat(attributes.get(0).get("required").booleanValue()).isTrue();
        assertThat(attributes.get(2).toString())
                .isEqualTo("{\"variable\":true,\"code\":\"lifeInDanger\",\"datatype\":\"singlevaluelist\","
                        + "\"required\":false,\"datatype_description\":\"May be left out.\",\"order\":3,"
                        + "\"description\":\"Life in danger\",\"values\":[{\"key\":\"true\",\"name\":\"yes\"},"
                        + "{\"key\":\"false\",\"name\":\"no\"}]}");
        assertThat(get("services/STREET_LIGHT.xml").body()).contains("<values><value><key>true</key><name>yes</name>");
    }

    @Test
    void a_report_is_routed_and_found_again_with_who_takes_it_and_by_when() throws Exception {
        String form = "jurisdiction_id=330102&service_code=STREET_LIGHT" + GRID
                + "&lat=30.246&long=120.169&address_string=" + encoded("清波门社区河坊街1号") + "&description="
                + encoded("路口的路灯不亮，\r\n晚上很黑 <b>&\u0007") + "&media_url=" + encoded("https://example.org/1.jpg?x=1&y=2")
                + "&account_id=123456&email=wang%40example.org&first_name=" + encoded("芳")
                + "&phone=13800000000&device_id=";
        JsonNode accepted = only(post("requests.json", form));
        String id = accepted.get("service_request_id").stringValue();

        assertThat(id).matches("R-20261120-[2-9A-HJ-NP-Z]{10}");
        assertThat(accepted.get("account_id").stringValue()).isEqualTo("123456");
        assertThat(accepted.get("service_notice").stringValue())
                .isEqualTo("区城市管理局(区综合行政执法局) takes it. It is to be done by 2026-11-25 17:30.");
        assertThat(asked(id).toString())
                .isEqualTo("{\"service_request_id\":\"" + id + "\",\"status\":\"open\",\"service_name\":\"路灯故障\","
                        + "\"service_code\":\"STREET_LIGHT\",\"description\":\"路口的路灯不亮，\\n晚上很黑 <b>&\\u0007\","
                        + "\"agency_responsible\":\"区城市管理局(区综合行政执法局)\","
                        + "\"service_notice\":\"区城市管理局(区综合行政执法局) takes it. It is to be done by 2026-11-25 17:30.\","
                        + "\"requested_datetime\":\"2026-11-20T16:30:00+08:00\","
                        + "\"updated_datetime\":\"2026-11-20T16:30:00+08:00\","
                        + "\"expected_datetime\":\"2026-11-25T17:30:00+08:00\",\"address\":\"清波门社区河坊街1号\","
                        + "\"lat\":30.246,\"long\":120.169,\"media_url\":\"https://example.org/1.jpg?x=1&y=2\"}");
        assertThat(get("requests/" + id + ".xml").body())
                .contains("<description>路口的路灯不亮，\n晚上很黑 &lt;b&gt;&amp;\uFFFD</description>")
                .contains("<media_url>https://example.org/1.jpg?x=1&amp;y=2</media_url>");
        // Who brought it is nowhere in what is kept.
        HttpResponse<String> kept = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/incidents/" + id))
                        .build(),
                BodyHandlers.ofString());
        assertThat(kept.body()).contains("清波门社区河坊街1号", "路口的路灯不亮").doesNotContain("wang", "13800000000", "123456", "芳");
    }

    @Test
    void what_is_answered_in_chinese_is_chinese() throws Exception {
        HttpResponse<String> response = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/open311/v2/requests.xml"))
                        .header("Content-Type", FORM)
                        .POST(BodyPublishers.ofString(LIGHT))
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.body())
                .matches("<\\?xml version=\"1.0\" encoding=\"UTF-8\"\\?><service_requests><request>"
                        + "<service_request_id>R-20261120-\\w{10}</service_request_id>"
                        + "<service_notice>由区城市管理局\\(区综合行政执法局\\)办理。应于 2026-11-25 17:30 前办结。</service_notice>"
                        + "</request></service_requests>");
    }

    @Test
    void who_is_there_when_somebody_is_in_danger_is_told_to_call_at_once() throws Exception {
        JsonNode accepted = only(post("requests.json", LIGHT + "&attribute[lifeInDanger]=true"));

        assertThat(accepted.get("service_notice").stringValue())
                .startsWith("This is an emergency for ")
                .contains(": call there at once. Do not wait for this request.");
        JsonNode asked = asked(accepted.get("service_request_id").stringValue());
        assertThat(asked.get("status").stringValue()).isEqualTo("open");
        assertThat(asked.get("agency_responsible").stringValue()).isNotEmpty();
    }

    @Test
    void a_duplicate_is_closed_and_names_the_request_it_belongs_to() throws Exception {
        String id = sent(LIGHT);
        decide(
                "routing",
                "{\"incident\":{\"id\":\"" + id + "\",\"reportedAt\":\"2026-11-20T16:30:00+08:00\","
                        + "\"source\":\"GRID\",\"area\":\"330102001051\",\"eventType\":\"STREET_LIGHT\","
                        + "\"sameAs\":\"SC-2026-000101\"}}");

        JsonNode asked = asked(id);
        assertThat(asked.get("status").stringValue()).isEqualTo("closed");
        assertThat(asked.get("status_notes").stringValue())
                .isEqualTo("Duplicate request: the matter is handled as SC-2026-000101.");
        assertThat(asked.has("expected_datetime")).isFalse();
    }

    @Test
    void it_is_open_until_the_case_is_filed() throws Exception {
        String id = sent(LIGHT);
        String closing = "{\"incident\":{\"id\":\"" + id + "\",\"reportedAt\":\"2026-11-18T16:30:00+08:00\","
                + "\"source\":\"GRID\",\"area\":\"330102001051\",\"eventType\":\"STREET_LIGHT\"},"
                + "\"severity\":\"一般\",\"urgency\":\"一般\",\"lead\":\"区城市管理局(区综合行政执法局)\","
                + "\"stages\":[{\"name\":\"修复\",\"due\":\"2026-11-25T17:30:00+08:00\","
                + "\"doneAt\":\"2026-11-20T10:00:00+08:00\"}],"
                + "\"handling\":{\"concludedAt\":\"2026-11-20T11:00:00+08:00\",\"proofs\":[\"现场照片\",\"联系群众\",\"签字记录\"]},"
                + "\"followUp\":{\"at\":\"2026-11-20T12:00:00+08:00\",\"by\":\"区社会治理中心\",\"how\":\"电话\","
                + "\"satisfaction\":\"SATISFACTION\"}}";
        decide("closure", closing.replace("SATISFACTION\"", "不满意\",\"cause\":\"主观原因\""));
        JsonNode redone = asked(id);
        decide("closure", closing.replace("SATISFACTION", "满意"));
        JsonNode closed = asked(id);

        assertThat(redone.get("status").stringValue()).isEqualTo("open");
        assertThat(redone.get("status_notes").stringValue()).isEqualTo("区城市管理局(区综合行政执法局) has to do it again.");
        assertThat(closed.get("status").stringValue()).isEqualTo("closed");
        assertThat(closed.get("status_notes").stringValue()).isEqualTo("Done: the case is closed.");
        assertThat(get("requests.json?service_request_id=" + id + ",none").body())
                .isEqualTo("[" + closed + "]");
    }

    @Test
    void requests_are_searched_by_service_time_and_status() throws Exception {
        String id = sent("service_code=MANHOLE_DANGER&address_id=330102001051" + GRID);
        String merged = sent("service_code=MANHOLE_DANGER&address_id=330102001051" + GRID);
        decide(
                "routing",
                "{\"incident\":{\"id\":\"" + merged + "\",\"reportedAt\":\"2026-11-20T16:30:00+08:00\","
                        + "\"source\":\"GRID\",\"area\":\"330102001051\",\"eventType\":\"MANHOLE_DANGER\",\"sameAs\":\""
                        + id
                        + "\"}}");
        String at = "requests.json?service_code=MANHOLE_DANGER";

        assertThat(ids(get(at))).containsExactlyInAnyOrder(id, merged);
        assertThat(ids(get(at + "&status=open"))).containsExactly(id);
        assertThat(ids(get(at + "&status=closed"))).containsExactly(merged);
        assertThat(ids(get(at + ",STREET_LIGHT&status=open,closed&start_date=")))
                .contains(id, merged);
        assertThat(ids(get(at + "&service_code=STREET_LIGHT&status=open&status=closed&api_key=x")))
                .contains(id, merged);
        assertThat(ids(get(at + "&start_date=2026-11-20T16:30:00%2B08:00&end_date=2026-11-20T08:30:00Z")))
                .containsExactlyInAnyOrder(id, merged);
        assertThat(ids(get(at + "&start_date=2026-11-20T16:30:01+08:00"))).isEmpty();
        assertThat(ids(get(at + "&end_date=2026-11-20T08:29:59Z"))).isEmpty();
        assertThat(get("requests.xml?end_date=2020-01-01T00:00:00Z").body())
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><service_requests></service_requests>");
    }

    private static List<String> ids(HttpResponse<String> response) {
        assertThat(GeoReportSchemas.faults("request.json", response.body())).isEmpty();
        return JSON.readTree(response.body()).findValuesAsString("service_request_id");
    }

    @Test
    void a_report_that_came_another_way_is_a_request_too() throws Exception {
        String id = UUID.randomUUID().toString();
        decide(
                "routing",
                "{\"incident\":{\"id\":\"" + id + "\",\"reportedAt\":\"2026-11-20T16:30:00+08:00\","
                        + "\"source\":\"GRID\",\"area\":\"330102001051\",\"text\":\"我要投诉，那个事情到现在都没有人管\"}}");

        JsonNode asked = asked(id);
        assertThat(asked.get("status").stringValue()).isEqualTo("open");
        assertThat(asked.get("service_code").stringValue()).isEmpty();
        assertThat(asked.get("service_notice").stringValue()).isEqualTo("A person at the centre decides who takes it.");
    }

    @Test
    void sent_again_under_its_key_it_is_the_same_request() throws Exception {
        String key = UUID.randomUUID().toString();
        HttpResponse<String> first = post("requests.json", LIGHT, "Idempotency-Key", key);
        HttpResponse<String> again = post("requests.json", LIGHT + "&api_key=x", "Idempotency-Key", key);
        HttpResponse<String> other = post("requests.json", LIGHT + "&description=x", "Idempotency-Key", key);

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(errors(other)).singleElement().asString().endsWith("[KEY_REUSED]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "''                                       | service_code | [MISSING_FIELD]",
                "service_code=&address_id=330102001051    | service_code | [MISSING_FIELD]",
                "service_code=STREET_LIGHT                | address_string | lat & long | address_string | address_id",
            })
    void what_is_missing_is_named(String form, String field, String told) throws Exception {
        HttpResponse<String> response = post("requests.json", form.equals("''") ? "" : form + GRID);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(errors(response).get(0)).startsWith("400 " + field + ": The field \"" + field + "\" is missing.");
        assertThat(errors(response).get(0)).contains(told);
    }

    @Test
    void everything_that_is_wrong_with_a_form_is_told_at_once() throws Exception {
        HttpResponse<String> response = post(
                "requests.json",
                "service_code=STREET_LIGHT&lat=91&long=east&address_id=999&media_url=javascript:alert(1)&description="
                        + "x".repeat(4_001)
                        + "&attribute[source]=NOBODY&attribute[colour]=red&attribute[people]=-1&attribute[lifeInDanger]=perhaps"
                        + "&attribute[deaths][]=1&attribute[deaths][]=2");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(errors(response))
                .extracting(each -> each.replaceAll("^400 ([^ ]+): .*(\\[\\w+])$", "$1 $2"))
                .containsExactlyInAnyOrder(
                        "description [TOO_LONG]",
                        "media_url [UNKNOWN_CHOICE]",
                        "lat [OUT_OF_RANGE]",
                        "long [OUT_OF_RANGE]",
                        "address_id [UNKNOWN_CODE]",
                        "attribute[source] [UNKNOWN_CODE]",
                        "attribute[colour] [UNKNOWN_FIELD]",
                        "attribute[people] [OUT_OF_RANGE]",
                        "attribute[lifeInDanger] [UNKNOWN_CHOICE]",
                        "attribute[deaths] [DUPLICATE_FIELD]");
        assertThat(errors(post("requests.json", "service_code=STREET_LIGHT&lat=30&address_id=330102"))
                        .get(0))
                .startsWith("400 long: The field \"long\" is missing.");
    }

    @ParameterizedTest
    @CsvSource({
        "services/NOTHING.xml, 404, UNKNOWN_SERVICE",
        "services.yaml, 404, NOT_FOUND",
        "services.xml?jurisdiction_id=sfgov.org, 404, UNKNOWN_JURISDICTION",
        "requests/NOTHING.xml, 404, NOTHING_DECIDED",
        "requests/%00.xml, 400, BAD_REQUEST",
        "tokens/1.xml, 404, NOT_FOUND",
        "requests.xml?start_date=2026-01-01T00:00:00Z&end_date=2026-05-01T00:00:00Z, 400, SPAN_TOO_LONG",
        "requests.xml?start_date=2026-05-01T00:00:00Z&end_date=2026-04-01T00:00:00Z, 400, ENDS_BEFORE_IT_BEGINS",
        "requests.xml?start_date=2026-05-01, 400, MISSING_OFFSET",
        "requests.xml?end_date=2026-02-30T00:00:00Z, 400, IMPOSSIBLE_TIME",
        "requests.xml?status=done, 400, UNKNOWN_CHOICE",
        "requests.xml?service_code=NOTHING, 400, UNKNOWN_SERVICE",
        "requests.xml?status=%FF, 400, BAD_FORM",
        "requests.xml?descripton=x, 400, UNKNOWN_FIELD",
        "requests.xml?api_key=a&api_key=b, 400, DUPLICATE_FIELD",
        "services.xml?status=open, 400, UNKNOWN_FIELD",
    })
    void what_cannot_be_is_refused_in_its_own_words(String path, int status, String code) throws Exception {
        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).contains("<errors><error><code>" + status + "</code>", "[" + code + "]");
    }

    @Test
    void bodies_that_are_no_forms_and_too_long_ones_are_refused() throws Exception {
        HttpResponse<String> json = send(
                at("requests.json").header("Content-Type", "application/json").POST(BodyPublishers.ofString("{}")));
        HttpResponse<String> deleted = send(at("requests.json").DELETE());
        HttpResponse<String> long64 = post("requests.xml", "description=" + "x".repeat(1 << 16));
        HttpResponse<String> many = post("requests.json", "a=1&".repeat(201));
        HttpResponse<String> ids =
                get("requests.json?service_request_id=" + "1,".repeat(50) + "x".repeat(9) + ids(101));

        assertThat(errors(json)).singleElement().asString().endsWith("[UNSUPPORTED_MEDIA_TYPE]");
        assertThat(errors(deleted)).singleElement().asString().endsWith("[METHOD_NOT_ALLOWED]");
        assertThat(long64.body()).contains("[TOO_LARGE]");
        assertThat(errors(many)).singleElement().asString().endsWith("[BAD_FORM]");
        assertThat(errors(ids)).singleElement().asString().endsWith("[OUT_OF_RANGE]");
        assertThat(List.of(json, deleted, long64, many, ids))
                .allSatisfy(each -> assertThat(each.statusCode()).isEqualTo(400));
    }

    @Test
    void what_is_told_twice_or_by_another_name_is_refused_and_not_lost() throws Exception {
        HttpResponse<String> response = post(
                "requests.json?api_key=a&jurisdiction_id=330102",
                LIGHT + "&description=" + encoded("路灯不亮") + "&description=" + encoded("有人要跳楼")
                        + "&attribute[source]=GRID&descripton=x&lifeInDanger=true&Attribute[lifeInDanger]=true"
                        + "&attribute[lifeInDanger=true&attribute[lifeindanger]=true&email=&email=a&first_name=a"
                        + "&jurisdiction_id=330102&api_key=b");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(errors(response))
                .extracting(each -> each.replaceAll("(?s)^400 ([^ ]+): .*(\\[\\w+])$", "$1 $2"))
                .containsExactlyInAnyOrder(
                        "description [DUPLICATE_FIELD]",
                        "attribute[source] [DUPLICATE_FIELD]",
                        "api_key [DUPLICATE_FIELD]",
                        "descripton [UNKNOWN_FIELD]",
                        "lifeInDanger [UNKNOWN_FIELD]",
                        "Attribute[lifeInDanger] [UNKNOWN_FIELD]",
                        "attribute[lifeInDanger [UNKNOWN_FIELD]",
                        "attribute[lifeindanger] [UNKNOWN_FIELD]");
        assertThat(errors(response)).anyMatch(each -> each.contains("Known here: description? service_code, "));
    }

    @Test
    void a_name_with_a_sign_in_it_is_not_taken_for_another() throws Exception {
        HttpResponse<String> response = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/decisions?incident%3Dx=foo"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).contains("\"code\":\"UNKNOWN_FIELD\"", "incident=x");
    }

    @Test
    void a_key_may_be_shown_wherever_a_client_always_shows_it() throws Exception {
        for (String path : List.of("discovery.xml", "services.json", "services/STREET_LIGHT.json", "requests.json")) {
            assertThat(get(path + "?api_key=x").statusCode()).as(path).isEqualTo(200);
        }
        assertThat(post("requests.json?api_key=x", LIGHT + "&api_key=x").statusCode())
                .isEqualTo(200);
    }

    @Test
    void rare_characters_arrive_whole_encoded_or_not() throws Exception {
        String words = "𠮷路的路灯🔥不亮";

        assertThat(asked(sent(LIGHT + "&description=" + words))
                        .get("description")
                        .stringValue())
                .isEqualTo(words);
        assertThat(asked(sent(LIGHT + "&description=" + encoded(words)))
                        .get("description")
                        .stringValue())
                .isEqualTo(words);
        assertThat(errors(post("requests.json", LIGHT + "&description=%４１")))
                .singleElement()
                .asString()
                .endsWith("[BAD_FORM]");
    }

    @Test
    void an_address_is_shown_and_not_read_as_words() throws Exception {
        String form = "service_code=STREET_LIGHT" + GRID + "&description=" + encoded("路灯不亮") + "&address_string=";
        JsonNode plain = only(post("requests.json", form + encoded("清波门社区")));
        JsonNode fire = only(post("requests.json", form + encoded("清波门社区着火巷有人被困弄3号")));

        assertThat(fire.get("service_notice")).isEqualTo(plain.get("service_notice"));
        JsonNode asked = asked(fire.get("service_request_id").stringValue());
        assertThat(asked.get("address").stringValue()).isEqualTo("清波门社区着火巷有人被困弄3号");
        assertThat(asked.get("description").stringValue()).isEqualTo("路灯不亮");
    }

    @Test
    void where_somebody_is_hurt_the_emergency_line_is_named() throws Exception {
        for (String hurt : List.of("injured", "deaths")) {
            assertThat(only(post("requests.json", LIGHT + "&attribute[" + hurt + "]=1"))
                            .get("service_notice")
                            .stringValue())
                    .as(hurt)
                    .startsWith("If somebody is in danger, call the emergency number at once");
        }
    }

    @Test
    void what_came_beside_a_report_another_way_is_shown_only_where_it_can_be() throws Exception {
        String id = UUID.randomUUID().toString();
        decide(
                "routing",
                "{\"incident\":{\"id\":\"" + id + "\",\"reportedAt\":\"2026-11-20T16:30:00+08:00\","
                        + "\"source\":\"GRID\",\"area\":\"330102001051\",\"eventType\":\"STREET_LIGHT\"},"
                        + "\"options\":{\"outside\":{\"lat\":\"1e2000000000\",\"long\":\"181\","
                        + "\"media_url\":\"javascript:alert(1)\",\"address\":\"河坊街\"}}}");

        JsonNode asked = asked(id);
        assertThat(List.of(asked.has("lat"), asked.has("long"), asked.has("media_url")))
                .containsOnly(false);
        assertThat(asked.get("address").stringValue()).isEqualTo("河坊街");
    }

    @Test
    void however_often_another_decision_is_asked_for_a_closed_request_stays_closed() throws Exception {
        String id = sent(LIGHT);
        decide(
                "routing",
                "{\"incident\":{\"id\":\"" + id + "\",\"reportedAt\":\"2026-11-20T16:30:00+08:00\","
                        + "\"source\":\"GRID\",\"area\":\"330102001051\",\"eventType\":\"STREET_LIGHT\","
                        + "\"sameAs\":\"SC-2026-000101\"}}");
        JsonNode closed = asked(id);
        for (int i = 0; i < 21; i++) {
            decide(
                    "scoring",
                    "{\"incident\":{\"id\":\"" + id + "\",\"reportedAt\":\"2026-11-12T16:30:00+08:00\","
                            + "\"body\":\"JUSTICE\",\"events\":[{\"kind\":\"ASSIGNED\","
                            + "\"at\":\"2026-11-12T16:30:00+08:00\"}]}}");
        }

        assertThat(closed.get("status").stringValue()).isEqualTo("closed");
        assertThat(asked(id)).isEqualTo(closed);
    }

    @Test
    void an_area_that_is_not_known_is_told_by_the_name_of_its_list() throws Exception {
        assertThat(errors(post("requests.json", "service_code=STREET_LIGHT&address_id=XX" + GRID)))
                .singleElement()
                .asString()
                .startsWith("400 address_id: \"XX\" is neither a code nor a label in \"areas\" of the vocabulary.");
    }

    @Test
    void a_list_of_requests_is_no_longer_than_a_megabyte_and_of_the_newest() throws Exception {
        String form = "service_code=ILLEGAL_CONSTRUCTION&address_id=330102001051" + GRID + "&description="
                + encoded("&".repeat(4_000));
        var sent = new ArrayList<String>();
        for (int i = 0; i < 52; i++) {
            sent.add(0, sent(form));
        }

        HttpResponse<String> all = get("requests.xml?service_code=ILLEGAL_CONSTRUCTION");

        assertThat(all.statusCode()).isEqualTo(200);
        assertThat(all.body().length()).isBetween(900_000, 1_010_000);
        List<String> found = ids(get("requests.json?service_code=ILLEGAL_CONSTRUCTION"));
        assertThat(found).hasSizeBetween(40, 51).isEqualTo(sent.subList(0, found.size()));
    }

    private static String ids(int many) {
        var ids = new StringBuilder();
        for (int i = 0; i < many; i++) {
            ids.append(",i").append(i);
        }
        return ids.toString();
    }
}
