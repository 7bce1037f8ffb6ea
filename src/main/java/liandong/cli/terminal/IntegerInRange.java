package liandong.cli.terminal;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Whole numbers within bounds: what is none of them must not be taken for another, or for none at all. */
public abstract class IntegerInRange implements ITypeConverter<Integer> {
    /** The most days that anything is kept for or looked back on: a hundred years. */
    public static final int MOST_DAYS = 36_500;

    private final int least;
    private final int most;

    /** Those from one to another. */
    protected IntegerInRange(int least, int most) {
        this.least = least;
        this.most = most;
    }

    @Override
    public final Integer convert(String text) {
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new TypeConversionException("'" + text + "' is no whole number from " + least + " to " + most);
        }
        return Integer.valueOf(text);
    }

    /** How long something is kept. */
    public static final class Age extends IntegerInRange {
        Age() {
            super(1, MOST_DAYS);
        }
    }
}
