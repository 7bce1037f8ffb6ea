package liandong.cli.terminal;

import java.util.Locale;
import liandong.explain.Phrases;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option of the language that people are spoken to in. */
public final class LanguageOption {
    @Option(
            names = "--lang",
            paramLabel = "zh|en",
            converter = Language.class,
            description = "Language of what is said to people: Chinese or English; that of the system unless given.")
    private Locale language = Locale.getDefault();

    /** The language; that of the system unless another is given. */
    public Locale locale() {
        return language;
    }

    /** What is said, in that language. */
    public Phrases phrases() {
        return new Phrases(language);
    }

    private static final class Language implements ITypeConverter<Locale> {
        @Override
        public Locale convert(String text) {
            return switch (text) {
                case "zh" -> Locale.CHINESE;
                case "en" -> Locale.ENGLISH;
                default -> throw new TypeConversionException("'" + text + "' is neither zh nor en");
            };
        }
    }
}
