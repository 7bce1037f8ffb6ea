package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import liandong.policy.PolicyHistory;
import liandong.policy.TinyPolicy;
import liandong.publication.LivePolicies;
import liandong.store.Database;
import liandong.store.Stores;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Long requests that are answered later, over a real socket. */
@SpringBootTest(classes = WebConfiguration.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(JobsWebTest.Given.class)
@DirtiesContext
class JobsWebTest {
    private static final DocumentedHttp HTTP = new DocumentedHttp();
    private static final String REPORT = """
            {"incident": {"id": "%s", "reportedAt": "2026-03-02T10:00:00+08:00", "source": "GRID",
              "area": "330102001001", "text": "路面坑洞"}, "now": "2026-03-02T10:00:00+08:00"}""";

    @TestConfiguration(proxyBeanMethods = false)
    static class Given {
        @Bean
        Database database() {
            return Stores.SQLITE.open();
        }

        @Bean
        PolicyHistory policy(Database database) {
            return LivePolicies.beginning(TinyPolicy.withOneRule().files().labelled("first"), database);
        }
    }

    @LocalServerPort
    private int port;

    @Autowired
    private HeavyWork heavyWork;

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept-Language", "en")
                .header("Liandong-Person", "li")
                .method(method, BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> json(String path, String body, String... headers) throws Exception {
        var all = new ArrayList<String>();
        all.add("Content-Type");
        all.add("application/json");
        all.addAll(List.of(headers));
        return send("POST", path, body, all.toArray(String[]::new));
    }

    private HttpResponse<String> check(byte[] file, String... headers) throws Exception {
        var body = new ByteArrayOutputStream();
        body.writeBytes("--x7x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"routing.xlsx\"\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes("\r\n--x7x--\r\n".getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/check"))
                .header("Accept-Language", "en")
                .header("Content-Type", "multipart/form-data; boundary=x7x")
                .header("Liandong-Person", "li")
                .POST(BodyPublishers.ofByteArray(body.toByteArray()));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) {
        return new JsonMapper().readTree(response.body());
    }

    private static String code(HttpResponse<String> response) {
        return response.statusCode() + " "
                + json(response).at("/problems/0/code").stringValue("");
    }

    /** Has the turn until it may go. */
    private static boolean held(CountDownLatch inTurn, CountDownLatch go) {
        inTurn.countDown();
        try {
            return go.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Where the job of an answer is. */
    private static String job(HttpResponse<String> begun) {
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        assertThat(begun.headers().firstValue("Preference-Applied")).hasValue("respond-async");
        assertThat(begun.headers().firstValue("Retry-After")).hasValue("2");
        String location = begun.headers().firstValue("Location").orElseThrow();
        assertThat(location).isEqualTo("/v1/jobs/" + json(begun).get("id").stringValue());
        return location;
    }

    /** How a job stands once it has ended. */
    private JsonNode ended(String job) throws Exception {
        for (int tries = 0; tries < 600; tries++) {
            HttpResponse<String> state = send("GET", job, "");
            assertThat(state.statusCode()).isEqualTo(200);
            if (!json(state).get("state").stringValue().equals("RUNNING")) {
                assertThat(state.headers().firstValue("Retry-After")).isEmpty();
                return json(state);
            }
            assertThat(state.headers().firstValue("Retry-After")).hasValue("2");
            Thread.sleep(50);
        }
        throw new AssertionError("the job does not end");
    }

    private static byte[] routing(String source) {
        return Objects.requireNonNull(TinyPolicy.withOneRule()
                .cell("routing.xlsx 派单目录!G3", source)
                .files()
                .tables()
                .get("routing.xlsx"));
    }

    @Test
    void what_is_answered_later_is_what_would_have_been_answered_at_once_to_the_byte() throws Exception {
        byte[] workbook = routing("三定方案");
        HttpResponse<String> atOnce = check(workbook);
        String job = job(check(workbook, "Prefer", "wait=5, Respond-Async; x=\"a,b\""));
        JsonNode state = ended(job);
        HttpResponse<String> later = send("GET", job + "/result", "");

        assertThat(state.get("state").stringValue()).isEqualTo("DONE");
        assertThat(state.get("request").stringValue()).isEqualTo("POST /v1/check");
        assertThat(state.get("status").intValue()).isEqualTo(200);
        assertThat(state.get("result").stringValue()).isEqualTo(job + "/result");
        assertThat(state.get("begun").stringValue())
                .isLessThanOrEqualTo(state.get("ended").stringValue());
        assertThat(later.statusCode()).isEqualTo(atOnce.statusCode());
        assertThat(later.body()).isEqualTo(atOnce.body());
        assertThat(later.headers().firstValue("Content-Type"))
                .isEqualTo(atOnce.headers().firstValue("Content-Type"));
    }

    @Test
    void a_refusal_comes_later_too_and_what_is_wrong_with_the_request_at_once() throws Exception {
        HttpResponse<String> atOnce = json("/v1/policies/77/check", "");
        String job = job(json("/v1/policies/77/check", "", "Prefer", "respond-async"));
        JsonNode state = ended(job);
        HttpResponse<String> later = send("GET", job + "/result", "");

        assertThat(code(atOnce)).isEqualTo("404 UNKNOWN_POLICY");
        assertThat(state.get("state").stringValue()).isEqualTo("FAILED");
        assertThat(state.get("status").intValue()).isEqualTo(404);
        assertThat(later.statusCode()).isEqualTo(404);
        assertThat(later.body()).isEqualTo(atOnce.body());
        assertThat(code(json("/v1/policies/1/impact", "{\"limit\":0}", "Prefer", "respond-async")))
                .isEqualTo("422 OUT_OF_RANGE");
        assertThat(send("GET", "/v1/policies/1/meaning?seconds=61", "", "Prefer", "respond-async")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void without_the_preference_and_where_nothing_takes_long_all_is_as_it_was() throws Exception {
        for (String prefer : List.of("", "wait=10", "x=\"respond-async\"", "respond-asynchronously")) {
            assertThat(check(routing("三定方案"), "Prefer", prefer).statusCode()).isEqualTo(200);
        }
        assertThat(send("GET", "/v1/policies", "", "Prefer", "respond-async").statusCode())
                .isEqualTo(200);
    }

    @Test
    void nobody_but_who_began_it_sees_a_job_and_who_forgets_it_sees_it_no_more() throws Exception {
        String job = job(check(routing("三定方案"), "Prefer", "respond-async"));
        ended(job);

        for (String path : List.of(job, job + "/result")) {
            assertThat(code(send("GET", path, "", "Liandong-Person", "wang"))).isEqualTo("404 UNKNOWN_JOB");
        }
        assertThat(code(send("DELETE", job, "", "Liandong-Person", "wang"))).isEqualTo("404 UNKNOWN_JOB");
        assertThat(send("GET", job + "/result", "").statusCode()).isEqualTo(200);
        assertThat(send("DELETE", job, "").statusCode()).isEqualTo(204);
        HttpResponse<String> gone = send("GET", job, "");
        assertThat(code(gone)).isEqualTo("404 UNKNOWN_JOB");
        assertThat(json(gone).get("detail").stringValue())
                .isEqualTo("There is no job " + job.substring("/v1/jobs/".length()) + " of yours in this process.");
        assertThat(json(gone).at("/problems/0/help").stringValue())
                .contains("until 60 minutes after its end")
                .contains("send the request again");
    }

    @Test
    void a_job_that_waits_is_cancelled_and_nothing_is_done() throws Exception {
        HttpResponse<String> proposed = propose("取消");
        String path = "/v1/policies/" + json(proposed).get("policy");
        ExecutorService others = Executors.newSingleThreadExecutor();
        var go = new CountDownLatch(1);
        var inTurn = new CountDownLatch(1);
        Future<?> busy = others.submit(() -> heavyWork.runLong(() -> held(inTurn, go)));
        inTurn.await();
        String job = job(json(path + "/check", "", "Prefer", "respond-async"));
        assertThat(code(send("GET", job + "/result", ""))).isEqualTo("409 NO_RESULT");
        HttpResponse<String> cancelled = send("DELETE", job, "");
        assertThat(cancelled.statusCode()).isEqualTo(202);
        JsonNode state = ended(job); // at once, while the turn is somebody else's
        assertThat(busy.isDone()).isFalse();
        go.countDown();
        busy.get();

        assertThat(state.get("state").stringValue()).isEqualTo("CANCELLED");
        assertThat(state.has("result")).isFalse();
        HttpResponse<String> none = send("GET", job + "/result", "");
        assertThat(code(none)).isEqualTo("409 NO_RESULT");
        assertThat(json(none).get("detail").stringValue()).isEqualTo("The job is CANCELLED and has no answer.");
        assertThat(json(send("GET", path, "")).get("log").findValuesAsString("what"))
                .containsExactly("PUT");
        others.shutdown();
    }

    private HttpResponse<String> propose(String source) throws Exception {
        var body = new ByteArrayOutputStream();
        body.writeBytes("--x7x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"routing.xlsx\"\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(routing(source));
        body.writeBytes("\r\n--x7x--\r\n".getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> proposed = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/policies"))
                        .header("Content-Type", "multipart/form-data; boundary=x7x")
                        .header("Liandong-Person", "zhang")
                        .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                        .build(),
                BodyHandlers.ofString());
        assertThat(proposed.statusCode()).as(proposed.body()).isEqualTo(201);
        return proposed;
    }

    @Test
    void a_policy_is_checked_weighed_and_published_by_jobs_and_once_for_each_key() throws Exception {
        HttpResponse<String> decided = json("/v1/routing", REPORT.formatted("J-1"));
        assertThat(decided.statusCode()).as(decided.body()).isEqualTo(200);
        String path = "/v1/policies/" + json(propose("新方案")).get("policy");

        String checked = job(json(path + "/check", "", "Prefer", "respond-async", "Idempotency-Key", "c-1"));
        assertThat(ended(checked).get("state").stringValue()).isEqualTo("DONE");
        HttpResponse<String> answer = send("GET", checked + "/result", "");
        assertThat(json(answer).get("good").booleanValue()).isTrue();
        String again = job(json(path + "/check", "", "Prefer", "respond-async", "Idempotency-Key", "c-1"));
        assertThat(again).isEqualTo(checked);
        send("DELETE", checked, "");
        HttpResponse<String> told = json(path + "/check", "", "Idempotency-Key", "c-1");
        assertThat(told.body()).isEqualTo(answer.body());
        assertThat(told.headers().firstValue("Idempotent-Replayed")).hasValue("true");

        HttpResponse<String> weighed = json(path + "/impact", "{\"to\":\"2100-01-01T00:00:00+08:00\",\"limit\":5}");
        assertThat(weighed.statusCode()).as(weighed.body()).isEqualTo(200);
        assertThat(json(weighed).get("looked").intValue()).isEqualTo(1);
        assertThat(json(weighed).get("results").get("SAME").intValue()).isEqualTo(1);
        String impact = job(json(
                path + "/impact", "{\"to\":\"2100-01-01T00:00:00+08:00\",\"limit\":5}", "Prefer", "respond-async"));
        JsonNode state = ended(impact);
        assertThat(state.get("done") + " of " + state.get("of")).isEqualTo("1 of 1");
        assertThat(send("GET", impact + "/result", "").body()).isEqualTo(weighed.body());
        assertThat(json(json(path + "/impact", "{\"from\":\"2100-01-01T00:00:00+08:00\"}"))
                        .get("looked")
                        .intValue())
                .isZero();
        String meaning = job(send("GET", path + "/meaning?seconds=1", "", "Prefer", "respond-async"));
        assertThat(ended(meaning).get("state").stringValue()).isEqualTo("DONE");
        String replay = job(json(
                "/v1/decisions/" + json(decided).get("decisionId").stringValue() + "/replay",
                "",
                "Prefer",
                "respond-async"));
        assertThat(ended(replay).get("state").stringValue()).isEqualTo("DONE");
        String test = job(send("POST", "/v1/test", "", "Prefer", "respond-async"));
        assertThat(ended(test).get("state").stringValue()).isEqualTo("DONE");

        String content = json(answer).at("/policy/content").stringValue();
        assertThat(json(path + "/approve", "{\"content\":\"" + content + "\"}").statusCode())
                .isEqualTo(200);
        String published = job(json(path + "/publish", "{\"because\":\"换\"}", "Prefer", "respond-async"));
        assertThat(ended(published).get("state").stringValue()).isEqualTo("DONE");
        assertThat(json(send("GET", path, "")).get("state").stringValue()).isEqualTo("LIVE");
    }

    @Test
    void who_asks_again_under_the_same_key_while_it_is_done_is_told_of_the_same_job() throws Exception {
        String path = "/v1/policies/" + json(propose("同键")).get("policy") + "/check";
        ExecutorService others = Executors.newSingleThreadExecutor();
        var go = new CountDownLatch(1);
        var inTurn = new CountDownLatch(1);
        Future<?> busy = others.submit(() -> heavyWork.runLong(() -> held(inTurn, go)));
        inTurn.await();
        String job = job(json(path, "", "Prefer", "respond-async", "Idempotency-Key", "k-1"));
        String same = job(json(path, "", "Prefer", "respond-async", "Idempotency-Key", "k-1"));
        String other = job(json(path, "", "Prefer", "respond-async", "Idempotency-Key", "k-2"));
        go.countDown();
        busy.get();

        assertThat(same).isEqualTo(job);
        assertThat(other).isNotEqualTo(job);
        assertThat(ended(job).get("state").stringValue()).isEqualTo("DONE");
        assertThat(ended(other).get("state").stringValue()).isEqualTo("DONE");
        others.shutdown();
    }

    @Test
    void what_only_tries_out_is_begun_once_for_each_key_too() throws Exception {
        byte[] workbook = routing("三定方案");
        String impact = "/v1/policies/1/impact";
        for (String path : List.of("/v1/test", impact)) {
            String job = job(json(path, "", "Prefer", "respond-async", "Idempotency-Key", "w-1 " + path));
            assertThat(ended(job).get("state").stringValue()).isEqualTo("DONE");
            String body = send("GET", job + "/result", "").body();

            assertThat(job(json(path, "", "Prefer", "respond-async", "Idempotency-Key", "w-1 " + path)))
                    .isEqualTo(job);
            HttpResponse<String> again = json(path, "", "Idempotency-Key", "w-1 " + path);
            assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
            assertThat(again.body()).isEqualTo(body);
        }
        HttpResponse<String> checked = check(workbook, "Idempotency-Key", "w-2");
        HttpResponse<String> again = check(workbook, "Idempotency-Key", "w-2");

        assertThat(checked.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(again.body()).isEqualTo(checked.body());
        assertThat(code(check(routing("另一来源"), "Idempotency-Key", "w-2"))).isEqualTo("422 KEY_REUSED");
        assertThat(code(json(impact, "{\"limit\":3}", "Idempotency-Key", "w-1 " + impact)))
                .isEqualTo("422 KEY_REUSED");
    }

    @Test
    void nobody_s_jobs_take_the_places_of_requests_and_who_has_begun_a_few_is_told_to_come_again() throws Exception {
        ExecutorService others = Executors.newSingleThreadExecutor();
        var go = new CountDownLatch(1);
        var inTurn = new CountDownLatch(1);
        Future<?> busy = others.submit(() -> heavyWork.runLong(() -> held(inTurn, go)));
        inTurn.await();
        var jobs = new ArrayList<String>();
        for (int i = 0; i < LaterAnswers.UNDER_WAY_OF_ONE; i++) {
            jobs.add(job(impactLater("li")));
        }
        HttpResponse<String> later = impactLater("li");
        assertThat(code(later)).isEqualTo("503 BUSY");
        assertThat(later.headers().firstValue("Retry-After")).hasValue("5");
        var ofOthers = new ArrayList<String>();
        for (int i = jobs.size(); i < LaterAnswers.UNDER_WAY; i++) {
            ofOthers.add(job(impactLater("zhao " + i / LaterAnswers.UNDER_WAY_OF_ONE)));
        }
        assertThat(code(impactLater("qian"))).isEqualTo("503 BUSY");
        // A check holds its connection, and finds a place and a turn all the same.
        assertThat(check(routing("三定方案")).statusCode()).isEqualTo(200);

        // What is cancelled while it waits gives its place back, though the turn is somebody else's still.
        for (String job : jobs) {
            send("DELETE", job, "");
            assertThat(ended(job).get("state").stringValue()).isEqualTo("CANCELLED");
        }
        assertThat(job(impactLater("qian"))).isNotEmpty();
        go.countDown();
        busy.get();
        others.shutdown();
        for (int i = 0; i < 600 && heavyWork.waiting() + heavyWork.running() > 0; i++) {
            Thread.sleep(50);
        }
        assertThat(check(routing("三定方案"), "Prefer", "respond-async").statusCode())
                .isEqualTo(202);
        assertThat(ofOthers).hasSize(LaterAnswers.UNDER_WAY - jobs.size());
    }

    private HttpResponse<String> impactLater(String person) throws Exception {
        return json("/v1/policies/1/impact", "", "Prefer", "respond-async", "Liandong-Person", person);
    }
}
