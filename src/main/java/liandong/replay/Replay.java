package liandong.replay;

import java.util.function.Function;
import liandong.journal.Entry;
import liandong.journal.Personal;
import liandong.policy.Policy;
import liandong.store.StoreException;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs decisions again: same facts, same policy, same moment (复核). Safe for use by many threads. */
public final class Replay {
    private static final int DIFFERENCES = 20;

    private final Policies policies;
    private final Redecider again;

    /**
     * A replay.
     *
     * @param policies gives the policy of a version; null when it is not kept
     * @param personal opens personal fields that were encrypted
     */
    public Replay(Function<String, @Nullable Policy> policies, Personal personal) {
        this.policies = new Policies(policies);
        this.again = new Redecider(personal);
    }

    /**
     * Runs a decision again.
     *
     * @throws StoreException if the store that the policies come from is gone
     */
    public Replayed of(Entry entry) {
        try {
            ObjectNode request = again.request(entry);
            ObjectNode answer = again.answer(entry.kind(), request, policies.version(entry.policy()));
            String text = Json.write(answer);
            String given = again.given(entry);
            return text.equals(given) ? Replayed.SAME : new Replayed(difference(given, text), null);
        } catch (ReplayBlockedException e) {
            return new Replayed(null, e.obstacle());
        }
    }

    /**
     * The answer that was given to a request, byte for byte, for who sends the same request again. Where texts of the entry
     * are hidden, it is decided again from what is sent.
     *
     * @param sent the request as it is sent again
     * @return null when it cannot be told any more
     * @throws StoreException if the store that the policies come from is gone
     */
    public @Nullable String given(Entry entry, JsonNode sent) {
        if (entry.personal() == Personal.How.KEPT) {
            return entry.answer();
        }
        try {
            ObjectNode answer = again.answer(entry.kind(), again.asKept(entry, sent), policies.version(entry.policy()));
            return answer.path("decisionId").asString("").equals(entry.id()) ? Json.write(answer) : null;
        } catch (ReplayBlockedException e) {
            return null;
        }
    }

    private static Difference.All difference(String given, String text) {
        try {
            Difference.All all = Difference.between(Json.read(given), Json.read(text), DIFFERENCES);
            return all.first().isEmpty() ? Difference.between(given, text) : all;
        } catch (BadRequestException e) {
            return Difference.between(given, text);
        }
    }
}
