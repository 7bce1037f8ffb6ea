package liandong.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.incident.Nearest;
import liandong.problem.Code;
import liandong.problem.Problem;

/**
 * The names that rules may use, whatever Java looks like inside: every type by its simple name, every global, and what earlier
 * formats called them.
 *
 * <p>Rules need no imports of ours. Those that policies of the first format have are understood by the simple name at their
 * end. Lines stay where they are, so that the line of what the compiler says is its author's.
 */
final class RuleNames {
    /**
     * Strings and comments, which are left as they are; statements about names; names, each with all that is joined to it by
     * dots.
     */
    private static final Pattern TOKEN = Pattern.compile("\"(?:[^\"\\\\\\n]++|\\\\.)*+\"|'(?:[^'\\\\\\n]++|\\\\.)*+'"
            + "|//[^\\n]*|/\\*(?s:.*?)\\*/"
            + "|(?<=\\A|\\n|;|\\*/)[ \\t]*(?:(?<package>package[ \\t]+[\\w.]+[ \\t]*;?)"
            + "|import[ \\t]+(?:static[ \\t]+|function[ \\t]+)?(?<import>liandong\\.(?!rules\\.)[\\w.*]+)[ \\t]*;?"
            + "|global[ \\t]+(?<type>[\\w.]+)[ \\t]+(?<global>\\w+)[ \\t]*;?)"
            + "|(?<name>(?<![\\w.$])[A-Za-z_$][\\w$]*+(?:\\.[A-Za-z_$][\\w$]*+)*+)");

    private static final Pattern COMMENT = Pattern.compile("//[^\\n]*|/\\*(?s:.*?)\\*/");

    /** Types that rules declare; what only adds to a type that is imported declares none. */
    private static final Pattern DECLARED = Pattern.compile(
            "(?m)^[ \\t]*declare[ \\t]+(?:trait[ \\t]+|enum[ \\t]+)?(\\w++)(?!\\s*@\\w+\\([^)]*\\)\\s*end)");

    /** Types of others that rules import, which may be called as ours are. */
    private static final Pattern FOREIGN = Pattern.compile(
            "(?m)^[ \\t]*import[ \\t]+(?!static|function|liandong\\.(?!rules\\.))[\\w.]+\\.([A-Z]\\w*)");

    /** What rules declare lies in their own package. */
    private static final String OF_RULES = "liandong.rules.";

    private static final String OURS = "liandong.";
    private static final int MOST_NAMED = 12;

    private final Map<String, Class<?>> types;
    private final Map<String, Class<?>> globals;
    private final Map<String, String> former;
    private final String declarations;

    /**
     * The names that these rules may use; what they declare themselves, or import from others, is called so in all of them,
     * whatever ours is or was called.
     *
     * @param sources all rules of a policy
     */
    RuleNames(PolicySchema schema, List<? extends RuleSource> sources) {
        Set<String> own = sources.stream()
                .map(source -> COMMENT.matcher(source.drl()).replaceAll(""))
                .flatMap(drl -> Stream.of(DECLARED, FOREIGN)
                        .flatMap(pattern -> pattern.matcher(drl).results()))
                .map(declared -> declared.group(1))
                .collect(Collectors.toSet());
        types = schema.types();
        types.entrySet().removeIf(type -> own.contains(type.getKey()) && !isOfTheJdk(type.getValue()));
        globals = schema.globals();
        former = schema.former();
        former.keySet().removeAll(own);
        declarations = types.values().stream()
                        .map(type -> " import " + type.getCanonicalName() + ";")
                        .collect(Collectors.joining())
                + globals.entrySet().stream()
                        .map(each -> " global " + each.getValue().getCanonicalName() + " " + each.getKey() + ";")
                        .collect(Collectors.joining());
    }

    /**
     * Rules with every name of ours resolved, line by line.
     *
     * @param problems gets each name of ours that there is none of
     */
    String resolve(RuleSource source, Consumer<Problem> problems) {
        var resolved = new StringBuilder();
        boolean declared = false;
        Matcher token = TOKEN.matcher(source.drl());
        while (token.find()) {
            token.appendReplacement(resolved, "");
            String imported = token.group("import");
            String global = token.group("global");
            if (imported != null) {
                resolved.append(imported(token.group(), imported, source, token.start("import"), problems));
            } else if (token.group("package") != null && !declared) {
                resolved.append(token.group())
                        .append(token.group().endsWith(";") ? "" : ";")
                        .append(declarations);
                declared = true;
            } else if (token.group("name") != null) {
                resolved.append(named(token.group(), source, token.start(), problems));
            } else if (global == null) {
                resolved.append(token.group());
            } else if (!globals.containsKey(global)) {
                String type = token.group("type");
                resolved.append(token.group().replace(type, named(type, source, token.start("type"), problems)));
            }
        }
        token.appendTail(resolved);
        return declared ? resolved.toString() : declarations.strip() + " " + resolved;
    }

    /**
     * An import of ours: dropped when it names a type, as every type is imported; what lies within a type is imported from
     * where the type is now.
     *
     * @param statement the whole statement
     * @param name what it imports
     */
    private String imported(String statement, String name, RuleSource source, int at, Consumer<Problem> problems) {
        String[] parts = name.split("\\.", -1);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].isEmpty() || !Character.isUpperCase(parts[i].charAt(0))) {
                continue;
            }
            Class<?> type = types.get(former.getOrDefault(parts[i], parts[i]));
            if (type == null) {
                problems.accept(unknown(source, at, parts[i]));
                return "";
            }
            if (i == parts.length - 1) {
                return "";
            }
            String within = String.join(".", List.of(parts).subList(i + 1, parts.length));
            return statement.replace(name, type.getCanonicalName() + "." + within);
        }
        return "";
    }

    /** A name as it is called now. */
    private String named(String token, RuleSource source, int at, Consumer<Problem> problems) {
        if (token.startsWith(OURS) && !token.startsWith(OF_RULES)) {
            return ours(token, source, at, problems);
        }
        int dot = token.indexOf('.');
        String first = dot < 0 ? token : token.substring(0, dot);
        int second = dot < 0 ? -1 : token.indexOf('.', dot + 1);
        String question = second < 0 ? token : token.substring(0, second);
        if (dot >= 0 && former.containsKey(question)) {
            return former.get(question) + token.substring(question.length());
        }
        return former.containsKey(first) && !types.containsKey(first)
                ? former.get(first) + token.substring(first.length())
                : token;
    }

    /** A type of ours that is named with its package: packages are Java's own business. */
    private String ours(String token, RuleSource source, int at, Consumer<Problem> problems) {
        String[] parts = token.split("\\.", -1);
        for (int i = 0; i < parts.length; i++) {
            if (Character.isUpperCase(parts[i].charAt(0))) {
                if (!known(parts[i])) {
                    problems.accept(unknown(source, at, parts[i]));
                    return token;
                }
                parts[i] = former.getOrDefault(parts[i], parts[i]);
                return String.join(".", List.of(parts).subList(i, parts.length));
            }
        }
        return token;
    }

    /** What everybody imports of the JDK may be imported once more. */
    private static boolean isOfTheJdk(Class<?> type) {
        return type.getName().startsWith("java.");
    }

    private boolean known(String name) {
        return types.containsKey(name) || former.containsKey(name);
    }

    /** Some of the names there are; all of them would be more than anybody reads. */
    private String some() {
        return types.keySet().stream().limit(MOST_NAMED).collect(Collectors.joining(", ", "", ", …"));
    }

    private Problem unknown(RuleSource source, int at, String name) {
        int line = 1
                + (int) source.drl()
                        .chars()
                        .limit(at)
                        .filter(each -> each == '\n')
                        .count();
        String nearest = Nearest.of(name, types.keySet());
        return Problem.of(
                Code.UNKNOWN_RULE_NAME,
                source.at(line, name),
                name,
                PolicyFormat.NEWEST,
                nearest == null ? some() : nearest);
    }
}
