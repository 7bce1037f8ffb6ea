package liandong.stock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.function.Supplier;
import liandong.decision.Decisions;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;

/** The policies tests decide by, each loaded once. */
public final class Stock {
    private static final Supplier<Policy> SHANGCHENG = once(PolicyFiles::stock);
    private static final Supplier<Policy> NEW_YORK = once(() -> folder("src/test/resources/policies/nyc311"));

    private Stock() {}

    /** The stock policy. */
    public static Policy shangcheng() {
        return SHANGCHENG.get();
    }

    /** The second policy: New York's complaint types and agencies under the same rules. */
    public static Policy newYork() {
        return NEW_YORK.get();
    }

    private static PolicyFiles folder(String folder) {
        try {
            return PolicyFiles.folder(Path.of(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Supplier<Policy> once(Supplier<PolicyFiles> files) {
        return new Supplier<>() {
            private Policy policy;

            @Override
            public synchronized Policy get() {
                if (policy == null) {
                    try {
                        policy = Decisions.policy(files.get(), LocalDate.of(2026, 11, 20));
                    } catch (BadPolicyException e) {
                        throw new AssertionError(e.getMessage(), e);
                    }
                }
                return policy;
            }
        };
    }
}
