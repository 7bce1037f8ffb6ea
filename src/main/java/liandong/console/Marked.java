package liandong.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import liandong.explain.Story;
import liandong.explain.Story.Mark;
import liandong.explain.Story.Part;

/**
 * A piece of a text that was read, with what it did.
 *
 * @param text the piece
 * @param part what it did, the weightiest of all that it did, in small letters; empty for nothing
 * @param says what the first rows say that name it, a line each, shortened
 */
record Marked(String text, String part, String says) {
    private static final int MOST_LINES = 4;
    private static final int LONGEST_LINE = 60;

    /** A text cut where words that had a part in it begin and end. */
    static List<Marked> of(Story story) {
        String text = story.text();
        var cuts = new TreeSet<Integer>(List.of(0, text.length()));
        for (Mark mark : story.marks()) {
            cuts.add(Math.min(mark.start(), text.length()));
            cuts.add(Math.min(mark.end(), text.length()));
        }
        var pieces = new ArrayList<Marked>();
        int from = 0;
        for (int to : cuts) {
            if (to > from) {
                pieces.add(piece(story, from, to));
                from = to;
            }
        }
        return pieces;
    }

    private static Marked piece(Story story, int from, int to) {
        List<Mark> own = story.marks().stream()
                .filter(mark -> mark.start() <= from && mark.end() >= to)
                .toList();
        String part = own.stream()
                .map(Mark::part)
                .min(Comparator.comparingInt(Marked::weight))
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .orElse("");
        String says = own.stream()
                .map(mark -> mark.row() + " " + shortened(mark.says()))
                .distinct()
                .limit(MOST_LINES)
                .collect(Collectors.joining("\n"));
        return new Marked(story.text().substring(from, to), part, says);
    }

    private static String shortened(String says) {
        return says.length() <= LONGEST_LINE ? says : says.substring(0, LONGEST_LINE) + "…";
    }

    private static int weight(Part part) {
        return switch (part) {
            case NEGATED -> 0;
            case DANGER -> 1;
            case DECIDES -> 2;
            case SUPPORTS -> 3;
            case NATURE -> 4;
            case CONTEXT -> 5;
        };
    }
}
