package liandong.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Files of a policy as somebody sends them: a whole policy, as a zip or a folder, or one file that takes the place of its
 * like. What is sent is taken apart here and nowhere else.
 */
public final class SentPolicy {
    private static final String ZIP = ".zip";

    private final @Nullable PolicyFiles whole;
    private final Map<String, byte[]> file;

    private SentPolicy(@Nullable PolicyFiles whole, Map<String, byte[]> file) {
        this.whole = whole;
        this.file = file;
    }

    /**
     * A file as it was sent.
     *
     * @param name its own name, without folder; with {@code .zip} it is a whole policy of that label
     * @param problems gets a zip that cannot be read, holds no policy, or is too large
     * @return null when it cannot be used
     */
    public static @Nullable SentPolicy of(String name, byte[] bytes, Consumer<Problem> problems) {
        if (!isZip(name)) {
            return new SentPolicy(null, Map.of(name, bytes));
        }
        PolicyFiles files = PolicyFiles.zip(name, bytes, problems);
        return files == null ? null : whole(files);
    }

    /** A whole policy. */
    public static SentPolicy whole(PolicyFiles files) {
        return new SentPolicy(files, Map.of());
    }

    /** Whether a file of this name is a whole policy. */
    public static boolean isZip(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(ZIP);
    }

    /** The whole policy; null when one file was sent. */
    public @Nullable PolicyFiles whole() {
        return whole;
    }

    /** The parts that a whole policy lacks, each of which {@link #onto} takes from another one: by their names. */
    public List<String> lacking() {
        var lacking = new ArrayList<String>();
        if (whole != null && whole.rules().isEmpty()) {
            lacking.add("rules");
        }
        if (whole != null && whole.scenarios().isEmpty()) {
            lacking.add("scenarios");
        }
        return List.copyOf(lacking);
    }

    /**
     * What was sent, made a policy by another one: a whole policy gets the rules and scenarios that it lacks, so that nothing
     * is served that no scenario puts to the test; one file takes the place of its like.
     *
     * @param problems gets a workbook of which it cannot be said which one it replaces
     * @return null when there is such a workbook
     */
    public @Nullable PolicyFiles onto(PolicyFiles base, Consumer<Problem> problems) {
        if (whole == null) {
            return base.replacing(file, problems);
        }
        PolicyFiles ruled = whole.rules().isEmpty() ? whole.withRulesOf(base) : whole;
        return ruled.scenarios().isEmpty() ? ruled.withScenariosOf(base) : ruled;
    }
}
