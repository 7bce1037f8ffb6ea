package liandong.cli.terminal;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a word of a closed set as people type it, in capitals too.
 *
 * @param <E> the set
 */
public abstract class EnumConverter<E extends Enum<E>> implements ITypeConverter<E> {
    private final Class<E> set;

    public EnumConverter(Class<E> set) {
        this.set = set;
    }

    /** A word as it is typed: small, with hyphens, unless a set has words of its own. */
    public String typed(E word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A word of the set as it is typed, whatever is known of it. */
    public String shown(Object word) {
        return typed(set.cast(word));
    }

    @Override
    public E convert(String text) {
        return Arrays.stream(set.getEnumConstants())
                .filter(each -> typed(each).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of "
                        + Arrays.stream(set.getEnumConstants()).map(this::typed).collect(Collectors.joining(", "))));
    }
}
