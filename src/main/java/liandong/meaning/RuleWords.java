package liandong.meaning;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liandong.policy.Policy;

/**
 * The names and numbers in the rules of two policies: facts that rules may look at themselves, without a table.
 *
 * @param names every name
 * @param numbers every number, and those beside it
 */
record RuleWords(Set<String> names, Set<BigDecimal> numbers) {
    /** What is no code: comments, titles and annotations. */
    private static final Pattern NO_CODE = Pattern.compile(
            "/\\*.*?\\*/|//[^\n]*|\"(?:\\\\.|[^\"\\\\])*\"|^\\s*@[^\n]*", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern NAME = Pattern.compile("[A-Za-z_$][\\w$]*");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w$.])\\d{1,9}(?:\\.\\d{1,6})?(?![\\w$.])");

    static RuleWords of(List<Policy> policies) {
        var names = new HashSet<String>();
        var numbers = new TreeSet<BigDecimal>();
        for (Policy policy : policies) {
            policy.files().rules().forEach((file, bytes) -> {
                String code = NO_CODE.matcher(new String(bytes, StandardCharsets.UTF_8))
                        .replaceAll(" ");
                Matcher name = NAME.matcher(code);
                while (name.find()) {
                    names.add(name.group());
                }
                Matcher number = NUMBER.matcher(code);
                while (number.find()) {
                    numbers.add(new BigDecimal(number.group()));
                }
            });
        }
        return new RuleWords(names, numbers);
    }

    /** Whether rules may look at a fact of this name. */
    boolean mention(String name) {
        String getter = "get" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
        return names.contains(name) || names.contains(getter);
    }
}
