package liandong.table;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import liandong.problem.CellRef;
import liandong.problem.Code;
import liandong.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Tells of characters that do not say what they look like: two names that look the same but are not, and what cannot be
 * seen at all.
 */
final class Characters {
    /** Cyrillic, Greek and other letters and signs, each before the one of ASCII that it is taken for. */
    private static final String OTHER_SCRIPTS =
            "АAВBЕEКKМMНHОOРPСCТTХXУYЅSІIЈJԚQԜWаaеeоoрpсcхxуyѕsіiјjԛqԝwһhԁdӏl" // Cyrillic
                    + "ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoνvΡP" // Greek
                    + "‐-‑-‒-–-−-﹣-－-"; // hyphens and dashes

    /** Parts of characters, as copying from PDF files gives them, each before the character itself. */
    private static final String RADICALS =
            "⺟母⺠民⻁虎⻄西⻅见⻆角⻈讠⻉贝⻊足⻋车⻌辶⻑长⻒镸⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄" + "⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻲亀⻳龟";

    private static final Map<Integer, String> LOOKALIKES = lookalikes();
    private static final String QUOTATION_MARKS = "\"'“”‘’„‟‚‛«»＂＇";

    /** What ends a clause, stands between words, or is meant as a pattern: nobody writes it within a word. */
    private static final String DIVIDERS = "，,；;。！!？?…|｜*＊\n\r\t";

    /** What stands between two words where it stands between Chinese characters; elsewhere it may be of one: 4G/5G, C++. */
    private static final String BETWEEN = "/／+＋&＆";

    private final Consumer<Problem> problems;

    Characters(Consumer<Problem> problems) {
        this.problems = problems;
    }

    private static Map<Integer, String> lookalikes() {
        var lookalikes = new HashMap<Integer, String>();
        for (String pairs : new String[] {OTHER_SCRIPTS, RADICALS}) {
            for (int i = 0; i < pairs.length(); i += 2) {
                lookalikes.put((int) pairs.charAt(i), pairs.substring(i + 1, i + 2));
            }
        }
        return lookalikes;
    }

    /** Whether a quick look shows that all characters of a text can be seen; false where it takes a closer one. */
    static boolean areVisible(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean mark = (c >= 0xFF01 && c <= 0xFF5E) || (c >= 0x2010 && c <= 0x2027);
            if (c < 0x7F ? c < ' ' : !mark && !isCommon(c)) {
                return false;
            }
        }
        return true;
    }

    /** Tells of the first character of any text that cannot be seen. */
    void mustBeVisible(String text, CellRef at) {
        for (int i = 0; i < text.length(); i++) {
            int c = text.codePointAt(i);
            if ((c < 0x7F ? c < ' ' : !isCommon(c)) && isInvisible(c)) {
                problems.accept(Problem.of(Code.INVISIBLE_CHARACTERS, at, text, named(c)));
                return;
            }
            i += Character.charCount(c) - 1;
        }
    }

    /**
     * Tells of what makes a name another one than it looks like.
     *
     * @param name a name that is not known, or one that is being given
     */
    void mustBePlain(String name, CellRef at) {
        if (name.chars().allMatch(c -> c < 0x7F || isCommon(c))) {
            return;
        }
        int first = -1;
        var plain = new StringBuilder();
        for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
            int c = name.codePointAt(i);
            String meant = c < 0x7F || isCommon(c) ? null : meant(c);
            first = first < 0 && meant != null ? c : first;
            plain.append(meant == null ? Character.toString(c) : meant);
        }
        if (first >= 0) {
            problems.accept(Problem.of(Code.LOOKALIKE_CHARACTERS, at, name, named(first), plain));
        }
    }

    /** Tells of a text that is understood when some of its characters are taken for those that they look like. */
    void tellLookalike(String text, String plain, CellRef at) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != plain.charAt(i)) {
                problems.accept(Problem.of(Code.LOOKALIKE_CHARACTERS, at, text, named(text.codePointAt(i)), plain));
                return;
            }
        }
    }

    /** Tells of quotation marks around or within a name. */
    void mustBeUnquoted(String name, CellRef at) {
        for (int i = 0; i < name.length(); i++) {
            if (QUOTATION_MARKS.indexOf(name.charAt(i)) >= 0) {
                problems.accept(Problem.of(Code.QUOTATION_MARKS, at, name, name.charAt(i)));
                return;
            }
        }
    }

    /** Tells of a word to look for that no text is likely to hold, as several were written without 、 between them. */
    void mustBeOneWord(String word, CellRef at) {
        for (int i = 0; i < word.length(); i++) {
            if (divides(word, i)) {
                String shown = word.replaceAll("\\s", " ");
                problems.accept(Problem.of(Code.DIVIDED_WORD, at, shown, named(word.charAt(i)), listed(word)));
                return;
            }
        }
    }

    /** Whether a word holds a sign that divides words, of which {@link #mustBeOneWord} tells. */
    static boolean isDivided(String word) {
        return IntStream.range(0, word.length()).anyMatch(at -> divides(word, at));
    }

    /**
     * What was written as one word, as a list of those that it seems to be; where blanks leave a single character by itself, as the
     * one word without them.
     */
    static String listed(String word) {
        List<String> pieces = List.of(word.strip().split("[\\s\\p{Z}]+"));
        if (pieces.stream().allMatch(piece -> piece.codePoints().allMatch(Character::isIdeographic))
                && pieces.stream().anyMatch(piece -> piece.codePointCount(0, piece.length()) == 1)) {
            return String.join("", pieces);
        }
        var parts = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            parts.append(divides(word, i) ? '、' : word.charAt(i));
        }
        return parts.toString().replaceAll("\\s*、[\\s、]*", "、").replaceAll("^、|、$", "");
    }

    /** Whether words are divided at a place: by a sign that nobody writes within one, or by blanks, strokes and the like between Chinese characters. */
    private static boolean divides(String word, int at) {
        boolean between = BETWEEN.indexOf(word.charAt(at)) >= 0;
        if (!between && !Character.isSpaceChar(word.charAt(at))) {
            return DIVIDERS.indexOf(word.charAt(at)) >= 0;
        }
        String before = word.substring(0, at).stripTrailing();
        String behind = word.substring(between ? at + 1 : at).stripLeading();
        return !before.isEmpty()
                && !behind.isEmpty()
                && Character.isIdeographic(before.codePointBefore(before.length()))
                && Character.isIdeographic(behind.codePointAt(0));
    }

    /** The characters and the punctuation that nearly all text here is made of. */
    private static boolean isCommon(int c) {
        return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3001 && c <= 0x3011);
    }

    private static boolean isInvisible(int c) {
        if (c == '\n' || c == '\r' || c == '\t') {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> true;
            default ->
                (c >= 0xFE00 && c <= 0xFE0F) // chooses the form of the character before it
                        || (c >= 0xE0100 && c <= 0xE01EF)
                        || c == 0x034F
                        || c == 0x115F
                        || c == 0x1160
                        || c == 0x3164
                        || c == 0xFFA0
                        || c == 0x2800;
        };
    }

    /** What a character is taken for; null when for itself. */
    private static @Nullable String meant(int c) {
        String known = LOOKALIKES.get(c);
        if (known != null) {
            return known;
        }
        boolean wide = (c >= '０' && c <= '９') || (c >= 'Ａ' && c <= 'Ｚ') || (c >= 'ａ' && c <= 'ｚ');
        boolean radical = c >= 0x2E80 && c <= 0x2FDF;
        boolean compatible = (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
        boolean mathematical = c >= 0x1D400 && c <= 0x1D7FF;
        boolean blank = Character.isSpaceChar(c) && c != 0x3000;
        if (!wide && !radical && !compatible && !mathematical && !blank) {
            return null;
        }
        String itself = Character.toString(c);
        String meant = Normalizer.normalize(itself, Normalizer.Form.NFKC);
        return meant.equals(itself) ? null : meant;
    }

    private static String named(int c) {
        String code = "U+" + HexFormat.of().withUpperCase().toHexDigits(c, c > 0xFFFF ? 5 : 4);
        String name = Character.getName(c);
        return name == null ? code : code + " " + name.toUpperCase(Locale.ROOT);
    }
}
