package liandong.web;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.CompletableFuture;

/**
 * The client of every test that asks the service over HTTP: each response must be as the OpenAPI document of the service
 * says, or the test fails.
 */
public final class DocumentedHttp {
    private final HttpClient client = HttpClient.newHttpClient();

    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        HttpResponse<T> response = client.send(request, handler);
        DocumentedResponses.check(response);
        return response;
    }

    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return client.sendAsync(request, handler).thenApply(response -> {
            DocumentedResponses.check(response);
            return response;
        });
    }
}
