// A report routed, looked after and closed, with a key, safe to send again: Java 17 and nothing else.
// LIANDONG_KEY=ld_… java WithKey.java http://localhost:8080
import java.net.URI;
import java.net.http.*;
class WithKey {
    public static void main(String[] args) throws Exception {
        String v1 = args[0] + "/v1/", morning = "'now': '2026-09-07T09:00:00+08:00'";
        String report = "'incident': {'id': 'SC-2026-000801', 'reportedAt': '2026-09-07T09:00:00+08:00', "
                + "'source': 'GRID', 'text': '小区门口路灯不亮', 'area': '330102001051'}, ";
        ask(v1 + "routing", report.replace("330102001051", "nowhere") + morning); // refused, and told why
        String answer = ask(v1 + "routing", report + morning), next = find(answer, "'next':\\{(.*?)]},'policy':");
        String known = report + next + ", {'kind': 'ACCEPTED', 'at': '2026-09-07T10:00:00+08:00'}"; // within its events
        ask(v1 + "escalation", known + "], 'now': '2026-09-07T10:00:00+08:00'");
        known += ", {'kind': 'STAGE_DONE', 'stage': '" + find(next, "'stages':\\[.*?'name':'(.*?)'")
                + "', 'at': '2026-09-08T11:00:00+08:00'}], 'handling': {'concludedAt': '2026-09-08T11:30:00+08:00', "
                + "'proofs': ['现场照片', '联系群众']}, ";
        String done = ask(v1 + "closure", known + "'now': '2026-09-08T12:00:00+08:00'");
        String asked = "'followUp': {" + find(done, "'followUp':\\{(.*?)},'nextReviewAt'")
                + ", 'at': '2026-09-09T09:30:00+08:00', 'satisfaction': '满意'}, ";
        ask(v1 + "closure", known + asked + "'now': '2026-09-09T10:00:00+08:00'");
    }
    static String ask(String address, String facts) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(address)).header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + System.getenv("LIANDONG_KEY"))
                .header("Accept-Language", "en").header("Idempotency-Key", "" + java.util.UUID.randomUUID())
                .timeout(java.time.Duration.ofSeconds(30)).POST(HttpRequest.BodyPublishers.ofString("{" + facts.replace('\'', '"') + "}")).build();
        HttpResponse<String> answer = null;
        for (int i = 1; answer == null || (i <= 5 && answer.headers().map().containsKey("retry-after")); i++) {
            Thread.sleep(i == 1 ? 0 : 1000 * (answer == null ? i : answer.headers().firstValueAsLong("Retry-After").orElse(1)));
            try {
                answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            } catch (java.io.IOException broken) { // the same again, under the same key: it is answered once
                if (i >= 5) throw broken;
            }
        }
        String said = answer.body().replace('"', '\''); // what is refused says what is wrong and how to mend it
        System.out.println(address.replaceAll(".*/", "") + " " + (answer.statusCode() == 200 ? find(said, "'outcome':'(.*?)'")
                : find(said, "'code':'([A-Z_]+)','message'") + " " + find(said, "'pointer':'(.*?)'") + "\n" + said));
        return said;
    }
    static String find(String said, String pattern) { // the JDK reads no JSON; a library does this better
        return java.util.regex.Pattern.compile(pattern).matcher(said).results().map(each -> each.group(1)).findFirst().orElse("");
    }
}
