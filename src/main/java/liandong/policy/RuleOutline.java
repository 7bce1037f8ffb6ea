package liandong.policy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.table.Row;
import org.jspecify.annotations.Nullable;

/**
 * What a rule asks and what it gives, read off its text: enough to draw what follows from what, not what it decides.
 *
 * @param code its code, e.g. {@code "RTE-040"}; its whole name when it has none
 * @param title one line of policy
 * @param source what it rests on; empty when it does not say
 * @param file the rule file it stands in
 * @param section the headline in that file ({@code // ———— 一、收件 ————}) that it stands below; empty for none
 * @param text the rule as its author wrote it
 * @param tables the rows of the tables it asks itself
 * @param consults what it asks by name besides tables, e.g. {@code "reader"}
 * @param asks the conclusions of other rules that it begins from, by name
 * @param gives the conclusions it comes to
 */
public record RuleOutline(
        String code,
        String title,
        String source,
        String file,
        String section,
        String text,
        List<Class<? extends Row>> tables,
        List<String> consults,
        List<String> asks,
        List<String> gives) {
    private static final Pattern RULE = Pattern.compile(
            "(?m)^[ \\t]*//[ \\t]*[—─=-]{2,}[ \\t]*(?<section>[^—─\\n]*[^—─\\s=-])[ \\t]*[—─=-]*[ \\t]*$"
                    + "|^[ \\t]*rule[ \\t]+\"(?<name>[^\"\\n]+)\"(?<body>(?s:.*?))^[ \\t]*end\\b[^\\n]*$");
    private static final Pattern NAME = Pattern.compile("([A-Z]+-\\d+) (.+)");
    private static final Pattern SOURCE = Pattern.compile("@source\\(\\s*\"((?:[^\"\\\\\\n]|\\\\.)*)\"\\s*\\)");
    /** What is no code: comments, texts and annotations. */
    private static final Pattern NO_CODE =
            Pattern.compile("//[^\\n]*|/\\*(?s:.*?)\\*/|\"(?:[^\"\\\\\\n]|\\\\.)*\"|(?m:^[ \\t]*@\\w+[^\\n]*)");

    private static final Pattern THEN = Pattern.compile("(?m)^[ \\t]*then\\b");
    /** A pattern of a condition: what it is bound to, and its type. What is made anew is no pattern. */
    private static final Pattern PATTERN = Pattern.compile(
            "(?:(?<bound>\\$\\w+)\\s*:\\s*)?(?<!new )(?<![\\w.$])(?<type>[A-Z]\\w*(?:\\.[A-Z]\\w*)*)\\s*\\(");

    private static final Pattern FROM = Pattern.compile("\\G\\s*from\\b");
    private static final Pattern INSERT = Pattern.compile("\\binsert(?:Logical)?\\s*\\(");
    private static final Pattern HEAD = Pattern.compile(
            "\\G\\s*(?:new\\s+(?<made>[A-Z]\\w*(?:\\.[A-Z]\\w*)*)\\s*\\(|(?<type>[A-Z]\\w*)|(?<name>[$a-z]\\w*))");
    private static final Pattern CALL = Pattern.compile("\\G\\s*\\.\\s*(\\w+)\\s*\\(");
    private static final Pattern WORD = Pattern.compile("(?<![\\w.$])[A-Za-z_]\\w*");

    /** The rules of a policy, file by file, in the order they are written in. */
    public static List<RuleOutline> of(PolicyFiles files, PolicySchema schema) {
        var reader = new Reader(schema);
        var rules = new ArrayList<RuleOutline>();
        for (RuleSource source : RuleSource.of(files.rules(), problem -> {})) {
            String section = "";
            Matcher each = RULE.matcher(source.drl());
            while (each.find()) {
                if (each.group("section") != null) {
                    section = each.group("section").strip();
                } else {
                    rules.add(reader.rule(source.name(), section, each));
                }
            }
        }
        return reader.joined(rules);
    }

    /** What one may consult by name in rules, and its type. */
    public static Map<String, Class<?>> helpers(PolicySchema schema) {
        Map<String, Class<?>> globals = schema.globals();
        globals.keySet().removeAll(List.of("tables", "vocabulary"));
        return globals;
    }

    private RuleOutline asking(List<String> others) {
        return new RuleOutline(code, title, source, file, section, text, tables, consults, others, gives);
    }

    private static final class Reader {
        private final Map<String, Class<?>> types;
        private final Map<String, Class<?>> globals;
        private final Map<String, Class<?>> helpers;
        private final Map<String, String> former;
        private final Set<Class<? extends Row>> rows;

        Reader(PolicySchema schema) {
            types = schema.types();
            globals = schema.globals();
            helpers = helpers(schema);
            former = schema.former();
            rows = Set.copyOf(schema.tables().values());
        }

        RuleOutline rule(String file, String section, Matcher rule) {
            String whole = rule.group("name").strip();
            Matcher named = NAME.matcher(whole);
            boolean coded = named.matches();
            Matcher source = SOURCE.matcher(rule.group("body"));
            String code = blanked(rule.group("body"));
            Matcher then = THEN.matcher(code);
            int end = then.find() ? then.end() : code.length();
            String when = code.substring(0, end);
            var asks = new LinkedHashSet<String>();
            Map<String, Class<?>> bound = bound(when, asks);
            return new RuleOutline(
                    coded ? named.group(1) : whole,
                    coded ? named.group(2) : whole,
                    source.find() ? source.group(1) : "",
                    file,
                    section,
                    rule.group().strip(),
                    words(code)
                            .flatMap(name -> rows.stream().filter(row -> row.equals(type(name))))
                            .distinct()
                            .toList(),
                    words(code).filter(helpers::containsKey).distinct().toList(),
                    List.copyOf(asks),
                    gives(code.substring(end), bound));
        }

        /** The same with no comment and no text in it, every character where it was. */
        private static String blanked(String text) {
            return NO_CODE.matcher(text)
                    .replaceAll(found -> " ".repeat(found.group().length()));
        }

        private static Stream<String> words(String code) {
            return WORD.matcher(code).results().map(MatchResult::group);
        }

        private @Nullable Class<?> type(String name) {
            String[] parts = name.split("\\.", -1);
            Class<?> type = types.get(former.getOrDefault(parts[0], parts[0]));
            for (int i = 1; i < parts.length && type != null; i++) {
                String within = parts[i];
                type = Stream.of(type.getDeclaredClasses())
                        .filter(each -> each.getSimpleName().equals(within))
                        .findFirst()
                        .orElse(null);
            }
            return type;
        }

        /**
         * What conditions bind.
         *
         * @param asks gets the types that they look for among what other rules gave
         */
        private Map<String, Class<?>> bound(String when, Set<String> asks) {
            var bound = new HashMap<String, Class<?>>();
            Matcher pattern = PATTERN.matcher(when);
            while (pattern.find()) {
                Class<?> type = type(pattern.group("type"));
                if (type != null && pattern.group("bound") != null) {
                    bound.put(pattern.group("bound"), type);
                }
                Matcher from = FROM.matcher(when);
                if (!from.find(Math.min(when.length(), closed(when, pattern.end())))) {
                    asks.add(pattern.group("type"));
                }
            }
            return bound;
        }

        /** Where what was opened before a place is closed. */
        private static int closed(String code, int at) {
            int depth = 1;
            int i = at;
            while (i < code.length() && depth > 0) {
                depth += code.charAt(i) == '(' ? 1 : code.charAt(i) == ')' ? -1 : 0;
                i++;
            }
            return i;
        }

        private List<String> gives(String then, Map<String, Class<?>> bound) {
            var gives = new LinkedHashSet<String>();
            Matcher insert = INSERT.matcher(then);
            while (insert.find()) {
                String given = given(then, insert.end(), bound);
                if (given != null) {
                    gives.add(given);
                }
            }
            return List.copyOf(gives);
        }

        /** What an expression gives; null when its text does not tell. */
        private @Nullable String given(String code, int at, Map<String, Class<?>> bound) {
            Matcher head = HEAD.matcher(code);
            if (!head.find(at)) {
                return null;
            }
            if (head.group("made") != null) {
                Class<?> made = type(head.group("made"));
                return made == null ? head.group("made") : made.getSimpleName();
            }
            Class<?> type = head.group("type") != null
                    ? type(head.group("type"))
                    : bound.getOrDefault(head.group("name"), globals.get(head.group("name")));
            Matcher call = CALL.matcher(code);
            int end = head.end();
            boolean ofType = head.group("type") != null;
            while (type != null && call.find(end)) {
                type = returned(type, call.group(1), ofType);
                ofType = false;
                end = closed(code, call.end());
            }
            return type == null ? null : type.getSimpleName();
        }

        private static @Nullable Class<?> returned(Class<?> type, String name, boolean ofType) {
            return Stream.concat(Stream.of(type.getDeclaredMethods()), Stream.of(type.getMethods()))
                    .filter(method -> method.getName().equals(name)
                            && !method.isBridge()
                            && Modifier.isStatic(method.getModifiers()) == ofType)
                    .min(Comparator.comparing(Method::toString))
                    .<Class<?>>map(Method::getReturnType)
                    .orElse(null);
        }

        /** Of what a rule looks for, what some rule gives: whoever looks for a kind looks for everything of that kind. */
        List<RuleOutline> joined(List<RuleOutline> rules) {
            Set<String> given = rules.stream()
                    .flatMap(rule -> rule.gives().stream())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            return rules.stream()
                    .map(rule -> rule.asking(rule.asks().stream()
                            .flatMap(asked -> given.stream().filter(each -> isOne(each, asked)))
                            .distinct()
                            .toList()))
                    .toList();
        }

        private boolean isOne(String given, String asked) {
            Class<?> kind = type(asked);
            Class<?> type = type(given);
            return given.equals(asked)
                    || (kind != null && type != null && kind.isAssignableFrom(type))
                    || (kind != null && given.equals(kind.getSimpleName()));
        }
    }
}
