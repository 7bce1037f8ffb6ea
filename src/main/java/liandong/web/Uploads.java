package liandong.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import liandong.policy.PolicyFiles;
import liandong.policy.SentPolicy;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.publication.PolicyLifecycle;
import liandong.wire.BadRequestException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Files that somebody sends, made a policy.
 *
 * <p>Rules are code that this process will run. A key that may edit tables is no reason to run somebody's code, so rules
 * that differ from those that are live are taken only by a service that was told to.
 */
@Component
public class Uploads {
    private final PolicyLifecycle life;
    private final boolean rulesOverHttp;

    Uploads(PolicyLifecycle life, @Value("${liandong.rules-over-http:false}") boolean rulesOverHttp) {
        this.life = life;
        this.rulesOverHttp = rulesOverHttp;
    }

    /**
     * What somebody sent.
     *
     * @param files the whole policy that it makes
     * @param kept parts that were not in it and stay as they are
     */
    public record Sent(PolicyFiles files, List<String> kept) {}

    /**
     * Makes a policy of files: each takes the place of its like, a zip that of the whole.
     *
     * @param sent at least one, by the names that the browser or program gave them, taken in this order
     * @param base the policy into which they are put
     * @param label what the policy is to be called; null or blank for the name of the zip, or what it was called
     * @throws BadRequestException if one of them cannot be used, or brings rules that nobody is to bring
     */
    public Sent sent(Map<String, byte[]> sent, PolicyFiles base, @Nullable String label) throws BadRequestException {
        PolicyFiles files = base;
        List<String> kept = List.of();
        for (Map.Entry<String, byte[]> file : sent.entrySet()) {
            String name = CheckController.name(file.getKey()); // whatever else it may hold stays out of answers
            var problems = new ArrayList<Problem>();
            SentPolicy policy = SentPolicy.of(name, file.getValue(), problems::add);
            PolicyFiles onto = policy == null ? null : policy.onto(files, problems::add);
            if (policy == null || onto == null) {
                throw new BadRequestException(true, problems);
            }
            boolean whole = policy.whole() != null;
            files = whole ? onto.labelled(name.substring(0, name.lastIndexOf('.'))) : onto;
            kept = whole ? policy.lacking() : kept;
        }
        PolicyFiles labelled = label == null || label.isBlank() ? files : files.labelled(label);
        demandRules(labelled, base);
        return new Sent(labelled, kept);
    }

    private void demandRules(PolicyFiles files, PolicyFiles base) throws BadRequestException {
        if (rulesOverHttp || isSame(files.rules(), life.liveFiles().rules())) {
            return;
        }
        Map<String, byte[]> known = base.rules();
        Set<String> names = new TreeSet<>(known.keySet());
        names.addAll(files.rules().keySet());
        var problems = new ArrayList<Problem>();
        for (String rule : names) {
            if (!Arrays.equals(known.get(rule), files.rules().get(rule))) {
                problems.add(Problem.of(Code.RULES_NOT_TAKEN, new FileRef("rules/" + rule), rule));
            }
        }
        if (!problems.isEmpty()) {
            throw new BadRequestException(true, problems);
        }
    }

    private static boolean isSame(Map<String, byte[]> one, Map<String, byte[]> other) {
        return one.keySet().equals(other.keySet())
                && one.entrySet().stream().allMatch(rule -> Arrays.equals(rule.getValue(), other.get(rule.getKey())));
    }
}
