package liandong.cli;

import liandong.decision.EscalationOutcome;
import liandong.wire.DecisionKind;
import liandong.wire.EscalationDesk;
import picocli.CommandLine.Command;

/** {@code escalate}: answers a file of cases in progress. */
@Command(
        name = "escalate",
        description = {
            "Says of each case in progress of a file what is to be done about it now, and when to ask again.",
            "",
            "Reads NDJSON, one request a line: the incident with its eventType; severity, urgency, lead, assisting,"
                    + " conference and stages as the routing answer had them; assignedAt; events, each with kind and"
                    + " at, and where it needs them stage, body, reason or until; and, where counted, similar (count,"
                    + " days, area) and noClearLaw. Writes one JSON document a line to standard output, in the order"
                    + " of the input; a line that cannot be answered gets its own problem and the rest go on. A"
                    + " summary goes to standard error.",
            "",
            "An action that the events say has been done is not asked for again. Before nextReviewAt the answer stays"
                    + " as it is unless something happens: one timer a case will do.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:every line has been answered",
            "1:a line or the policy is wrong; every fault is told with its place",
            "2:the command was called wrongly, or a file cannot be read"
        },
        footer = {
            "  java -jar target/liandong.jar escalate cases.ndjson > actions.ndjson",
            "  java -jar target/liandong.jar escalate cases.ndjson --explain --now 2026-12-02T09:00:00+08:00",
            "  cat cases.ndjson | java -jar target/liandong.jar escalate - --policy /srv/policy"
        })
final class EscalateCommand extends CaseFileCommand<EscalationOutcome> {
    EscalateCommand(Shell shell) {
        super(shell, EscalationOutcome.class, EscalationDesk::new);
    }

    @Override
    String name() {
        return "escalate";
    }

    @Override
    DecisionKind decision() {
        return DecisionKind.ESCALATION;
    }
}
