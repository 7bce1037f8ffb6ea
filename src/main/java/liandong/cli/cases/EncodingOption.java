package liandong.cli.cases;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --encoding} of commands that read CSV. */
public final class EncodingOption {
    private static final Charset GB18030 = Charset.forName("GB18030");

    @Option(
            names = "--encoding",
            paramLabel = "UTF-8|GB18030",
            converter = Name.class,
            description = "How a CSV file is encoded. Unless given, its bytes decide; it is told when it is not UTF-8.")
    private @Nullable Charset charset;

    /** The encoding; null when the bytes decide. */
    public @Nullable Charset charset() {
        return charset;
    }

    private static final class Name implements ITypeConverter<Charset> {
        @Override
        public Charset convert(String name) {
            return switch (name.toUpperCase(Locale.ROOT)) {
                case "UTF-8", "UTF8" -> StandardCharsets.UTF_8;
                case "GB18030", "GBK", "GB2312" -> GB18030;
                default -> throw new TypeConversionException("UTF-8 | GB18030");
            };
        }
    }
}
