package liandong.routing.evaluation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import liandong.digest.Sha256;
import liandong.policy.Policy;

/**
 * Labelled texts dealt into folds of equal size, each to be decided by a policy that has not learned from it.
 *
 * <p>Dealt by the digest of a text and the seed: the same whatever the order of the rows, and the same text twice falls
 * into one fold.
 */
final class Folds {
    private final List<Set<String>> folds = new ArrayList<>();
    private final List<LabelledText> texts;
    private final HeldOut heldOut;

    /**
     * Deals texts.
     *
     * @param count how many folds
     */
    Folds(Policy policy, List<LabelledText> texts, int count, long seed) {
        this.texts = texts;
        Map<String, String> digests = new HashMap<>();
        for (LabelledText each : texts) {
            digests.computeIfAbsent(
                    ExampleText.key(each.text()),
                    text -> Sha256.hex((seed + "\n" + text).getBytes(StandardCharsets.UTF_8)));
        }
        for (int fold = 0; fold < count; fold++) {
            folds.add(new HashSet<>());
        }
        List<String> dealt = digests.keySet().stream()
                .sorted(Comparator.comparing(text -> digests.getOrDefault(text, "")))
                .toList();
        for (int i = 0; i < dealt.size(); i++) {
            folds.get(i % count).add(dealt.get(i));
        }
        this.heldOut = new HeldOut(policy, digests.keySet());
    }

    /** How many there are. */
    int count() {
        return folds.size();
    }

    /** How many rows of the policy are texts of the file, and are left out with their fold. */
    int heldOut() {
        return heldOut.rows();
    }

    /** The texts of a fold. */
    List<LabelledText> in(int fold) {
        return texts.stream()
                .filter(each -> folds.get(fold).contains(ExampleText.key(each.text())))
                .toList();
    }

    /** The policy without what it has of the texts of a fold. */
    Policy policy(int fold) {
        return heldOut.without(folds.get(fold));
    }

    /** The same, with words learned from the texts of the other folds in place of its own. */
    Policy learned(int fold, KeywordLearner learner) {
        Policy policy = policy(fold);
        List<TypedText> others = texts.stream()
                .filter(each -> !folds.get(fold).contains(ExampleText.key(each.text())))
                .map(each -> TypedText.of(each, policy.vocabulary()))
                .<TypedText>mapMulti((each, next) -> {
                    if (each != null) {
                        next.accept(each);
                    }
                })
                .toList();
        return policy.trying(WordRows.of(policy, learner.learn(others), "folds").table());
    }
}
