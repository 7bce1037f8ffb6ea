package liandong.wire;

import java.math.BigDecimal;
import java.util.Collection;
import liandong.incident.Term;

/**
 * Facts in one spelling, however they were sent: terms by their codes, and nothing of what was not said. Whatever facts
 * another year's program may know besides, those that were sent today are spelled the same then.
 */
public final class Spelling {
    private final StringBuilder text = new StringBuilder();

    private Spelling() {}

    /** The spelling of facts. */
    public static String of(Record facts) {
        var spelling = new Spelling();
        spelling.value(facts);
        return spelling.text.toString();
    }

    private void value(Object value) {
        if (value instanceof Term term) {
            text(term.code());
        } else if (value instanceof Record record) {
            record(record);
        } else if (value instanceof Collection<?> values) {
            text.append('[');
            values.forEach(this::value);
            text.append(']');
        } else if (value instanceof BigDecimal number) {
            text(number.stripTrailingZeros().toString());
        } else {
            text(value.toString());
        }
    }

    private void record(Record record) {
        text.append('{');
        for (RecordType.Component component : RecordType.of(record.getClass()).components()) {
            Object value = component.of(record);
            if (value != null && !unsaid(value)) {
                text.append(component.name());
                value(value);
            }
        }
        text.append('}');
    }

    /** Whether a value is what stands for a fact that was not sent. */
    private static boolean unsaid(Object value) {
        return value.equals(false)
                || value.equals(0)
                || value.equals("")
                || (value instanceof BigDecimal number && number.signum() == 0)
                || (value instanceof Collection<?> values && values.isEmpty());
    }

    /** With its length before it, no text can pass for the end of one fact and the beginning of the next. */
    private void text(String of) {
        text.append(of.length()).append(':').append(of);
    }
}
