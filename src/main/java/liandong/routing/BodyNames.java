package liandong.routing;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import liandong.incident.Body;
import liandong.policy.Policy;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Finds two rows of the vocabulary that seem to be one body: it could assist itself, or have a matter returned to itself.
 */
final class BodyNames {
    private static final Pattern BRACKETS = Pattern.compile("[（(]([^（()）]*)[）)]");

    /** The level of government that a name begins with. Names that say two levels are those of two bodies. */
    private static final Pattern LEVEL = Pattern.compile("^[省市区县]");

    /** A shorter name in brackets is a remark rather than a name. */
    private static final int SHORTEST = 3;

    private final Policy policy;
    private final Consumer<Problem> problems;
    private final Map<String, Body> byName = new HashMap<>();
    private final Map<String, Body> byNameWithoutLevel = new HashMap<>();

    BodyNames(Policy policy, Consumer<Problem> problems) {
        this.policy = policy;
        this.problems = problems;
    }

    void tell() {
        for (Body body : policy.vocabulary().all(Body.class)) {
            Body same = names(body).stream()
                    .flatMap(name -> Stream.of(byName.get(name), byNameWithoutLevel.get(name), levelled(name)))
                    .filter(other -> other != null && other.kind() == body.kind() && !other.isOneWith(body))
                    .findFirst()
                    .orElse(null);
            CellRef here = policy.at(body);
            CellRef there = same == null ? null : policy.at(same);
            if (same != null && here != null && there != null) {
                problems.accept(Problem.of(Code.SAME_BODY, here, body.label(), same.label(), there.row()));
            }
            for (String name : names(body)) {
                byName.putIfAbsent(name, body);
                if (!withoutLevel(name).equals(name)) {
                    byNameWithoutLevel.putIfAbsent(withoutLevel(name), body);
                }
            }
        }
    }

    /** The body that leaves out the level which a name says; null when there is none. */
    private @Nullable Body levelled(String name) {
        String without = withoutLevel(name);
        return without.equals(name) ? null : byName.get(without);
    }

    private static String withoutLevel(String name) {
        return LEVEL.matcher(name).replaceFirst("");
    }

    /** The names of a body, those in brackets by themselves. */
    private static Set<String> names(Body body) {
        var names = new LinkedHashSet<String>();
        Stream.concat(Stream.of(body.label()), body.aliases().stream()).forEach(name -> {
            names.add(BRACKETS.matcher(name).replaceAll("").strip());
            Matcher within = BRACKETS.matcher(name);
            while (within.find()) {
                names.add(within.group(1).strip());
            }
        });
        names.removeIf(name -> name.length() < SHORTEST);
        return names;
    }
}
