package liandong.console;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import liandong.problem.Phrasebook;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.NoSuchMessageException;

/** What the pages say, in both languages: the texts of {@code liandong/console/messages*.properties}. */
final class Say implements MessageSource {
    static final String BUNDLE = "liandong.console.messages";

    private static final Phrasebook BOOK = new Phrasebook(BUNDLE);

    /** The text of a key, with its values filled in; empty when there is none. */
    static String of(Locale locale, String key, Object... args) {
        return BOOK.text(key, locale, Arrays.stream(args).map(String::valueOf).toList());
    }

    @Override
    public @Nullable String getMessage(
            String code, Object @Nullable [] args, @Nullable String defaultMessage, @Nullable Locale locale) {
        String text = text(code, args, locale);
        return text.isEmpty() ? defaultMessage : text;
    }

    @Override
    public String getMessage(String code, Object @Nullable [] args, @Nullable Locale locale) {
        String text = text(code, args, locale);
        if (text.isEmpty()) {
            throw new NoSuchMessageException(code);
        }
        return text;
    }

    @Override
    public String getMessage(MessageSourceResolvable resolvable, @Nullable Locale locale) {
        String[] codes = resolvable.getCodes();
        return getMessage(codes == null || codes.length == 0 ? "" : codes[0], resolvable.getArguments(), locale);
    }

    private static String text(String code, Object @Nullable [] args, @Nullable Locale locale) {
        List<String> values = args == null
                ? List.of()
                : Arrays.stream(args).map(String::valueOf).toList();
        return BOOK.text(code, locale == null ? Locale.CHINESE : locale, values);
    }
}
