package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import liandong.keyed.IdempotencyKey;
import liandong.problem.KeyInUseException;
import liandong.problem.KeySpentException;
import liandong.store.Database;
import liandong.store.RequestKey;
import liandong.store.RequestKeys;
import liandong.store.RequestKeys.Kept;
import liandong.store.StoreException;
import liandong.wire.BadRequestException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Whatever is done over HTTP besides deciding, done once for each key.
 *
 * <p>Who brings a key first takes it for {@link RequestKeys#LEASE}, and has it renewed for as long as it takes: only a process
 * that has died, or does not reach the store, loses it. That it was done is written in the transaction that does
 * it; what was answered follows. What was refused, or failed before that, gives its key back.
 */
@Component
class KeyedChanges implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyedChanges.class);

    private final RequestKeys keys;
    private final Clock clock;

    /** So often a key is renewed that several times may fail before it is lost. */
    private static final Duration RENEWED = RequestKeys.LEASE.dividedBy(5);

    private final Duration renewed;
    private final ScheduledThreadPoolExecutor timer;

    @Autowired
    KeyedChanges(Database database, Clock clock) {
        this(database, clock, RENEWED);
    }

    /**
     * Changes.
     *
     * @param renewed how often the key of one that is at work is renewed
     */
    KeyedChanges(Database database, Clock clock, Duration renewed) {
        this.keys = new RequestKeys(database);
        this.clock = clock;
        this.renewed = renewed;
        this.timer = new ScheduledThreadPoolExecutor(1, work -> {
            var thread = new Thread(work, "request keys");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true); // there is seldom anything to renew
    }

    /** Renews nothing from now on. */
    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** What is asked for. */
    @FunctionalInterface
    interface Work {
        /**
         * Does it.
         *
         * @param along to be run in the transaction that does it; what it throws must undo that
         */
        ResponseEntity<byte[]> done(Runnable along) throws IOException, BadRequestException, NotThereException;
    }

    /**
     * What is asked for under a key.
     *
     * @param key null for none
     */
    record Asked(@Nullable IdempotencyKey key, @Nullable RequestKey asked) {
        static final Asked NOTHING = new Asked(null, null);

        /** What two requests have in common that ask for the same under the same key; null without one. */
        @Nullable
        String id() {
            return asked == null ? null : asked.id() + " " + asked.request();
        }
    }

    /**
     * Does what a request asks for, unless that was done under its key before.
     *
     * @param sent what was sent besides the address
     * @throws BadRequestException if its key is none, or another request was sent under it
     * @throws KeyInUseException if somebody is at it
     * @throws KeySpentException if it was done, and its answer never came to be kept
     */
    ResponseEntity<byte[]> answer(HttpServletRequest request, Work work, byte[]... sent)
            throws IOException, BadRequestException, NotThereException {
        return answer(asked(request, sent), work);
    }

    /** The same of a request that may have been answered by then. */
    ResponseEntity<byte[]> answer(Asked request, Work work) throws IOException, BadRequestException, NotThereException {
        IdempotencyKey key = request.key();
        RequestKey asked = request.asked();
        if (key == null || asked == null) {
            return work.done(() -> {});
        }
        String holder = keys.take(asked, clock.instant());
        return holder == null ? given(key, asked) : done(key, asked, holder, work);
    }

    /**
     * What is asked for under a key.
     *
     * @param sent what was sent besides the address
     * @throws BadRequestException if its key is none
     */
    static Asked asked(HttpServletRequest request, byte[]... sent) throws BadRequestException {
        IdempotencyKey key = SentKey.of(request);
        if (key == null) {
            return Asked.NOTHING;
        }
        var said = new ArrayList<>(List.of(sent));
        // What some of them tell is in the language that was asked for.
        said.add(language(Locales.of(request)).getBytes(StandardCharsets.UTF_8));
        return new Asked(key, SentKey.asking(key, request, 0, said));
    }

    private static String language(Locale locale) {
        return locale.getLanguage().equals(Locale.CHINESE.getLanguage()) ? "zh" : "en";
    }

    private ResponseEntity<byte[]> done(IdempotencyKey key, RequestKey asked, String holder, Work work)
            throws IOException, BadRequestException, NotThereException {
        ResponseEntity<byte[]> answer = null;
        Future<?> renewing = timer.scheduleWithFixedDelay(
                () -> renew(asked, holder), renewed.toMillis(), renewed.toMillis(), TimeUnit.MILLISECONDS);
        try {
            answer = work.done(() -> {
                if (!keys.done(asked, holder, clock.instant())) {
                    throw new KeyInUseException(); // it took so long that another has begun it anew
                }
            });
        } finally {
            renewing.cancel(false);
            try {
                if (answer == null) {
                    keys.giveBack(asked, holder);
                } else {
                    keep(key, asked, holder, answer);
                }
            } catch (StoreException e) {
                // What was done is done, and what was thrown says more.
                LOG.warn("what came of a request is not kept: {}", e.problem().line(Locale.ENGLISH));
            }
        }
        return answer;
    }

    private void renew(RequestKey asked, String holder) {
        try {
            keys.renew(asked, holder, clock.instant());
        } catch (RuntimeException e) {
            // The next time may be in time. What is thrown would end the timer.
            LOG.warn("the key of a request that is being done was not renewed", e);
        }
    }

    private void keep(IdempotencyKey key, RequestKey asked, String holder, ResponseEntity<byte[]> answer) {
        byte[] body = Objects.requireNonNullElse(answer.getBody(), new byte[0]);
        MediaType type = answer.getHeaders().getContentType();
        keys.answered(
                asked,
                holder,
                answer.getStatusCode().value(),
                type == null ? null : type.toString(),
                answer.getHeaders().getFirst(HttpHeaders.CONTENT_DISPOSITION),
                key.seal().sealed(body, asked.id()));
    }

    private ResponseEntity<byte[]> given(IdempotencyKey key, RequestKey asked) throws BadRequestException {
        Kept kept = keys.find(asked.id());
        if (kept == null) { // given back just now
            throw new KeyInUseException();
        }
        if (!kept.request().equals(asked.request())) {
            throw IdempotencyKey.reused();
        }
        Integer status = kept.status();
        String sealed = kept.answer();
        if (status == null || sealed == null) {
            throw isAtWork(kept) ? new KeyInUseException() : new KeySpentException();
        }
        byte[] body = key.seal().opened(sealed, asked.id());
        if (body == null) {
            throw new KeySpentException();
        }
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status).header(IdempotencyKey.REPLAYED, "true");
        header(answer, HttpHeaders.CONTENT_TYPE, kept.mediaType());
        header(answer, HttpHeaders.CONTENT_DISPOSITION, kept.disposition());
        return answer.body(body);
    }

    private static void header(ResponseEntity.BodyBuilder answer, String name, @Nullable String value) {
        if (value != null) {
            answer.header(name, value);
        }
    }

    /** Whether somebody may still be at it; nobody has done it yet, or the answer is about to be kept. */
    private boolean isAtWork(Kept kept) {
        Long until = kept.until();
        return until != null && until >= clock.millis();
    }
}
