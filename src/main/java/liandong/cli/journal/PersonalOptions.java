package liandong.cli.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import liandong.cli.terminal.CommandFailure;
import liandong.explain.Phrases;
import liandong.journal.Personal;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which fields of requests are personal, and the key that opens them. */
public final class PersonalOptions {
    @Option(
            names = "--personal-field",
            paramLabel = "POINTER",
            split = "\n", // in a file of settings, or a variable: a line each
            hideParamSyntax = true,
            description =
                    "JSON pointer to a personal field of requests; may be given several times. /incident/text, the"
                            + " reporter's words, unless given.")
    private List<String> fields = Personal.FIELDS;

    @Option(
            names = "--personal-key",
            paramLabel = "FILE",
            description =
                    "File with the key of personal fields: 32 bytes in Base64, as `openssl rand -base64 32` writes"
                            + " them.")
    private @Nullable Path key;

    List<String> fields() {
        return fields;
    }

    /**
     * The key.
     *
     * @return null when none is given
     * @throws CommandFailure if it cannot be read
     */
    byte @Nullable [] key(Phrases say) throws CommandFailure {
        return key == null ? null : key(key, say);
    }

    /**
     * The key in a file.
     *
     * @throws CommandFailure if it cannot be read
     */
    static byte[] key(Path file, Phrases say) throws CommandFailure {
        try {
            byte[] bytes = Personal.key(file);
            if (bytes != null) {
                return bytes;
            }
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("input.unreadable", file)));
        }
        throw new CommandFailure(
                CommandFailure.USAGE,
                List.of(Problem.of(Code.BAD_KEY_FILE, new FileRef(file.toString()), file)
                        .line(say.locale())));
    }

    /** Opens personal fields that were encrypted with the key, if one is given. */
    public Personal reader(Phrases say) throws CommandFailure {
        byte[] bytes = key(say);
        return bytes == null ? Personal.kept() : Personal.opened(fields, bytes);
    }
}
