package liandong.routing.evaluation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.reading.TextForm;

/** A text as an example sentence of a policy: no longer than needed, and without numbers that lead to a person. */
final class ExampleText {
    private static final int LONGEST = 120;
    private static final String MASK = "＊";

    /** Digits with blanks and hyphens between, and the letter at the end of an identity card's number. */
    private static final Pattern NUMBER = Pattern.compile("\\d(?:[ -]{0,2}\\d)*(?:x(?![a-z]))?");

    /** A telephone number has at least seven digits, without its area; so many are no year, house or amount. */
    private static final int DIGITS = 7;

    private ExampleText() {}

    /** A text with numbers that look like those of telephones or identity cards masked, cut after 120 characters. */
    static String of(String text) {
        String line = masked(text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip());
        if (line.length() <= LONGEST) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return line.substring(0, end).strip();
    }

    private static String masked(String text) {
        Matcher number = NUMBER.matcher(TextForm.of(text)); // as long as the text itself
        var masked = new StringBuilder();
        int from = 0;
        while (number.find()) {
            if (number.group().chars().filter(Character::isDigit).count() >= DIGITS) {
                masked.append(text, from, number.start()).append(MASK);
                from = number.end();
            }
        }
        return masked.append(text.substring(from)).toString();
    }

    /**
     * A text as texts and example sentences are compared: two that differ in nothing but spelling, signs, masked numbers and
     * what is cut off are the same.
     */
    static String key(String text) {
        String form = TextForm.of(of(text));
        var key = new StringBuilder();
        form.chars().filter(c -> TextForm.isWord((char) c)).forEach(c -> key.append((char) c));
        return key.isEmpty() ? form : key.toString();
    }
}
