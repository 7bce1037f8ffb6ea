package liandong.web;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import liandong.decision.Decision;
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
import liandong.wire.BadRequestException;
import liandong.wire.JournalReceipt;
import liandong.wire.Json;
import liandong.wire.PendingResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decisions that are made once for each key, however often they are asked for.
 *
 * <p>A key is written in the transaction that keeps its decision, so there are both or neither, and a process that dies on the
 * way has locked nothing. To decide changes nothing, so two processes may do so at once: which of the two is kept, and given,
 * the database says.
 */
@Component
class KeyedDecisions {
    private final DecisionService service;
    private final Journal journal;
    private final Archive archive;
    private final Replay replay;
    private final RequestKeys keys;

    /** Keys whose decisions this process makes and has not kept yet. */
    private final Set<String> atWork = ConcurrentHashMap.newKeySet();

    KeyedDecisions(DecisionService service, Journal journal, Archive archive, Replay replay, Database database) {
        this.service = service;
        this.journal = journal;
        this.archive = archive;
        this.replay = replay;
        this.keys = new RequestKeys(database);
    }

    /**
     * An answer.
     *
     * @param response the answer, and what is to be waited for before it is returned
     * @param again whether it was given before
     */
    record Answered(PendingResponse response, boolean again) {}

    /**
     * Decides a request, unless the same was decided under its key before.
     *
     * @throws BadRequestException if the request says what cannot be, or another was decided under the key
     * @throws KeyInUseException if somebody is at it
     */
    Answered answer(Decision<?, ?> decision, String text, String caller, RequestKey key) throws BadRequestException {
        if (journal.keeping() == Keeping.OFF) {
            throw new BadRequestException(
                    true, List.of(Problem.of(Code.KEYS_NOT_KEPT, new RequestPointer(""), IdempotencyKey.HEADER)));
        }
        if (!atWork.add(key.id())) {
            throw new KeyInUseException();
        }
        boolean handedOver = false;
        try {
            String before = given(text, key);
            if (before != null) {
                return new Answered(new PendingResponse(before, JournalReceipt.NOTHING), true);
            }
            PendingResponse response =
                    journal.keep(service.decide(decision, Json.read(text)), caller, key, () -> atWork.remove(key.id()));
            handedOver = true;
            return new Answered(response, false);
        } finally {
            if (!handedOver) {
                atWork.remove(key.id());
            }
        }
    }

    /** What was answered under a key; null when nothing was. */
    private @Nullable String given(String text, RequestKey key) throws BadRequestException {
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
        String answer = replay.given(entry, Json.read(text));
        if (answer == null) {
            throw new KeySpentException();
        }
        return answer;
    }
}
