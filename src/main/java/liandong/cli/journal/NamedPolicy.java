package liandong.cli.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.CommonOptions;
import liandong.cli.terminal.Terminal;
import liandong.explain.Phrases;
import liandong.incident.Vocabulary;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.publication.Gate;
import liandong.publication.LifecycleException;
import liandong.publication.PolicyLifecycle;
import liandong.store.Database;
import org.jspecify.annotations.Nullable;

/** The policy that a command names: a folder, or the number of a policy in the store. */
final class NamedPolicy {
    private NamedPolicy() {}

    /** @throws CommandFailure if there is none, or it cannot be used */
    static Policy of(String name, Database database, Terminal shell, Phrases say) throws CommandFailure {
        Path folder = Path.of(name);
        if (!name.matches("\\d{1,18}") || Files.isDirectory(folder)) {
            return CommonOptions.policy(folder, shell, say);
        }
        var lifecycle = new PolicyLifecycle(database, shell.clock(), Gate.OPEN);
        try {
            return shell.policies().load(lifecycle.files(Long.parseLong(name)));
        } catch (LifecycleException e) {
            throw CommandFailure.of(CommandFailure.USAGE, e.problems(), say.locale());
        } catch (BadPolicyException e) {
            throw CommandFailure.of(CommandFailure.BAD, e.problems(), say.locale());
        }
    }

    /** The one that is live. */
    static Policy live(Database database, Terminal shell, Phrases say) throws CommandFailure {
        try {
            return shell.policies().load(new PolicyLifecycle(database, shell.clock(), Gate.OPEN).liveFiles());
        } catch (BadPolicyException e) {
            throw CommandFailure.of(CommandFailure.BAD, e.problems(), say.locale());
        }
    }

    /** The words of the one that is live; null when it cannot be used, which says nothing of what was decided before. */
    static @Nullable Vocabulary liveWords(Database database, Terminal shell) {
        try {
            return shell.policies()
                    .load(new PolicyLifecycle(database, shell.clock(), Gate.OPEN).liveFiles())
                    .vocabulary();
        } catch (BadPolicyException e) {
            return null;
        }
    }
}
