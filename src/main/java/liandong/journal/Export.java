package liandong.journal;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import liandong.decision.Decisions;
import liandong.journal.Archive.Cursor;
import liandong.journal.Archive.Found;
import liandong.sheet.FormulaText;
import liandong.wire.AnswerShape;
import liandong.wire.AnswerShape.Field;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import tools.jackson.databind.JsonNode;

/** Writes decisions to a stream, the oldest first, however many there are, in the same memory. */
public final class Export {
    private static final int PAGE = 500;

    private final Archive archive;
    private final Personal personal;

    /**
     * An export.
     *
     * @param personal opens personal fields, where it can
     */
    public Export(Archive archive, Personal personal) {
        this.archive = archive;
        this.personal = personal;
    }

    /** Writes one entry. */
    @FunctionalInterface
    private interface Line {
        void write(Entry entry) throws IOException;
    }

    /** As NDJSON: all of each decision on a line. */
    public long ndjson(DecisionQuery search, OutputStream out, LongConsumer progress) throws IOException {
        Writer text = text(out);
        long written = each(search, progress, entry -> {
            text.write(Json.write(DecisionJson.whole(entry, personal)));
            text.write('\n');
        });
        text.flush();
        return written;
    }

    /**
     * As CSV for spreadsheet programs: with a byte order mark, by which they know that it is UTF-8, and with an apostrophe
     * before what they would take for a formula. When decisions of one kind are wanted, each member that their answers label
     * has a column of its own, called by its path.
     */
    public long csv(DecisionQuery search, OutputStream out, LongConsumer progress) throws IOException {
        Writer text = text(out);
        text.write('\uFEFF');
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text);
        List<Field> members = members(search);
        var header = new ArrayList<>(List.of(
                "decisionId",
                "keptAt",
                "kind",
                "incidentId",
                "outcome",
                "eventType",
                "bodies",
                "rules",
                "rows",
                "policy",
                "caller",
                "personal",
                "request",
                "answer"));
        members.forEach(member -> header.add(member.path()));
        csv.writeRecord(header);
        long written = each(search, progress, entry -> {
            var fields = new ArrayList<>(List.of(
                    entry.id(),
                    entry.keptAt().toString(),
                    entry.kind().code(),
                    entry.subject(),
                    entry.outcome(),
                    marked(entry, "eventType"),
                    marked(entry, "body"),
                    marked(entry, "rule"),
                    marked(entry, "row"),
                    entry.policy(),
                    entry.caller(),
                    entry.personal().name(),
                    DecisionJson.request(entry, personal),
                    personal.answer(entry)));
            if (!members.isEmpty()) {
                JsonNode answer = answer(entry);
                members.forEach(member -> fields.add(AnswerShape.at(answer, member.path()).stream()
                        .map(Export::shown)
                        .collect(Collectors.joining("、"))));
            }
            fields.replaceAll(Export::plain);
            csv.writeRecord(fields);
        });
        csv.flush();
        return written;
    }

    private static Writer text(OutputStream out) {
        return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
    }

    /** What answers of the one kind that is wanted label; empty when several kinds are. */
    private static List<Field> members(DecisionQuery search) {
        return Decisions.all().stream()
                .filter(decision -> search.marks().contains("kind " + decision.code()))
                .flatMap(decision -> decision.shape().fields().stream())
                .filter(field -> !field.label().isEmpty() && !field.trace())
                .toList();
    }

    private JsonNode answer(Entry entry) {
        try {
            return Json.read(personal.answer(entry));
        } catch (BadRequestException e) {
            return Json.object(); // somebody has changed it: it is shown as it stands in its own column
        }
    }

    private static String shown(JsonNode value) {
        return value.isObject()
                ? value.path("label").asString("")
                : value.isString() ? value.stringValue() : value.toString();
    }

    private static String marked(Entry entry, String name) {
        return String.join(" ", DecisionJson.marked(entry, name));
    }

    private static String plain(String field) {
        return FormulaText.looksLikeOne(field) ? "'" + field : field;
    }

    private long each(DecisionQuery search, LongConsumer progress, Line line) throws IOException {
        long written = 0;
        Cursor cursor = null;
        do {
            Found page = archive.oldest(search, cursor, PAGE);
            for (Entry entry : page.entries()) {
                line.write(entry);
            }
            written += page.entries().size();
            progress.accept(written);
            cursor = page.next();
        } while (cursor != null);
        return written;
    }
}
