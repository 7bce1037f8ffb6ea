package liandong.keyed;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import liandong.cloudevents.CloudEvent;
import liandong.decision.Decision;
import liandong.decision.DecisionRecord;
import liandong.decision.DecisionService;
import liandong.journal.Archive;
import liandong.journal.Entry;
import liandong.journal.Journal;
import liandong.journal.Keeping;
import liandong.problem.Code;
import liandong.problem.KeyInUseException;
import liandong.problem.KeySpentException;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.replay.Replay;
import liandong.store.Database;
import liandong.store.RequestKey;
import liandong.store.RequestKeys;
import liandong.store.StoreException;
import liandong.wire.BadRequestException;
import liandong.wire.JournalReceipt;
import liandong.wire.Json;
import liandong.wire.PendingResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Decisions that are made once for each key, however often they are asked for.
 *
 * <p>A key is written in the transaction that keeps its decision, so there are both or neither, and a process that dies on the
 * way has locked nothing. To decide changes nothing, so two processes may do so at once: which of the two is kept, and given,
 * the database says.
 */
public final class KeyedDecisions implements AutoCloseable {
    /** A store that answers at all answers in milliseconds; one whose connection is dead may not for a minute. */
    private static final Duration SOON = Duration.ofSeconds(1);

    /** So many ask at once for those who do not wait for long; more than a store has connections. */
    private static final int ASKING = 16;

    private final DecisionService service;
    private final Journal journal;
    private final Archive archive;
    private final Replay replay;
    private final RequestKeys keys;

    /** Keys whose decisions this process makes and has not kept yet. */
    private final Set<String> atWork = ConcurrentHashMap.newKeySet();

    /** Asks what was given, for those who do not wait for long. */
    private final ThreadPoolExecutor asking;

    /** Those of a service, kept in its store. */
    public KeyedDecisions(DecisionService service, Journal journal, Archive archive, Replay replay, Database database) {
        this.service = service;
        this.journal = journal;
        this.archive = archive;
        this.replay = replay;
        this.keys = new RequestKeys(database);
        this.asking = new ThreadPoolExecutor(ASKING, ASKING, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            var thread = new Thread(work, "request keys");
            thread.setDaemon(true);
            return thread;
        });
        asking.allowCoreThreadTimeOut(true);
    }

    /** Asks no more. */
    @Override
    public void close() {
        asking.shutdownNow();
    }

    /**
     * An answer.
     *
     * @param response the answer, and what is to be waited for before it is returned
     * @param again whether it was given before
     */
    public record Answered(PendingResponse response, boolean again) {}

    /**
     * Decides a request, unless the same was decided under its key before.
     *
     * <p>Where answers are given though they cannot be kept, no store keeps them back: what it does not tell is not known.
     *
     * @param anew run before it is decided, not when its answer is told again; what it throws is thrown, and nothing decided
     * @throws BadRequestException if the request says what cannot be, or another was decided under the key
     * @throws KeyInUseException if somebody is at it
     */
    public Answered answer(Decision<?, ?> decision, String text, String caller, RequestKey key, Runnable anew)
            throws BadRequestException {
        var question = new Question(() -> Json.read(text), entry -> replay.given(entry, Json.read(text)));
        return answer(decision, question, caller, key, anew);
    }

    /** A request that is read already. */
    public Question question(JsonNode request) {
        return new Question(() -> request, entry -> replay.given(entry, request));
    }

    /** Gives a request. */
    @FunctionalInterface
    public interface Request {
        /** The request; read, if it is not yet. */
        JsonNode get() throws BadRequestException;
    }

    /** Gives what was answered before; null when that cannot be told any more. */
    @FunctionalInterface
    public interface Again {
        /** The answer that an entry holds. */
        @Nullable
        String answer(Entry entry) throws BadRequestException;
    }

    /**
     * What is asked under a key.
     *
     * @param request read when it is decided
     * @param again tells what was answered when the same was decided before
     */
    public record Question(Request request, Again again) {}

    /** The same of a request that is not a text; see {@link #answer(Decision, String, String, RequestKey, Runnable)}. */
    public Answered answer(Decision<?, ?> decision, Question question, String caller, RequestKey key, Runnable anew)
            throws BadRequestException {
        if (journal.keeping() == Keeping.OFF) {
            throw new BadRequestException(
                    true, List.of(Problem.of(Code.KEYS_NOT_KEPT, new RequestPointer(""), IdempotencyKey.HEADER)));
        }
        if (!atWork.add(key.id())) {
            throw new KeyInUseException();
        }
        boolean handedOver = false;
        try {
            boolean counts = isThere();
            if (counts) {
                try {
                    String before = journal.keeping() == Keeping.BEST_EFFORT
                            ? givenSoon(question.again(), key)
                            : given(question.again(), key);
                    if (before != null) {
                        return new Answered(new PendingResponse(before, JournalReceipt.NOTHING), true);
                    }
                } catch (StoreException e) {
                    if (journal.keeping() != Keeping.BEST_EFFORT) {
                        throw e;
                    }
                    counts = false;
                } catch (TimeoutException e) {
                    counts = false;
                }
            }
            anew.run();
            DecisionRecord<?, ?> decided =
                    service.decide(decision, question.request().get());
            if (!counts) {
                return new Answered(journal.keep(decided, caller), false);
            }
            PendingResponse response = journal.keep(decided, caller, key, () -> atWork.remove(key.id()));
            handedOver = true;
            return new Answered(response, false);
        } finally {
            if (!handedOver) {
                atWork.remove(key.id());
            }
        }
    }

    /**
     * Decides what an event says, unless it was decided before: it is known again by its id and source. While nothing is
     * kept, no event is.
     *
     * @param anew see {@link #answer(Decision, String, String, RequestKey, Runnable)}
     * @throws BadRequestException if its data cannot be used, or another was decided that had its id and source; said at the
     *     places where it was sent
     * @throws KeyInUseException if somebody is at it
     */
    public Answered answer(Decision<?, ?> decision, CloudEvent event, String caller, Runnable anew)
            throws BadRequestException {
        try {
            if (journal.keeping() == Keeping.OFF) {
                anew.run();
                return new Answered(journal.keep(service.decide(decision, event.data()), caller), false);
            }
            String path = path(decision);
            RequestKey key = IdempotencyKey.ofEvent(caller, path, event.source(), event.id())
                    .asking(
                            "POST",
                            path,
                            "",
                            0,
                            List.of(Json.write(event.data()).getBytes(StandardCharsets.UTF_8)));
            return answer(decision, question(event.data()), caller, key, anew);
        } catch (BadRequestException e) {
            if (e.problems().get(0).code() == Code.KEY_REUSED) {
                throw new BadRequestException(true, List.of(Problem.of(Code.EVENT_REUSED, event.idPlace())));
            }
            throw event.located(e);
        }
    }

    /** Where a decision is asked for over HTTP: a request is the same, whichever way it comes. */
    public static String path(Decision<?, ?> decision) {
        return "/v1/" + decision.path();
    }

    /**
     * Whether the store is asked. One that is gone answers nothing but after seconds, which each request would wait: where
     * its answers do not count on the store, it is not asked before the journal can be written again.
     */
    private boolean isThere() {
        return journal.keeping() != Keeping.BEST_EFFORT || journal.isWriting();
    }

    /**
     * What was answered under a key; null when nothing was.
     *
     * @throws TimeoutException if that is not known soon
     */
    private @Nullable String givenSoon(Again again, RequestKey key) throws BadRequestException, TimeoutException {
        Future<@Nullable String> asked = asking.submit(() -> given(again, key));
        try {
            return asked.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BadRequestException refused) {
                throw refused;
            }
            if (e.getCause() instanceof RuntimeException failed) {
                throw failed;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted");
        } finally {
            asked.cancel(false);
        }
    }

    /** What was answered under a key; null when nothing was. */
    private @Nullable String given(Again again, RequestKey key) throws BadRequestException {
        RequestKeys.Kept kept = keys.find(key.id());
        if (kept == null) {
            return null;
        }
        Long decision = kept.decision();
        if (decision == null || !kept.request().equals(key.request())) {
            throw IdempotencyKey.reused();
        }
        Entry entry = archive.entry(decision);
        if (entry == null) { // it was too old to be kept
            keys.forget(key.id(), decision);
            return null;
        }
        String answer = again.answer(entry);
        if (answer == null) {
            throw new KeySpentException();
        }
        return answer;
    }
}
