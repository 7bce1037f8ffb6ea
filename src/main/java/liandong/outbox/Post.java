package liandong.outbox;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import liandong.cloudevents.AnswerEvent;
import liandong.journal.Entry;
import liandong.journal.Personal;
import liandong.keyed.KeyedDecisions;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;

/** Sends decisions to a receiver, each as an event signed in the manner of Standard Webhooks. Safe for use by many threads. */
final class Post {
    private static final String CONTENT_TYPE = "application/cloudevents+json; charset=utf-8";
    private static final int GONE = 410;
    /** What a receiver says of an event, not of itself: others it may take. */
    private static final Set<Integer> OF_EVENT = Set.of(400, 409, 413, 415, 422);

    private static final String UNREADABLE = "UNREADABLE";

    /** The faults that are those of an event. */
    static final List<String> FAULTS_OF_EVENT = Stream.concat(
                    Stream.of(UNREADABLE), OF_EVENT.stream().sorted().map(Post::fault))
            .toList();

    /** What a receiver has to say besides its status is not looked at, and no more of it than this is taken, in bytes. */
    private static final long MOST_SAID = 64 << 10;

    private static final Duration CONNECTING = Duration.ofSeconds(5);

    private final Receiver receiver;
    private final Personal personal;
    private final Clock clock;
    private final Duration patience;
    private final HttpClient client;

    /** @param patience how long an event may take, from connecting to the end of the answer */
    Post(Receiver receiver, Personal personal, Clock clock, Duration patience) {
        this.receiver = receiver;
        this.personal = personal;
        this.clock = clock;
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECTING.compareTo(patience) < 0 ? CONNECTING : patience)
                .build();
    }

    /**
     * What became of an event.
     *
     * @param fault why it was not taken, in a word; empty when it was
     * @param ofEvent whether that is said of this event, and others may be taken
     * @param ended whether the receiver wants no more events at all
     * @param rest for how long it wants to be left alone; zero where it does not say
     */
    record Result(String fault, boolean ofEvent, boolean ended, Duration rest) {
        boolean taken() {
            return fault.isEmpty();
        }
    }

    /** Sends a decision, with what of it is hidden as hidden as for whoever reads it over HTTP. */
    Result send(Entry entry) throws InterruptedException {
        byte[] body;
        try {
            String answer = personal.answer(entry);
            AnswerEvent event = AnswerEvent.of(
                    KeyedDecisions.path(entry.kind()), entry.kind().path(), answer, Json.read(answer));
            body = Json.write(event.structured()).getBytes(StandardCharsets.UTF_8);
        } catch (BadRequestException e) {
            return new Result(UNREADABLE, true, false, Duration.ZERO);
        }
        long seconds = clock.instant().getEpochSecond();
        HttpRequest request = HttpRequest.newBuilder(receiver.url())
                .header("Content-Type", CONTENT_TYPE)
                .header("User-Agent", "liandong")
                .header("webhook-id", entry.id())
                .header("webhook-timestamp", String.valueOf(seconds))
                .header("webhook-signature", WebhookKey.signature(receiver.keys(), entry.id(), seconds, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        CompletableFuture<HttpResponse<@Nullable Void>> sent = client.sendAsync(request, head -> new Little());
        try {
            HttpResponse<@Nullable Void> response = sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            int status = response.statusCode();
            return status >= 200 && status < 300
                    ? new Result("", false, false, Duration.ZERO)
                    : new Result(fault(status), OF_EVENT.contains(status), status == GONE, rest(response));
        } catch (TimeoutException e) {
            return none("TIMEOUT");
        } catch (ExecutionException e) {
            return none("UNREACHABLE");
        } finally {
            sent.cancel(true); // what goes on is ended with its connection
        }
    }

    private static String fault(int status) {
        return "HTTP " + status;
    }

    private static Result none(String word) {
        return new Result(word, false, false, Duration.ZERO);
    }

    /** For how many seconds a receiver wants to be left alone; a date is passed over. */
    private static Duration rest(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(Duration.ZERO);
    }

    /** Reads little of what is said, and keeps nothing. */
    private static final class Little implements BodySubscriber<@Nullable Void> {
        private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        private long left = MOST_SAID;
        private Flow.@Nullable Subscription subscription;

        @Override
        public CompletionStage<@Nullable Void> getBody() {
            return done;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> piece) {
            left -= piece.stream().mapToLong(ByteBuffer::remaining).sum();
            if (left < 0 && subscription != null) {
                subscription.cancel();
                done.complete(null);
            }
        }

        @Override
        public void onError(Throwable thrown) {
            done.completeExceptionally(thrown);
        }

        @Override
        public void onComplete() {
            done.complete(null);
        }
    }
}
