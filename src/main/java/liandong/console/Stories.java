package liandong.console;

import liandong.decision.Decision;
import liandong.decision.DecisionRecord;
import liandong.engine.Concluded;
import liandong.explain.Phrases;
import org.springframework.context.i18n.LocaleContextHolder;

/** Answers as a person reads them, in the page's language. */
final class Stories {
    private Stories() {}

    /** All of it. */
    static String whole(DecisionRecord<?, ?> record) {
        return page(record);
    }

    /** What was decided alone, without why. */
    static String outcome(DecisionRecord<?, ?> record) {
        String page = page(record);
        int end = page.indexOf("\n\n");
        return (end < 0 ? page : page.substring(0, end)).strip();
    }

    private static <F extends Record, D extends Record & Concluded> String page(DecisionRecord<F, D> record) {
        Decision<F, D> decision = record.decision();
        return decision.page(record, new Phrases(LocaleContextHolder.getLocale()));
    }
}
