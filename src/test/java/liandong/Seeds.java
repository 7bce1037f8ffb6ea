package liandong;

import java.util.Random;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * The seed of everything random in the tests, properties included: the same in every run, so that a red build is red for
 * whoever looks at it; {@code -Dseed=random} for another one, which is printed, and {@code -Dseed=NUMBER} for that one again.
 */
public final class Seeds implements AroundPropertyHook {
    /** The seed of this run. */
    public static final long SEED = seed(System.getProperty("seed", ""));

    private static final long FIXED = 20_261_120;

    private static long seed(String chosen) {
        long seed = switch (chosen) {
            case "" -> FIXED;
            case "random" -> System.nanoTime();
            default -> Long.parseLong(chosen);
        };
        System.out.println("Random tests start from seed " + seed + ": -Dseed=" + seed
                + " for the same again, -Dseed=random for another.");
        return seed;
    }

    /** Numbers that follow from the seed of this run. */
    public static Random random() {
        return new Random(SEED);
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    /** Gives a property the seed of this run unless it names one itself. */
    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        if (context.attributes().seed().isEmpty()) {
            context.attributes().setSeed(String.valueOf(SEED));
        }
        return property.execute();
    }
}
