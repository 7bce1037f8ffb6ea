package liandong.console;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import liandong.decision.Decision;
import liandong.decision.Decisions;
import liandong.explain.Phrases;
import liandong.incident.Member.Role;
import liandong.incident.Term;
import liandong.journal.Entry;
import liandong.wire.AnswerShape;
import org.springframework.context.i18n.LocaleContextHolder;

/** How decisions end, in words for people. */
final class Outcomes {
    private Outcomes() {}

    /** The word for how a kept decision ended; its code when no decision knows it any more. */
    static String word(Entry entry) {
        Locale locale = LocaleContextHolder.getLocale();
        if (entry.outcome().equals("MIXED")) {
            return Say.of(locale, "outcome.mixed");
        }
        return of(entry.kind(), locale).getOrDefault(entry.outcome(), entry.outcome());
    }

    /** Every outcome that a decision may have, by code, with its word. */
    static Map<String, String> of(Decision<?, ?> kind, Locale locale) {
        var words = new TreeMap<String, String>();
        var say = new Phrases(locale);
        for (AnswerShape.Field field : kind.shape().fields()) {
            Object[] values = field.component().value().getEnumConstants();
            if (field.component().role() == Role.OUTCOME && values != null) {
                for (Object value : values) {
                    Term word = (Term) value;
                    words.putIfAbsent(word.code(), say.word(word));
                }
            }
        }
        return words;
    }

    /** Every outcome that some decision may have, by code, with its word. */
    static Map<String, String> all(Locale locale) {
        var all = new TreeMap<String, String>();
        Decisions.all().forEach(kind -> of(kind, locale).forEach(all::putIfAbsent));
        return all;
    }
}
