package liandong.publication;

import java.util.List;
import java.util.Locale;
import liandong.policy.PolicyFiles;
import liandong.wire.CheckJson;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Policies, their lives and their differences as JSON. */
public final class PolicyJson {
    private PolicyJson() {}

    /**
     * All policies.
     *
     * @param live what is live; null when nothing is
     * @param scheduled what is to be
     */
    public static ObjectNode of(List<Proposal> proposals, @Nullable Publication live, List<Publication> scheduled) {
        ObjectNode json = Json.object();
        if (live != null) {
            json.set("live", of(live));
        }
        ArrayNode ahead = json.putArray("scheduled");
        scheduled.forEach(each -> ahead.add(of(each)));
        ArrayNode policies = json.putArray("policies");
        proposals.forEach(each -> policies.add(brief(each)));
        return json;
    }

    /** A policy with everything that happened to it. */
    public static ObjectNode of(Proposal proposal) {
        ObjectNode json = brief(proposal);
        ArrayNode log = json.putArray("log");
        for (Proposal.Entry entry : proposal.log()) {
            log.addObject()
                    .put("at", entry.at().toString())
                    .put("by", entry.person())
                    .put("what", entry.what().name())
                    .put("content", entry.content())
                    .put("label", entry.label())
                    .put("note", entry.note());
        }
        return json;
    }

    private static ObjectNode brief(Proposal proposal) {
        ObjectNode json = Json.object();
        json.put("policy", proposal.no());
        json.put("label", proposal.label());
        json.put("state", proposal.state().name());
        json.put("content", proposal.content());
        ArrayNode authors = json.putArray("authors");
        proposal.authors().stream().sorted().forEach(authors::add);
        ArrayNode approvals = json.putArray("approvals");
        for (Proposal.Approval approval : proposal.approvals()) {
            approvals
                    .addObject()
                    .put("by", approval.person())
                    .put("at", approval.at().toString())
                    .put("over", approval.over());
        }
        Publication publication = proposal.publication();
        if (publication != null) {
            json.set("publication", of(publication));
        }
        return json;
    }

    /** A publication. */
    public static ObjectNode of(Publication publication) {
        ObjectNode json = Json.object();
        json.put("publication", publication.no());
        json.put("policy", publication.policy());
        json.put("kind", publication.kind().name());
        json.put("content", publication.content());
        json.put("version", publication.version());
        json.put("effectiveAt", publication.effectiveAt().toString());
        json.put("publishedAt", publication.publishedAt().toString());
        json.put("by", publication.person());
        Long restores = publication.restores();
        if (restores != null) {
            json.put("restores", restores);
        }
        return json;
    }

    /**
     * What came of a check.
     *
     * @param files what was checked
     * @param locale the language of messages
     */
    public static ObjectNode of(CheckOutcome checkup, PolicyFiles files, Locale locale) {
        ObjectNode json = Json.object();
        json.put("good", checkup.good());
        json.set("policy", of(checkup.proposal()));
        json.set("check", CheckJson.of(files, checkup.problems(), checkup.test() != null, locale));
        var test = checkup.test();
        if (test != null) {
            json.set("test", test.json(locale, null));
        }
        return json;
    }

    /** What differs between two policies. */
    public static ObjectNode of(PolicyDiff diff) {
        ObjectNode json = Json.object();
        json.put("from", diff.from()).put("to", diff.to());
        ArrayNode files = json.putArray("files");
        for (PolicyDiff.FileDiff file : diff.files()) {
            ObjectNode one = files.addObject();
            one.put("path", file.path()).put("change", file.change().name());
            if (!file.text().isEmpty()) {
                one.put("text", file.text());
            }
            if (!file.sheets().isEmpty()) {
                ArrayNode sheets = one.putArray("sheets");
                file.sheets().forEach(sheet -> sheets.add(sheet(sheet)));
            }
        }
        return json;
    }

    private static ObjectNode sheet(SheetDiff sheet) {
        ObjectNode json = Json.object();
        json.put("sheet", sheet.sheet()).put("change", sheet.change().name());
        ArrayNode rows = json.putArray("rows");
        for (SheetDiff.RowDiff row : sheet.rows()) {
            ObjectNode one = rows.addObject();
            one.put("row", row.row())
                    .put("change", row.change().name())
                    .put("at", row.at().toString());
            ArrayNode cells = one.putArray("cells");
            for (SheetDiff.CellDiff cell : row.cells()) {
                cells.addObject()
                        .put("column", cell.column())
                        .put("at", cell.at().toString())
                        .put("from", cell.from())
                        .put("to", cell.to());
            }
        }
        return json;
    }
}
