package liandong.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The help of all commands in Chinese, and what is said of a command that was called wrongly.
 *
 * <p>English stands in the annotations of the commands; a test holds that every part of it is here as well.
 */
final class ChineseHelp {
    private static final String OPTION = "--lang";
    private static final ResourceBundle WORDS = words();

    private ChineseHelp() {}

    private static ResourceBundle words() {
        try (InputStream in = ChineseHelp.class.getResourceAsStream("help_zh.properties")) {
            return new PropertyResourceBundle(
                    new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a command is called in Chinese: by its option, else by the language of the system. */
    static boolean isWanted(String... args) {
        for (int i = 0; i < args.length; i++) {
            String language = args[i].startsWith(OPTION + "=")
                    ? args[i].substring(OPTION.length() + 1)
                    : args[i].equals(OPTION) && i + 1 < args.length ? args[i + 1] : null;
            if (language != null) {
                return language.equals("zh");
            }
        }
        return Locale.getDefault().getLanguage().equals(Locale.CHINESE.getLanguage());
    }

    /** Makes a program and its commands speak Chinese. */
    static void put(CommandLine program) {
        program.setResourceBundle(WORDS);
        head(program);
        program.setParameterExceptionHandler((wrong, args) -> {
            CommandLine command = wrong.getCommandLine();
            command.getErr().println(told(wrong));
            if (wrong instanceof UnmatchedArgumentException unmatched) {
                List<String> meant = unmatched.getSuggestions();
                if (!meant.isEmpty()) {
                    command.getErr().println(say("error.unmatchedHelp", String.join("、", meant)));
                }
            }
            command.getErr().println(say("error.try", command.getCommandSpec().qualifiedName()));
            return command.getCommandSpec().exitCodeOnInvalidInput();
        });
    }

    /** Puts the headings that a command has only above what it has. */
    private static void head(CommandLine command) {
        UsageMessageSpec help = command.getCommandSpec().usageMessage();
        if (!help.exitCodeList().isEmpty()) {
            help.exitCodeListHeading(say("heading.exitCodes"));
        }
        if (help.footer().length > 0) {
            help.footerHeading(say("heading.examples"));
        }
        command.getSubcommands().values().forEach(ChineseHelp::head);
    }

    private static String told(ParameterException wrong) {
        ArgSpec about = wrong.getArgSpec();
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            return say("error.unmatched", unmatched.getUnmatched().get(0));
        }
        if (wrong instanceof MissingParameterException missing) {
            return say(
                    "error.missing",
                    missing.getMissing().stream().map(ChineseHelp::name).collect(Collectors.joining("、")));
        }
        return about != null && wrong.getValue() != null
                ? say("error.value", wrong.getValue(), name(about)) + possible(String.valueOf(wrong.getMessage()))
                : say("error.other", String.valueOf(wrong.getMessage()));
    }

    /** What could be given instead, where our own converters have said so; empty otherwise. */
    private static String possible(String message) {
        Matcher words = Pattern.compile("' is none of (.*)$").matcher(message);
        if (words.find()) {
            return say("error.values", words.group(1).replace(", ", "、"));
        }
        Matcher range = Pattern.compile("' is no (?:whole )?number from (\\S+) to (\\S+)$")
                .matcher(message);
        return range.find() ? say("error.range", range.group(1), range.group(2)) : "";
    }

    private static String name(ArgSpec about) {
        return about.isOption()
                ? ((OptionSpec) about).longestName() + "（" + about.paramLabel() + "）"
                : about.paramLabel();
    }

    private static String say(String key, String... words) {
        String text = WORDS.getString(key);
        for (int i = 0; i < words.length; i++) {
            text = text.replace("{" + i + "}", words[i]);
        }
        return text;
    }
}
