package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A response that is not as the document says does not pass. */
class DocumentedResponsesTest {
    private static final String PROBLEM = "application/problem+json";

    private static String problem(String code, int status) {
        return "{\"type\":\"about:blank\",\"title\":\"" + code + "\",\"status\":" + status
                + ",\"detail\":\"d\",\"problems\":[{\"pointer\":\"\",\"code\":\"" + code + "\",\"message\":\"d\"}]}";
    }

    private static List<String> get(String path, int status, String type, String body) {
        return DocumentedResponses.check("GET", path, status, type, body);
    }

    @Test
    void what_is_as_it_says_passes() {
        assertThat(get("/v1/policies", 200, "application/json", "{\"scheduled\":[],\"policies\":[]}"))
                .isEmpty();
        assertThat(get("/v1/policies", 401, PROBLEM, problem("NO_KEY", 401))).isEmpty();
        assertThat(get("/v1/nowhere", 404, PROBLEM, problem("NOT_FOUND", 404))).isEmpty();
        assertThat(DocumentedResponses.check(
                        "DELETE", "/v1/policies", 405, PROBLEM, problem("METHOD_NOT_ALLOWED", 405)))
                .isEmpty();
        assertThat(DocumentedResponses.check("HEAD", "/v1/policies", 200, "application/json", ""))
                .isEmpty();
        assertThat(DocumentedResponses.check("HEAD", "/v1/closure", 405, PROBLEM, ""))
                .isEmpty();
    }

    @Test
    void a_status_a_media_type_and_a_problem_must_be_named() {
        assertThat(get("/v1/nowhere", 404, PROBLEM, "")).containsExactly("a problem without a body");
        assertThat(get("/v1/policies", 418, PROBLEM, problem("NO_KEY", 418)))
                .containsExactly("the document names no such status");
        assertThat(get("/v1/policies", 200, "text/html", "<html>"))
                .containsExactly("the document names no body of the type 'text/html'");
        assertThat(get("/v1/policies", 401, PROBLEM, problem("OWN_POLICY", 401)))
                .containsExactly("the document does not name the problem OWN_POLICY");
        assertThat(get("/v1/vocabulary", 304, "", "words")).containsExactly("the document names no body");
    }

    @Test
    void a_body_must_have_what_it_must_and_nothing_besides() {
        assertThat(get("/v1/policies", 200, "application/json", "{\"policies\":[]}"))
                .singleElement()
                .asString()
                .contains("scheduled");
        assertThat(get(
                        "/v1/policies",
                        200,
                        "application/json",
                        "{\"scheduled\":[],\"policies\":[],\"colour\":\"red\"}"))
                .singleElement()
                .asString()
                .contains("colour");
        assertThat(DocumentedResponses.check("POST", "/v1/routing", 200, "application/x-ndjson", "{}\n{\"line\":2}"))
                .isNotEmpty();
    }

    @Test
    void what_it_knows_nothing_of_is_a_problem() {
        assertThat(get("/v1/nowhere", 200, "application/json", "{}"))
                .containsExactly("the document knows nothing of this, so [400, 401, 403, 404, 503] were possible");
        assertThat(get("/v1/nowhere", 404, "text/html", "<html>"))
                .containsExactly("a problem is of the type application/problem+json, not 'text/html'");
        assertThat(get("/v1/nowhere", 404, PROBLEM, "{\"status\":404}")).isNotEmpty();
    }
}
