package liandong.publication;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.publication.Proposal.What;
import liandong.publication.Publication.Fate;
import liandong.publication.SheetDiff.RowDiff;
import org.jspecify.annotations.Nullable;

/**
 * Which publication changed what of a row, by whom and why (谁在何时改了什么). Safe for use by many threads.
 *
 * <p>What two workbooks differ in never changes, and the rows of a table are asked about one after the other, so it is
 * remembered for the latest pairs.
 */
public final class RowHistory {
    /** So many publications that changed a workbook are looked at, the latest. */
    public static final int MOST = 30;

    private final Publications publications;
    private final PolicyRepository shelf;

    /** By the hashes of the two workbooks; guarded by itself. */
    private final Map<List<@Nullable String>, List<SheetDiff>> known = new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<@Nullable String>, List<SheetDiff>> eldest) {
            return size() > MOST;
        }
    };

    RowHistory(Publications publications, PolicyRepository shelf) {
        this.publications = publications;
        this.shelf = shelf;
    }

    /**
     * A time that a row was changed.
     *
     * @param publication what made the change live
     * @param label what that policy is called
     * @param authors who had put something into it
     * @param because what they said why when they proposed it, and who published it; may be empty
     * @param change what became of the row
     */
    public record Step(Publication publication, String label, List<String> authors, String because, RowDiff change) {}

    /**
     * The changes of a row, the latest first; of the last {@value #MOST} publications that changed the workbook.
     *
     * @param path the workbook within the policy
     * @param now what is to be live later does not count
     * @param proposals gives the policy of a number
     */
    List<Step> of(String path, String sheet, String row, Instant now, LongFunction<Proposal> proposals) {
        List<Publication> begun = publications.all().stream()
                .filter(each -> each.fate() == Fate.STARTED
                        || (each.fate() == null && !each.effectiveAt().isAfter(now)))
                .sorted(Publication.ORDER.reversed())
                .toList();
        Map<String, String> blobs = shelf.blobs(path);
        var steps = new ArrayList<Step>();
        int compared = 0;
        for (int i = 0; i + 1 < begun.size() && compared < MOST; i++) {
            String after = blobs.get(begun.get(i).content());
            String before = blobs.get(begun.get(i + 1).content());
            if (!Objects.equals(before, after)) {
                compared++;
                for (RowDiff change : rows(path, before, after, sheet, row)) {
                    steps.add(step(begun.get(i), proposals.apply(begun.get(i).policy()), change));
                }
            }
        }
        return List.copyOf(steps);
    }

    private static Step step(Publication publication, Proposal proposal, RowDiff change) {
        String because = proposal.log().stream()
                .filter(entry -> !entry.at().isAfter(publication.publishedAt()))
                .filter(entry -> entry.seq() == 1 || entry.what() == What.PUBLISHED)
                .map(Proposal.Entry::note)
                .filter(note -> !note.isBlank())
                .collect(Collectors.joining("\n"));
        return new Step(
                publication,
                proposal.label(),
                proposal.authors().stream().sorted().toList(),
                because,
                change);
    }

    private List<RowDiff> rows(String path, @Nullable String before, @Nullable String after, String sheet, String row) {
        List<@Nullable String> pair = Stream.of(path, before, after).collect(Collectors.toCollection(ArrayList::new));
        List<SheetDiff> found;
        synchronized (known) {
            found = known.get(pair);
        }
        if (found == null) {
            found = SheetDiff.between(path.substring(path.lastIndexOf('/') + 1), shelf.blob(before), shelf.blob(after));
            synchronized (known) {
                known.put(pair, found);
            }
        }
        return found.stream()
                .filter(each -> each.sheet().equals(sheet))
                .flatMap(each -> each.rows().stream())
                .filter(each -> each.row().equals(row))
                .toList();
    }
}
