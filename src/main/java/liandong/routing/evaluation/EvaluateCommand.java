package liandong.routing.evaluation;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import liandong.cli.cases.CsvRows;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.CommonOptions;
import liandong.cli.terminal.Input;
import liandong.cli.terminal.JsonOption;
import liandong.cli.terminal.ProgressLine;
import liandong.cli.terminal.Terminal;
import liandong.decision.DecisionService;
import liandong.decision.Decisions;
import liandong.engine.DecisionFailedException;
import liandong.engine.EngineResult;
import liandong.explain.Columns;
import liandong.explain.Phrases;
import liandong.explain.PolicyRows;
import liandong.incident.Area;
import liandong.incident.Source;
import liandong.incident.Term;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.LineRef;
import liandong.problem.Problem;
import liandong.routing.KeywordRow;
import liandong.routing.Routing;
import liandong.routing.RoutingDecision;
import liandong.routing.RoutingOutcome;
import liandong.routing.Tally;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code evaluate}: compares answers with labels. */
@Command(
        name = "evaluate",
        description = {
            "Decides labelled texts and tells how often the answer is the label.",
            "",
            "Reads CSV (UTF-8 or GB18030) with a header. Each row's text is routed as a report from the widest area"
                    + " and the first source of the vocabulary, received now. Tells how many were answered and"
                    + " rightly so, how many a person would have to judge and why, precision and recall by label, the"
                    + " confusion matrix, and the most frequent confusions with the keywords that led to them.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeList = {
            "0:all rows could be used",
            "1:a row, a label or the policy is wrong; every fault is told, the other rows are evaluated",
            "2:the command was called wrongly, or the file cannot be read"
        },
        footer = {
            "  java -jar target/liandong.jar evaluate messages.csv --text text --label label --against topic",
            "  java -jar target/liandong.jar evaluate messages.csv --text 正文 --label 承办单位 --against lead",
            "  java -jar target/liandong.jar evaluate m.csv --text text --label label --against topic --json"
        })
public final class EvaluateCommand implements Callable<Integer> {
    private static final int TEXT_SHOWN = 40;
    private static final int VOTES_SHOWN = 5;
    private static final int LABELS_SHOWN = 20;

    private static final Routing ROUTING = (Routing) Decisions.named("ROUTING");

    private final Terminal shell;

    @Parameters(paramLabel = "FILE|-", description = "The labelled texts; - reads standard input.")
    private String file = "-";

    @Option(names = "--text", paramLabel = "COL", required = true, description = "The column of the texts.")
    private String textColumn = "";

    @Option(
            names = "--label",
            paramLabel = "COL",
            required = true,
            description = "The column of the labels: labels, or codes, of the vocabulary.")
    private String labelColumn = "";

    @Option(
            names = "--against",
            paramLabel = "topic|category|lead|eventType",
            required = true,
            converter = Against.Name.class,
            description = "The part of the answer that the labels are compared with.")
    private Against against = Against.TOPIC;

    @Mixin
    private JsonOption json = new JsonOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    private final Set<String> unknownLabels = new HashSet<>();

    public EvaluateCommand(Terminal shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        Phrases say = common.phrases();
        var result = new Evaluation();
        Policy policy;
        try (Input input = Input.open(file, shell, say)) {
            var rows = new CsvRows(input, say);
            int text = column(rows, textColumn, say);
            int label = column(rows, labelColumn, say);
            policy = common.policy(shell);
            var clerk = new Clerk(policy, common.clock(shell).instant(), say);
            try (ProgressLine bar = new ProgressLine("evaluate", input, shell)) {
                for (CsvRows.Row row = rows.next(); row != null; row = rows.next()) {
                    Problem fault = rows.fault(row);
                    if (fault != null) {
                        result.unusable(List.of(fault));
                    } else {
                        clerk.take(row, row.fields().get(text), row.fields().get(label), result);
                    }
                    bar.step();
                }
            }
        }
        show(new EvaluationReport(file, labelColumn, against, policy.label(), policy.version(), result), result, say);
        return result.problems().isEmpty() ? 0 : CommandFailure.BAD;
    }

    private int column(CsvRows rows, String name, Phrases say) throws CommandFailure {
        int column = rows.header().indexOf(name);
        if (column < 0) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    List.of(say.of("evaluate.noColumn", file, name, String.join(", ", rows.header()))));
        }
        return column;
    }

    private void show(EvaluationReport report, Evaluation result, Phrases say) throws IOException {
        String shown = json.isGiven() ? Json.writeIndented(report.json(say.locale())) + "\n" : report.text(say);
        shell.print(shown);
        if (!json.isGiven()) {
            result.problems().forEach(problem -> shell.err().println(problem.line(say.locale())));
            if (result.moreProblems() > 0) {
                shell.err().println(say.of("evaluate.moreProblems", result.moreProblems()));
            }
        }
    }

    /** Decides one row after another. */
    private final class Clerk {
        private final Policy policy;
        private final DecisionService service;
        private final PolicyRows rows;
        private final String now;
        private final Source source;
        private final Area area;

        Clerk(Policy policy, Instant now, Phrases say) throws CommandFailure {
            this.policy = policy;
            this.service = new DecisionService(() -> policy, Clock.fixed(now, ZoneOffset.UTC));
            this.rows = new PolicyRows(policy);
            this.now = now.toString();
            var areas = policy.vocabulary().all(Area.class).stream()
                    .min(Comparator.comparingInt(each -> each.level().rank()));
            var sources = policy.vocabulary().all(Source.class).stream().findFirst();
            if (areas.isEmpty() || sources.isEmpty()) {
                throw new CommandFailure(CommandFailure.BAD, List.of(say.of("evaluate.noWords")));
            }
            this.area = areas.get();
            this.source = sources.get();
        }

        void take(CsvRows.Row row, String text, String label, Evaluation result) {
            var at = new LineRef(file, row.line());
            if (label.isBlank()) {
                result.unusable(List.of(Problem.of(Code.MISSING_FIELD, at, labelColumn, "")));
                return;
            }
            EngineResult<RoutingDecision> answer;
            try {
                answer = decide(request(row, text), result);
            } catch (BadRequestException e) {
                result.unusable(e.problems().stream()
                        .map(problem -> new Problem(problem.code(), at, problem.args()))
                        .toList());
                return;
            } catch (DecisionFailedException e) {
                result.unusable(
                        List.of(new Problem(e.problem().code(), at, e.problem().args())));
                return;
            }
            String wanted = known(label.strip(), at, result);
            RoutingDecision decision = answer.decision();
            Term said = against.in(decision);
            if (decision.outcome() == RoutingOutcome.MANUAL_TRIAGE) {
                result.triaged(wanted, decision.reason());
            } else if (said == null) {
                result.ended(wanted, decision.outcome());
            } else {
                result.answered(wanted, said.label(), () -> example(row, text, answer));
            }
        }

        /**
         * Decides, at the beginning of the calendar's last year if from now on a limit would run beyond it: what is
         * compared does not depend on the day, and a row should not be lost to it.
         */
        private EngineResult<RoutingDecision> decide(ObjectNode request, Evaluation result) throws BadRequestException {
            try {
                return service.decide(ROUTING, request).result();
            } catch (BadRequestException e) {
                if (e.problems().get(0).code() != Code.CALENDAR_ENDED) {
                    throw e;
                }
                ZonedDateTime start = policy.calendar()
                        .lastYear()
                        .atDay(1)
                        .atStartOfDay(policy.calendar().zone());
                request.put("now", start.toOffsetDateTime().toString());
                request.withObject("/incident")
                        .put("reportedAt", start.toOffsetDateTime().toString());
                EngineResult<RoutingDecision> answer =
                        service.decide(ROUTING, request).result();
                result.decidedAsOf(start.toLocalDate());
                return answer;
            }
        }

        private ObjectNode request(CsvRows.Row row, String text) {
            ObjectNode incident = Json.object();
            incident.put("id", String.valueOf(row.number()));
            incident.put("reportedAt", now);
            incident.put("source", source.code());
            incident.put("area", area.code());
            incident.put("text", text);
            ObjectNode request = Json.object();
            request.set("incident", incident);
            return request;
        }

        /** The label as the vocabulary has it; as it is, and told once, when the vocabulary has not. */
        private String known(String label, LineRef at, Evaluation result) {
            Term term = policy.vocabulary().find(against.set(), label);
            if (term != null) {
                return term.label();
            }
            if (unknownLabels.add(label)) {
                List<? extends Term> all = policy.vocabulary().all(against.set());
                String nearest = policy.vocabulary().nearest(against.set(), label);
                String allowed =
                        all.stream().limit(LABELS_SHOWN).map(Term::label).collect(Collectors.joining(", "));
                result.problem(Problem.of(
                        Code.UNKNOWN_CODE,
                        at,
                        Columns.shortened(label, TEXT_SHOWN),
                        against.json(),
                        (nearest == null ? "" : nearest + "? ") + allowed + (all.size() > LABELS_SHOWN ? ", …" : "")));
            }
            return label;
        }

        private Evaluation.Example example(CsvRows.Row row, String text, EngineResult<RoutingDecision> answer) {
            Tally tally = answer.finding(Tally.class);
            List<Evaluation.Vote> votes = tally == null
                    ? List.of()
                    : deciding(tally, answer.decision()).stream()
                            .limit(VOTES_SHOWN)
                            .map(vote -> new Evaluation.Vote(
                                    vote.ref().id(), rows.words(vote.ref().id(), tally.matter()), vote.points()))
                            .toList();
            return new Evaluation.Example(row.number(), Columns.shortened(text, TEXT_SHOWN), votes);
        }

        /** The keyword rows that spoke for the topic, or else for the event type, that was answered. */
        private List<KeywordRow> deciding(Tally tally, RoutingDecision decision) {
            var classification = decision.about();
            @Nullable
            List<KeywordRow> forType = classification == null || against == Against.TOPIC
                    ? null
                    : tally.candidates().stream()
                            .filter(votes -> votes.of().equals(classification.eventType()))
                            .map(Tally.Votes::rows)
                            .findFirst()
                            .orElse(null);
            if (forType != null) {
                return forType;
            }
            return tally.topics().isEmpty() ? List.of() : tally.topics().get(0).rows();
        }
    }
}
