package liandong.console;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without a screen: it keeps cookies, follows nothing, and finds the token in pages. */
final class Visitor {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern TOKEN = Pattern.compile("Liandong-Token&quot;:&quot;([^&]*)&quot;");

    private final int port;
    private final Map<String, String> cookies = new TreeMap<>();
    private String token = "";

    Visitor(int port) {
        this.port = port;
    }

    /** One that is signed in by a key. */
    static Visitor signedIn(int port, String key) throws Exception {
        var visitor = new Visitor(port);
        HttpResponse<String> answer = visitor.post("/console/sign-in", Map.of("key", key));
        if (answer.statusCode() != 302) {
            throw new AssertionError("not signed in: " + answer.statusCode() + " " + answer.body());
        }
        visitor.get("/console");
        return visitor;
    }

    String token() {
        return token;
    }

    String cookie(String name) {
        return cookies.getOrDefault(name, "");
    }

    /** Sends a cookie that somebody else was given. */
    void take(String name, String value) {
        cookies.put(name, value);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, "", headers);
    }

    /** Sends a form, with the token of the last page. */
    HttpResponse<String> post(String path, Map<String, String> fields, String... headers)
            throws IOException, InterruptedException {
        var pairs = new ArrayList<String>();
        new TreeMap<>(fields).forEach((name, value) -> pairs.add(encoded(name) + "=" + encoded(value)));
        if (!token.isEmpty() && !fields.containsKey("token")) {
            pairs.add("token=" + encoded(token));
        }
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Content-Type", "application/x-www-form-urlencoded"));
        return send("POST", path, String.join("&", pairs), all.toArray(String[]::new));
    }

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!cookies.isEmpty()) {
            var pairs = new ArrayList<String>();
            cookies.forEach((name, value) -> pairs.add(name + "=" + value));
            request.header("Cookie", String.join("; ", pairs));
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
        answer.headers().allValues("Set-Cookie").forEach(cookie -> {
            String pair = cookie.substring(0, cookie.indexOf(';'));
            cookies.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        });
        Matcher found = TOKEN.matcher(answer.body());
        if (found.find()) {
            token = found.group(1);
        }
        return answer;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
