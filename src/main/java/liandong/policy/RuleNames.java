package liandong.policy;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import liandong.incident.Nearest;
import liandong.problem.Code;
import liandong.problem.Problem;

/**
 * The names that rules may use, whatever Java looks like inside: every type by its simple name, every global, and what earlier
 * formats called them.
 *
 * <p>Rules need no imports of ours. Those that policies of the first format have are understood by the simple name at their
 * end. Lines stay where they are, so that what the compiler says of a line is true of its author's.
 */
final class RuleNames {
    /** Strings and comments are left as they are; a name is taken with all that is joined to it by dots. */
    private static final Pattern TOKEN =
            Pattern.compile("\"(?:[^\"\\\\\\n]++|\\\\.)*+\"|'(?:[^'\\\\\\n]++|\\\\.)*+'|//[^\\n]*|/\\*(?s:.*?)\\*/"
                    + "|(?<![\\w.$])[A-Za-z_$][\\w$]*(?:\\.[A-Za-z_$][\\w$]*)*");

    private static final Pattern IMPORT = Pattern.compile(
            "(?m)^([ \\t]*)import[ \\t]+(?:static[ \\t]+|function[ \\t]+)?(liandong\\.[\\w.*]+)[ \\t]*;?");
    private static final Pattern GLOBAL = Pattern.compile("(?m)^([ \\t]*)global[ \\t]+([\\w.]+)[ \\t]+(\\w+)[ \\t]*;?");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^[ \\t]*package[ \\t]+[\\w.]+[ \\t]*;?");
    private static final String OURS = "liandong.";

    private final Map<String, Class<?>> types;
    private final Map<String, Class<?>> globals;
    private final Map<String, String> former;
    private final String declarations;

    RuleNames(PolicySchema schema) {
        types = schema.types();
        globals = schema.globals();
        former = schema.former();
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
     * @param problems told of each name of ours that there is none of
     */
    String resolve(RuleSource source, Consumer<Problem> problems) {
        var text = new StringBuilder(source.drl());
        replace(text, IMPORT, found -> {
            String name = found.group(2).substring(found.group(2).lastIndexOf('.') + 1);
            if (!name.equals("*") && !known(name)) {
                problems.accept(unknown(source, text, found.start(2), name));
            }
            return found.group(1);
        });
        replace(text, GLOBAL, found -> globals.containsKey(found.group(3)) ? found.group(1) : found.group());
        replace(text, TOKEN, found -> named(found.group(), source, text, found.start(), problems));
        Matcher head = PACKAGE.matcher(text);
        if (head.find()) {
            String statement = text.substring(head.start(), head.end());
            text.insert(head.end(), (statement.endsWith(";") ? "" : ";") + declarations);
        } else {
            text.insert(0, declarations.strip() + " ");
        }
        return text.toString();
    }

    private interface Replacement {
        String of(Matcher found);
    }

    private static void replace(StringBuilder text, Pattern pattern, Replacement replacement) {
        Matcher matcher = pattern.matcher(text.toString());
        String replaced = matcher.replaceAll(found -> Matcher.quoteReplacement(replacement.of((Matcher) found)));
        text.setLength(0);
        text.append(replaced);
    }

    /** A name as it is called now; strings and comments as they are. */
    private String named(String token, RuleSource source, CharSequence text, int at, Consumer<Problem> problems) {
        if (!Character.isJavaIdentifierStart(token.charAt(0))) {
            return token;
        }
        if (token.startsWith(OURS)) {
            return ours(token, source, text, at, problems);
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
    private String ours(String token, RuleSource source, CharSequence text, int at, Consumer<Problem> problems) {
        String[] parts = token.split("\\.", -1);
        for (int i = 0; i < parts.length; i++) {
            if (Character.isUpperCase(parts[i].charAt(0))) {
                if (!known(parts[i])) {
                    problems.accept(unknown(source, text, at, parts[i]));
                    return token;
                }
                parts[i] = former.getOrDefault(parts[i], parts[i]);
                return String.join(".", List.of(parts).subList(i, parts.length));
            }
        }
        return token;
    }

    private boolean known(String name) {
        return types.containsKey(name) || former.containsKey(name);
    }

    private Problem unknown(RuleSource source, CharSequence text, int at, String name) {
        int line = 1 + (int) text.chars().limit(at).filter(each -> each == '\n').count();
        String nearest = Nearest.of(name, types.keySet());
        return Problem.of(
                Code.UNKNOWN_RULE_NAME,
                source.at(line, name),
                name,
                PolicyFormat.NEWEST,
                nearest == null ? String.join(", ", types.keySet()) : nearest);
    }
}
