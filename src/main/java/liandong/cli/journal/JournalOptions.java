package liandong.cli.journal;

import java.util.List;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.EnumConverter;
import liandong.cli.terminal.IntegerInRange;
import liandong.explain.Phrases;
import liandong.journal.Keeping;
import liandong.journal.Personal;
import liandong.journal.Personal.How;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a service keeps its answers. */
public final class JournalOptions {
    @Option(
            names = "--journal",
            paramLabel = "required|best-effort|off",
            converter = KeepingName.class,
            description =
                    "What becomes of an answer that cannot be kept: required, it is refused with 503 (unless given);"
                            + " best-effort, it is given all the same and counted; off, nothing is kept at all.")
    private Keeping keeping = Keeping.REQUIRED;

    @Option(
            names = "--personal",
            paramLabel = "keep|mask|encrypt",
            converter = HowName.class,
            description =
                    "What is done to personal fields before they are kept: keep (unless given); mask, they are lost"
                            + " and the decision cannot be run again; encrypt, with the key of --personal-key. What an"
                            + " answer quotes of them is hidden too; its reasons, and the index, still tell what they"
                            + " were about.")
    private How how = How.KEPT;

    @Option(
            names = "--retain-days",
            paramLabel = "N",
            converter = IntegerInRange.Age.class,
            description = "Take decisions away when they are older than N days; they are kept for ever unless given.")
    private int retainDays;

    @Mixin
    private PersonalOptions personal = new PersonalOptions();

    private static final class KeepingName extends EnumConverter<Keeping> {
        KeepingName() {
            super(Keeping.class);
        }
    }

    private static final class HowName extends EnumConverter<How> {
        HowName() {
            super(How.class);
        }

        @Override
        public String typed(How word) {
            return switch (word) {
                case KEPT -> "keep";
                case MASKED -> "mask";
                case ENCRYPTED -> "encrypt";
            };
        }
    }

    /** What becomes of an answer that cannot be kept. */
    public Keeping keeping() {
        return keeping;
    }

    /** How old a decision may become, in days; 0 for ever. */
    public int retainDays() {
        return retainDays;
    }

    /**
     * What is done to personal fields.
     *
     * @throws CommandFailure if they are to be encrypted and there is no key, or it cannot be read
     */
    public Personal personal(Phrases say) throws CommandFailure {
        byte[] key = personal.key(say);
        return switch (how) {
            case KEPT -> personal.reader(say);
            case MASKED -> Personal.masked(personal.fields());
            case ENCRYPTED -> {
                if (key == null) {
                    throw new CommandFailure(
                            CommandFailure.USAGE,
                            List.of(Problem.of(Code.NO_PERSONAL_KEY, new FileRef("--personal"))
                                    .line(say.locale())));
                }
                yield Personal.encrypted(personal.fields(), key);
            }
        };
    }
}
