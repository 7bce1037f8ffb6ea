package liandong.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import liandong.explain.Phrases;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.problem.FileRef;
import liandong.wire.Moments;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that all commands here have. */
public final class CommonOptions {
    @Option(
            names = "--policy",
            paramLabel = "DIR",
            description = "Policy folder with decision-tables/ and, if it has rules of its own, rules/;"
                    + " the stock policy inside the program unless given.")
    private @Nullable Path folder;

    @Option(
            names = "--now",
            paramLabel = "TIME",
            converter = Moment.class,
            description = "The moment of every decision whose request names none, with its offset:"
                    + " 2026-11-20T16:30:00+08:00. The present unless given.")
    private @Nullable Instant now;

    @Mixin
    private LanguageOption language = new LanguageOption();

    public Phrases phrases() {
        return language.phrases();
    }

    /** Gives the moment of decisions. */
    public Clock clock(Terminal shell) {
        return now == null ? shell.clock() : Clock.fixed(now, ZoneOffset.UTC);
    }

    /**
     * The policy to decide by.
     *
     * @throws CommandFailure if it cannot be used; says everything that is wrong with it
     */
    public Policy policy(Terminal shell) throws CommandFailure {
        return policy(folder, shell, phrases());
    }

    /**
     * The policy of a folder.
     *
     * @param folder null for the stock policy
     * @throws CommandFailure if it cannot be used; says everything that is wrong with it
     */
    public static Policy policy(@Nullable Path folder, Terminal shell, Phrases say) throws CommandFailure {
        try {
            if (folder != null && !Files.isDirectory(folder)) {
                throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("policy.noFolder", folder)));
            }
            return shell.policies().load(folder == null ? PolicyFiles.stock() : PolicyFiles.folder(folder));
        } catch (BadPolicyException e) {
            throw CommandFailure.of(CommandFailure.BAD, e.problems(), say.locale());
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("input.unreadable", String.valueOf(folder))));
        }
    }

    public static final class Moment implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            OffsetDateTime moment = Moments.read(text, new FileRef("--now"), fault -> {
                throw new TypeConversionException(fault.message(Locale.ENGLISH) + " " + fault.help(Locale.ENGLISH));
            });
            return Objects.requireNonNull(moment, "what is none is thrown").toInstant();
        }
    }
}
