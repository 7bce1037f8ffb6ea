package liandong.routing.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of the file label a part.
 *
 * @param part the part
 * @param column the column of the labels
 * @param acceptable the column of what is right too; null for none
 */
record PartColumns(Part part, String column, @Nullable String acceptable) {
    /** Something typed that cannot be understood, with the words that were. */
    static final class NotUnderstood extends Exception {
        private static final long serialVersionUID = 1L;

        NotUnderstood(String typed) {
            super(typed);
        }
    }

    /**
     * Understands what was typed: {@code part=COLUMN}, {@code part=COLUMN,ACCEPTABLE}, several of them with commas between,
     * or the part alone, whose column is that of {@code --label}.
     *
     * @param label the column of {@code --label}; null without one
     * @throws NotUnderstood if a part is none, is named twice, or has no column
     */
    static List<PartColumns> of(List<String> typed, @Nullable String label) throws NotUnderstood {
        var all = new ArrayList<PartColumns>();
        for (String argument : typed) {
            boolean inThisArgument = false;
            for (String piece : argument.split(",", -1)) {
                int equals = piece.indexOf('=');
                if (equals < 0 && inThisArgument && all.get(all.size() - 1).acceptable == null) {
                    PartColumns before = all.remove(all.size() - 1);
                    all.add(new PartColumns(before.part, before.column, piece.strip()));
                    continue;
                }
                Part part = Part.named(equals < 0 ? piece : piece.substring(0, equals));
                String column = equals < 0 ? label : piece.substring(equals + 1).strip();
                if (part == null
                        || column == null
                        || column.isEmpty()
                        || all.stream().anyMatch(each -> each.part == part)) {
                    throw new NotUnderstood(piece);
                }
                all.add(new PartColumns(part, column, null));
                inThisArgument = equals >= 0;
            }
        }
        all.sort((one, other) -> one.part.compareTo(other.part));
        return all;
    }
}
