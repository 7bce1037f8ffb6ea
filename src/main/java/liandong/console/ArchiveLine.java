package liandong.console;

import java.time.ZoneId;
import java.util.List;
import liandong.journal.Entry;
import liandong.journal.SearchTerms;

/**
 * A kept decision as a line of a list.
 *
 * @param kind what staff call the decision
 * @param type event types it names, by their labels
 * @param bodies bodies it names, by their labels
 * @param judged whether it was decided by what a person found
 */
record ArchiveLine(
        String id,
        String subject,
        String kind,
        String keptAt,
        String outcome,
        String caller,
        String type,
        String bodies,
        boolean judged) {
    static ArchiveLine of(Entry entry, ZoneId zone) {
        return new ArchiveLine(
                entry.id(),
                entry.subject(),
                entry.kind().label(),
                Times.minute(entry.keptAt(), zone),
                Outcomes.word(entry),
                entry.caller(),
                labels(entry, "eventType "),
                labels(entry, "body "),
                entry.marks().contains(SearchTerms.JUDGED));
    }

    /** Each term is marked by its code and by its label; codes are of capitals, digits and what joins them. */
    private static String labels(Entry entry, String mark) {
        List<String> all = entry.marks().stream()
                .filter(each -> each.startsWith(mark))
                .map(each -> each.substring(mark.length()))
                .toList();
        List<String> labels =
                all.stream().filter(each -> !each.matches("[A-Z0-9_.-]+")).toList();
        return String.join("、", labels.isEmpty() ? all : labels);
    }
}
