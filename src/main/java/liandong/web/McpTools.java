package liandong.web;

import static liandong.access.Role.APPROVER;
import static liandong.access.Role.AUDITOR;
import static liandong.access.Role.CALLER;
import static liandong.access.Role.EDITOR;
import static liandong.access.Role.TESTER;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import liandong.access.Role;
import liandong.decision.Decision;
import liandong.decision.DecisionRecord;
import liandong.decision.DecisionService;
import liandong.decision.Decisions;
import liandong.decision.VocabularyJson;
import liandong.engine.Concluded;
import liandong.explain.Phrases;
import liandong.journal.Archive;
import liandong.journal.DecisionJson;
import liandong.journal.Personal;
import liandong.openapi.Content;
import liandong.policy.Policy;
import liandong.policy.PolicyHistory;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.publication.PolicyDiff;
import liandong.publication.PolicyLifecycle;
import liandong.replay.Impact;
import liandong.replay.ImpactReport;
import liandong.replay.LatestDecisions;
import liandong.scenario.Wanted;
import liandong.scenario.WhyNot;
import liandong.scenario.WhyNotAnswer;
import liandong.web.McpTool.Answer;
import liandong.web.McpTool.Call;
import liandong.web.McpTool.Effort;
import liandong.wire.BadRequestException;
import liandong.wire.FactReader;
import liandong.wire.PolicyRef;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What assistants may do here: ask, try, compare, look up. Each tool asks the service that the REST face asks, and may be used
 * by whoever may ask that; nothing is kept, and there is none that approves or publishes.
 *
 * <p>No route decides without keeping: those tools are for whoever may try a report in the console. What callers ask for and act
 * on is to be in the journal, so the role that asks for decisions alone tries none out.
 */
@Component
class McpTools {
    private static final Set<Role> READERS = EnumSet.of(TESTER, EDITOR, APPROVER, AUDITOR);
    private static final Set<Role> WORKERS = EnumSet.of(TESTER, EDITOR, APPROVER);
    private static final Set<Role> SEEKERS = EnumSet.of(CALLER, AUDITOR);

    /** How long one call may take where nobody can say how long it would. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final RequestPointer ROOT = new RequestPointer("");

    private final DecisionService service;
    private final PolicyHistory policy;
    private final PolicyLifecycle life;
    private final Archive archive;
    private final Personal personal;
    private final CheckController checks;
    private final TestController tests;
    private final DecisionController decisions;
    private final List<McpTool> all;

    McpTools(
            DecisionService service,
            PolicyHistory policy,
            PolicyLifecycle life,
            Archive archive,
            Personal personal,
            CheckController checks,
            TestController tests,
            DecisionController decisions) {
        this.service = service.untold();
        this.policy = policy;
        this.life = life;
        this.archive = archive;
        this.personal = personal;
        this.checks = checks;
        this.tests = tests;
        this.decisions = decisions;
        this.all = List.of(
                explain(), route(), whyNot(), check(), test(), diff(), impact(), searchVocabulary(), findDecisions());
    }

    /** All of them. */
    List<McpTool> all() {
        return all;
    }

    /** The decision that a report is asked about first. */
    private static Decision<?, ?> routing() {
        return Decisions.all().get(0);
    }

    private McpTool explain() {
        return new McpTool(
                "explain",
                "试算并说明 Explain a decision",
                "Decides a request by the live policy without keeping anything, and says why in words: what was decided, every"
                        + " rule and row behind it, and the rows that nearly applied with what they lacked. Use it to answer \"why"
                        + " was this case sent there\" or \"what would happen if\". `request` is what POST /v1/routing,"
                        + " /v1/escalation, /v1/closure, /v1/scoring or /v1/scoring/period takes; the arguments of the tool"
                        + " `route` describe the first, GET /openapi.yaml all. Words (bodies, areas, event types) are codes or"
                        + " labels of the policy: look them up with search_vocabulary. Times are ISO 8601 with an offset."
                        + " Which decision is meant is seen by the members of the request unless `decision` says it."
                        + " An official answer, which is kept, is asked for with POST by a system with the role caller.",
                READERS,
                Effort.LIGHT,
                Content.sent(McpShapes.ExplainArguments.class),
                Content.json(McpShapes.Explained.class),
                this::explained);
    }

    private Answer explained(Call call) throws BadRequestException {
        var given = new Members(call.arguments(), List.of("request", "decision"));
        JsonNode request = given.object("request");
        Decision<?, ?> decision = decision(given, request);
        given.demandGood();
        return within("/request", () -> explained(decision, request, call.locale()));
    }

    private <F extends Record, D extends Record & Concluded> Answer explained(
            Decision<F, D> decision, JsonNode request, Locale locale) throws BadRequestException {
        DecisionRecord<F, D> record = service.decide(decision, inFull(request));
        return new Answer(
                decision.page(record, new Phrases(locale)),
                new McpShapes.Explained(decision, record.answer()),
                "a request with fewer events or periods");
    }

    /** A request that asks for the rows that nearly applied, whatever else it says of how to answer. */
    private static JsonNode inFull(JsonNode request) {
        ObjectNode full = ((ObjectNode) request).deepCopy();
        JsonNode options = full.path("options");
        if (options.isMissingNode() || options.isNull()) {
            full.putObject("options").put("explain", "full");
        } else if (options instanceof ObjectNode choices && !choices.has("explain")) {
            choices.put("explain", "full");
        }
        return full;
    }

    /** The decision that is named, or that the members of a request show. */
    private static Decision<?, ?> decision(Members given, JsonNode request) {
        String name = given.text("decision", false);
        Decision<?, ?> named = name == null ? null : Decisions.of(name);
        if (name != null && named == null) {
            given.refuse(Problem.of(
                    Code.UNKNOWN_CHOICE,
                    ROOT.member("decision"),
                    FactReader.shortened(name),
                    String.join(
                            ", ", Decisions.all().stream().map(Decision::code).toList())));
        }
        return named == null ? Decisions.recognise(request) : named;
    }

    @FunctionalInterface
    private interface Work<T> {
        T done() throws BadRequestException;
    }

    /** What is wrong with a request is told at its place within the arguments. */
    private static <T> T within(String place, Work<T> work) throws BadRequestException {
        try {
            return work.done();
        } catch (BadRequestException e) {
            throw new BadRequestException(
                    e.isReadable(),
                    e.problems().stream()
                            .map(each -> each.at() instanceof RequestPointer at
                                    ? new Problem(each.code(), new RequestPointer(place + at.pointer()), each.args())
                                    : each)
                            .toList());
        }
    }

    private McpTool route() {
        Decision<?, ?> routing = routing();
        return new McpTool(
                "route",
                "试派 Route a report (dry run)",
                "Says who would take a report, by when and why, by the live policy, without keeping anything. The least it"
                        + " takes: {\"incident\": {\"id\": \"TRY-1\", \"reportedAt\": \"2026-11-20T16:30:00+08:00\", \"source\":"
                        + " \"PUBLIC\", \"area\": \"<code or label>\", \"text\": \"路灯不亮\"}}; add \"now\" for an answer that can"
                        + " be had again. `outcome` is always there: ASSIGNED has `assignment` with lead, stages and due times;"
                        + " others say why nobody is assigned. `because` names every rule and row; ids in `unconfirmed` rest on"
                        + " rows that no document stands behind.",
                READERS,
                Effort.LIGHT,
                Content.request(routing),
                Content.answer(routing),
                call -> new Answer(service.decide(routing, call.arguments()).whole(), "a shorter text"));
    }

    private McpTool whyNot() {
        return new McpTool(
                "why_not",
                "为什么不是 Why not",
                "Says why an answer does not say something else, and the fewest facts that would have to be otherwise. `want` is"
                        + " a part of the answer by its member or Chinese name, `=`, and a code or label (outcome=ASSIGNED,"
                        + " lead=区司法局, urgency=URGENT), or row=ID, or rule=CODE. Whatever it proposes has been decided. Takes up"
                        + " to 20 seconds; `reached` says how far the search went. Nothing is kept.",
                WORKERS,
                Effort.HEAVY,
                Content.sent(McpShapes.WhyNotArguments.class),
                Content.json(WhyNotAnswer.class),
                this::whyNot);
    }

    private Answer whyNot(Call call) throws BadRequestException {
        var given = new Members(call.arguments(), List.of("request", "want", "decision", "most"));
        JsonNode request = given.object("request");
        String want = given.text("want", true);
        Decision<?, ?> decision = decision(given, request);
        int most = (int) given.number("most", 1, WhyNotEndpoints.MOST, WhyNotEndpoints.USUAL);
        given.demandGood();
        DecisionRecord<?, ?> record = within("/request", () -> service.decide(decision, request));
        var problems = new ArrayList<Problem>();
        Wanted wanted =
                Wanted.of(decision, record.policy(), want == null ? "" : want, new FileRef("want"), problems::add);
        if (wanted == null) {
            throw new BadRequestException(true, problems);
        }
        long begun = System.nanoTime();
        return new Answer(
                WhyNot.ask(service, record, wanted, most, () -> System.nanoTime() - begun < PATIENCE.toNanos()),
                "a smaller most");
    }

    private McpTool check() {
        return new McpTool(
                "check",
                "检查 Check a workbook or the live policy",
                "Finds what is wrong with a workbook of tables before anybody serves it: each finding with its cell, what is wrong"
                        + " and how to mend it. `workbook` is the .xlsx file in Base64, up to "
                        + McpController.MOST_FILE
                        + ", checked in the place of the one in the live policy that has most of its sheets; without it the live"
                        + " policy itself is checked, which may take a minute when nobody has yet. Larger files: POST"
                        + " /v1/check. `counts` counts all findings, `problems` has the first "
                        + McpShapes.MOST_FINDINGS
                        + ", errors first. Nothing is kept or served.",
                WORKERS,
                // The live policy is checked whole, for up to a minute.
                arguments -> arguments.path("workbook").isString() ? Effort.HEAVY : Effort.LONG,
                Content.sent(McpShapes.CheckArguments.class),
                Content.json(McpShapes.Checked.class),
                this::checked);
    }

    private Answer checked(Call call) throws BadRequestException {
        var given = new Members(call.arguments(), List.of("workbook", "name"));
        byte[] workbook = bytes(given, "workbook");
        String name = given.text("name", false);
        given.demandGood();
        return new Answer(
                McpShapes.Checked.of(
                        workbook == null
                                ? checks.served(call.locale())
                                : checks.found(CheckController.name(name), workbook, call.locale())),
                "one workbook");
    }

    /** A file that is given in Base64; null when none is, or it is none. */
    private static byte @Nullable [] bytes(Members given, String name) {
        String text = given.text(name, false);
        try {
            return text == null ? null : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            given.refuse(Problem.of(Code.NOT_BASE64, ROOT.member(name), name));
            return null;
        }
    }

    private McpTool test() {
        return new McpTool(
                "test",
                "情景测试 Run scenarios",
                "Runs scenarios against the live policy: those of a scenario workbook (`workbook`, the .xlsx file in Base64), or"
                        + " without one those that the policy has itself. Counts all, and tells those that did not pass, the first "
                        + McpShapes.MOST_CASES
                        + ": what was expected, what the answer says, and the reasons. A case that cannot be understood is told at"
                        + " its cell. Nothing is kept.",
                WORKERS,
                Effort.HEAVY,
                Content.sent(McpShapes.TestArguments.class),
                Content.json(McpShapes.Tested.class),
                this::tested);
    }

    private Answer tested(Call call) throws BadRequestException {
        var given = new Members(call.arguments(), List.of("workbook"));
        byte[] workbook = bytes(given, "workbook");
        given.demandGood();
        return new Answer(
                McpShapes.Tested.of(
                        tests.report(workbook == null ? new byte[0] : workbook, call.locale(), Watch.CALLER)),
                "a workbook with fewer cases");
    }

    private McpTool diff() {
        return new McpTool(
                "diff",
                "政策比较 Compare two policies",
                "What differs between two policies, file by file: rules line by line, tables row by row and cell by cell."
                        + " `policy` is the number of one (GET /v1/policies lists them), `against` that of the other, the live"
                        + " policy unless given. `file` tells one file only, by its path as decision-tables/routing.xlsx.",
                READERS,
                Effort.HEAVY,
                Content.sent(McpShapes.DiffArguments.class),
                Content.json(PolicyDiff.class),
                this::compared);
    }

    private Answer compared(Call call) throws BadRequestException {
        var given = new Members(call.arguments(), List.of("policy", "against", "file"));
        Long no = needed(given, "policy");
        Long against = given.number("against");
        String file = given.text("file", false);
        given.demandGood();
        PolicyDiff diff = life.diff(no == null ? 0 : no, against);
        String paths = diff.files().stream().map(PolicyDiff.FileDiff::path).collect(Collectors.joining(", "));
        if (file == null) {
            return new Answer(diff, "file, one of " + paths);
        }
        List<PolicyDiff.FileDiff> files =
                diff.files().stream().filter(each -> each.path().equals(file)).toList();
        if (files.isEmpty()) {
            throw new BadRequestException(
                    true,
                    List.of(Problem.of(Code.UNKNOWN_CHOICE, ROOT.member("file"), FactReader.shortened(file), paths)));
        }
        return new Answer(new PolicyDiff(diff.from(), diff.to(), files), "GET /v1/policies/" + no + "/diff has it all");
    }

    private static @Nullable Long needed(Members given, String name) {
        Long number = given.number(name);
        if (number == null) {
            given.refuse(Problem.of(Code.MISSING_FIELD, ROOT.member(name), name, "1"));
        }
        return number;
    }

    private McpTool impact() {
        return new McpTool(
                "impact",
                "影响评估 What a policy would have changed",
                "Decides the latest kept decisions again by the policy of a number, each for its own moment, and counts what"
                        + " would have been otherwise than what was answered, as POST /v1/policies/{n}/impact does: outcomes,"
                        + " leads, due times, rows. `limit` decisions ("
                        + McpShapes.USUAL_IMPACT + " unless given, up to " + McpShapes.MOST_IMPACT
                        + ") kept from `from` on and before `to` are looked at, for at most 20 seconds; `complete` says whether"
                        + " all of them were. Examples are ids of decisions. Nothing is kept or changed.",
                WORKERS,
                Effort.LONG,
                Content.sent(McpShapes.ImpactArguments.class),
                Content.json(McpShapes.Impacted.class),
                this::impact);
    }

    private Answer impact(Call call) throws BadRequestException {
        var given = new Members(call.arguments(), List.of("policy", "from", "to", "limit"));
        Long no = needed(given, "policy");
        Instant from = given.moment("from");
        Instant to = given.moment("to");
        long limit = given.number("limit", 1, McpShapes.MOST_IMPACT, McpShapes.USUAL_IMPACT);
        given.demandGood();
        long begun = System.nanoTime();
        Policy draft = life.policy(no);
        var latest = new LatestDecisions(archive, from, to, limit);
        // Who asks for decisions meanwhile shall not wait for this.
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        ImpactReport report = latest.under(
                Impact.on(draft, personal), threads, soFar -> {}, () -> System.nanoTime() - begun > PATIENCE.toNanos());
        return new Answer(McpShapes.Impacted.of(report, report.looked() >= latest.count()), "a smaller limit");
    }

    private McpTool searchVocabulary() {
        return new McpTool(
                "search_vocabulary",
                "查词表 Search the vocabulary",
                "Finds words of the live policy: areas, bodies, event types, kinds of events, outcomes. `query` is a part of a"
                        + " code, a label or another name, such as 路灯 or JUSTICE; `set` narrows it to one set, such as eventTypes,"
                        + " areas or bodies. Requests take the code or the label. Without a `query` the words of the set are"
                        + " listed; without both, the names of the sets with how many words each has.",
                Role.ALL,
                Effort.LIGHT,
                Content.sent(McpShapes.WordsArguments.class),
                Content.json(McpShapes.Words.class),
                this::words);
    }

    private Answer words(Call call) throws BadRequestException {
        var given = new Members(call.arguments(), List.of("query", "set", "limit"));
        String query = given.text("query", false);
        String set = given.text("set", false);
        int limit = (int) given.number("limit", 1, McpShapes.MOST_WORDS, McpShapes.USUAL_WORDS);
        given.demandGood();
        Policy live = policy.get();
        VocabularyJson words = VocabularyJson.of(live, null);
        Map<String, List<VocabularyJson.Word>> sets = words == null ? Map.of() : words.sets();
        if (set != null && !sets.containsKey(set)) {
            throw new BadRequestException(
                    true,
                    List.of(Problem.of(
                            Code.UNKNOWN_CHOICE,
                            ROOT.member("set"),
                            FactReader.shortened(set),
                            String.join(", ", sets.keySet()))));
        }
        return new Answer(
                McpShapes.Words.of(PolicyRef.of(live), sets, query == null ? "" : query.strip(), set, limit),
                "a longer query, or a smaller limit");
    }

    private McpTool findDecisions() {
        return new McpTool(
                "find_decisions",
                "查决策存档 Find kept decisions",
                "Finds decisions that were kept, the newest first unless `order` is oldest: by time, incident, kind, outcome, body,"
                        + " event type, area, rule or row; all conditions must hold. With `id` instead, one decision whole: what was"
                        + " asked and the answer, personal fields as the journal keeps them. An auditor finds all, a caller what"
                        + " was asked for under its own name. `next` is the `cursor` that goes on.",
                SEEKERS,
                Effort.LIGHT,
                Content.sent(McpShapes.FindArguments.class),
                Content.json(McpShapes.Found.class),
                this::found);
    }

    private Answer found(Call call) throws BadRequestException {
        List<String> names = McpShapes.FindArguments.names();
        var given = new Members(call.arguments(), names);
        String id = given.text("id", false);
        Map<String, String> conditions = new HashMap<>();
        long limit = given.number("limit", 1, McpShapes.MOST_FOUND, McpShapes.USUAL_FOUND);
        for (String name : names) {
            String value = List.of("id", "limit").contains(name) ? null : given.text(name, false);
            if (value != null) {
                conditions.put(name, value);
            }
        }
        given.demandGood();
        if (id != null) {
            DecisionJson.Whole whole = decisions.whole(id, call.caller());
            if (whole == null) {
                throw new BadRequestException(
                        true, List.of(Problem.of(Code.NOTHING_DECIDED, ROOT.member("id"), FactReader.shortened(id))));
            }
            return new Answer(new McpShapes.Found(List.of(), null, whole), "GET /v1/decisions/" + id + " has it all");
        }
        conditions.put("limit", String.valueOf(limit));
        DecisionController.Page page = decisions.page(conditions, call.caller());
        return new Answer(
                new McpShapes.Found(page.decisions(), page.next(), null), "a smaller limit, or more conditions");
    }
}
