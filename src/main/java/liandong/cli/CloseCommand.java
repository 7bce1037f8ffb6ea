package liandong.cli;

import liandong.decision.ClosureOutcome;
import liandong.wire.ClosureDesk;
import liandong.wire.DecisionKind;
import picocli.CommandLine.Command;

/** {@code close}: answers a file of concluded and followed-up cases. */
@Command(
        name = "close",
        description = {
            "Says of each case of a file whether it is done: accepted, to be redone, followed up or closed.",
            "",
            "Reads NDJSON, one request a line: the incident with its eventType; severity, urgency, lead and stages"
                    + " as the routing answer had them, each stage with its doneAt; handling (concludedAt, proofs,"
                    + " redos); and, once the citizen has been asked, followUp (at, by, how, satisfaction, cause,"
                    + " triesBefore). Writes one JSON document a line to standard output, in the order of the input;"
                    + " a line that cannot be answered gets its own problem and the rest go on. A summary goes to"
                    + " standard error.",
            "",
            "Whether a case is followed up is drawn from its id: asked again, it gets the same answer.",
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
            "  java -jar target/liandong.jar close cases.ndjson > answers.ndjson",
            "  java -jar target/liandong.jar close cases.ndjson --explain --now 2026-12-02T09:00:00+08:00",
            "  cat cases.ndjson | java -jar target/liandong.jar close - --policy /srv/policy"
        })
final class CloseCommand extends CaseFileCommand<ClosureOutcome> {
    CloseCommand(Shell shell) {
        super(shell, ClosureOutcome.class, ClosureDesk::new);
    }

    @Override
    String name() {
        return "close";
    }

    @Override
    DecisionKind decision() {
        return DecisionKind.CLOSURE;
    }
}
