package liandong.explain;

import java.util.List;

/** A text of headings and indented entries, no wider than 100 columns. */
public final class Page {
    private static final int WIDTH = 100;

    private final StringBuilder text = new StringBuilder();

    /** A heading, set off from what is above it. */
    public void heading(String heading) {
        if (!text.isEmpty()) {
            text.append('\n');
        }
        text.append(heading).append('\n');
    }

    /** A paragraph at an indent. */
    public void paragraph(int indent, String paragraph) {
        entry(indent, "", paragraph);
    }

    /** A paragraph after a lead, such as a name or a dot, with its further lines below its beginning. */
    public void entry(int indent, String lead, String paragraph) {
        int hanging = indent + Columns.width(lead);
        List<String> lines = Columns.wrap(Columns.shown(paragraph), WIDTH - hanging);
        text.append(" ".repeat(indent)).append(lead).append(lines.get(0)).append('\n');
        for (String line : lines.subList(1, lines.size())) {
            text.append(" ".repeat(hanging)).append(line).append('\n');
        }
    }

    /** A line as it is, such as a line of a table. */
    public void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
