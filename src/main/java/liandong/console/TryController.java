package liandong.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import liandong.decision.Decision;
import liandong.decision.DecisionPage;
import liandong.decision.DecisionPage.Said;
import liandong.decision.DecisionRecord;
import liandong.decision.DecisionService;
import liandong.decision.Decisions;
import liandong.decision.Walk;
import liandong.engine.Concluded;
import liandong.explain.Phrases;
import liandong.explain.Story;
import liandong.incident.Body;
import liandong.incident.Term;
import liandong.policy.Policy;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.problem.RequestPointer;
import liandong.publication.PolicyLifecycle;
import liandong.publication.Proposal;
import liandong.scenario.RecordedCase;
import liandong.scenario.ScenarioBook;
import liandong.scenario.Wanted;
import liandong.scenario.WhyNot;
import liandong.scenario.WhyNotAnswer;
import liandong.web.Heavy;
import liandong.web.HeavyWork;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /console/try}: a report, or a case, is tried (试派): what would be decided, the whole way, and what a draft would
 * decide. Nothing of it is kept.
 */
@Controller
class TryController {
    private static final MediaType WORKBOOK =
            MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    private static final String AGAINST = "against";
    private static final String BEFORE = "before";

    /** How many changed requests are decided for one question, and how long it is looked into: others wait for the turn. */
    private static final int WHY_NOT_TRIES = 1_000;

    private static final Duration WHY_NOT_PATIENCE = Duration.ofSeconds(8);

    private final Supplier<Policy> policy;
    private final DecisionService service;
    private final PolicyLifecycle life;
    private final Drafts drafts;
    private final HeavyWork heavyWork;
    private final Clock clock;

    TryController(
            Supplier<Policy> policy,
            DecisionService service,
            PolicyLifecycle life,
            Drafts drafts,
            HeavyWork heavyWork,
            Clock clock) {
        this.policy = policy;
        this.service = service.untold();
        this.life = life;
        this.drafts = drafts;
        this.heavyWork = heavyWork;
        this.clock = clock;
    }

    /** A decision that can be tried. */
    record Tab(String path, String label, boolean here) {}

    /** Something that an answer might say. */
    record Choice(String value, String label) {}

    /** A policy on its way, to compare with. */
    record Draft(long no, String label) {}

    /**
     * A member of two answers.
     *
     * @param label what it is called
     * @param live what the live policy says; empty for nothing
     * @param other what the other says
     */
    record Compared(String label, String live, String other) {
        /** Whether they differ. */
        public boolean differs() {
            return !live.equals(other);
        }
    }

    @GetMapping("/console/try")
    String first() {
        return "redirect:/console/try/" + Decisions.all().get(0).path();
    }

    @GetMapping("/console/try/{decision}")
    String form(@PathVariable("decision") String path, Model model) {
        Decision<?, ?> decision = decision(path);
        var form = new FactForm(decision, policy.get());
        fill(model, decision, form, form.blank(clock.instant()), Map.of());
        return "try";
    }

    private Decision<?, ?> decision(String path) {
        return Decisions.all().stream()
                .filter(each -> each.path().equals(path) && policy.get().decides(each.part()))
                .findFirst()
                .orElseThrow(() -> new RefusedException(Refusal.of(
                        HttpStatus.NOT_FOUND, Problem.of(Code.NOT_FOUND, new RequestPointer(""), "/console/try"))));
    }

    private void fill(
            Model model,
            Decision<?, ?> decision,
            FactForm form,
            Map<String, String> values,
            Map<String, String> errors) {
        Locale locale = LocaleContextHolder.getLocale();
        model.addAttribute(
                "tabs",
                Decisions.all().stream()
                        .filter(each -> policy.get().decides(each.part()))
                        .map(each -> new Tab(
                                each.path(),
                                locale.getLanguage().equals("zh") ? each.label() : each.path(),
                                each == decision))
                        .toList());
        model.addAttribute("decision", decision.path());
        model.addAttribute("plain", form.isPlain());
        model.addAttribute("fields", form.isPlain() ? form.fields(values, errors, locale) : List.of());
        model.addAttribute("values", values);
        model.addAttribute("errors", errors);
        model.addAttribute(
                "drafts",
                life.list().stream()
                        .filter(each -> switch (each.state()) {
                            case DRAFT, CHECKED, APPROVED, SCHEDULED -> true;
                            case LIVE, RETIRED, WITHDRAWN -> false;
                        })
                        .map(TryController::draft)
                        .toList());
        model.addAttribute(AGAINST, values.getOrDefault(AGAINST, ""));
    }

    private static Draft draft(Proposal proposal) {
        return new Draft(proposal.no(), proposal.label());
    }

    /** The answer to what was typed: a piece of the page for a script, the whole page otherwise. */
    @Heavy
    @PostMapping("/console/try/{decision}")
    String answer(
            @PathVariable("decision") String path,
            @RequestParam Map<String, String> sent,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String script,
            Model model)
            throws IOException, BadRequestException {
        Decision<?, ?> decision = decision(path);
        Policy live = policy.get();
        var form = new FactForm(decision, live);
        Locale locale = LocaleContextHolder.getLocale();
        Map<String, String> errors = Map.of();
        try {
            ObjectNode request = form.request(sent);
            answer(model, decision, live, request, sent, new Phrases(locale));
        } catch (BadRequestException e) {
            errors = form.errors(e.problems(), locale);
        }
        fill(model, decision, form, sent, errors);
        return script == null ? "try" : "try :: answered";
    }

    private <F extends Record, D extends Record & Concluded> void answer(
            Model model,
            Decision<F, D> decision,
            Policy live,
            ObjectNode request,
            Map<String, String> sent,
            Phrases say)
            throws IOException, BadRequestException {
        Walk<F, D> walk = Walk.of(service, decision, live, request);
        DecisionRecord<F, D> record = walk.record();
        Story story = decision.story(record, say);
        List<Said> said = DecisionPage.said(record, say);
        model.addAttribute("record", record);
        model.addAttribute("outcome", said.isEmpty() ? "" : said.get(0).value());
        model.addAttribute("story", story);
        model.addAttribute("pieces", Marked.of(story));
        model.addAttribute("said", said);
        model.addAttribute("steps", walk.steps());
        model.addAttribute("reasons", record.decided().because());
        model.addAttribute("unconfirmed", record.decided().unconfirmed());
        model.addAttribute("line", TimeLine.of(story.spans(), live.calendar(), say.locale()));
        model.addAttribute("asked", Json.write(request));
        model.addAttribute(
                "wants",
                Wanted.choices(decision).entrySet().stream()
                        .map(each -> new Choice(each.getKey(), say.chinese() ? each.getValue() : each.getKey()))
                        .toList());
        model.addAttribute(
                "wantValues",
                Stream.concat(
                                Outcomes.of(decision, Locale.CHINESE).values().stream(),
                                live.vocabulary().all(Body.class).stream().map(Term::label))
                        .distinct()
                        .toList());
        model.addAttribute("changes", changes(decision, live, sent.getOrDefault(BEFORE, ""), said, say));
        String against = sent.getOrDefault(AGAINST, "");
        if (against.matches("[0-9]{1,9}")) {
            long no = Long.parseLong(against);
            Policy other = heavyWork.run(() -> drafts.policy(no));
            List<Said> theirs = DecisionPage.said(service.decide(decision, other, request), say);
            model.addAttribute("other", other.label());
            model.addAttribute("compared", compared(said, theirs));
        }
    }

    /** What is otherwise than in the answer before; empty when there was none. */
    private <F extends Record, D extends Record & Concluded> List<Compared> changes(
            Decision<F, D> decision, Policy live, String before, List<Said> said, Phrases say) {
        if (before.isEmpty()) {
            return List.of();
        }
        try {
            JsonNode earlier = Json.read(before);
            return compared(DecisionPage.said(service.decide(decision, live, earlier), say), said).stream()
                    .filter(Compared::differs)
                    .toList();
        } catch (BadRequestException e) {
            return List.of(); // what it was compared with is no longer a request of the live policy
        }
    }

    private static List<Compared> compared(List<Said> one, List<Said> other) {
        var labels = new LinkedHashMap<String, String[]>();
        one.forEach(each -> labels.computeIfAbsent(each.label(), label -> new String[] {"", ""})[0] = each.value());
        other.forEach(each -> labels.computeIfAbsent(each.label(), label -> new String[] {"", ""})[1] = each.value());
        var compared = new ArrayList<Compared>();
        labels.forEach((label, values) -> compared.add(new Compared(label, values[0], values[1])));
        return compared;
    }

    /** Why the answer that is shown does not say something else; a piece of the page for a script. */
    @Heavy
    @PostMapping(ConsoleRoutes.WHY_NOT)
    String whyNot(
            @PathVariable("decision") String path,
            @RequestParam(name = "asked", defaultValue = "") String asked,
            @RequestParam(name = "part", defaultValue = "") String part,
            @RequestParam(name = "value", defaultValue = "") String value,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String script,
            Model model)
            throws IOException, BadRequestException {
        Decision<?, ?> decision = decision(path);
        var say = new Phrases(LocaleContextHolder.getLocale());
        var problems = new ArrayList<Problem>();
        List<WhyNotAnswer> answers = heavyWork.run(() -> {
            DecisionRecord<?, ?> record = service.decide(decision, Json.read(asked));
            Wanted wanted = Wanted.of(
                    decision, record.policy(), part + "=" + value.strip(), new FileRef("want"), problems::add);
            if (wanted == null) {
                return List.of();
            }
            long begun = System.nanoTime();
            return List.of(WhyNot.ask(
                    service,
                    record,
                    wanted,
                    WHY_NOT_TRIES,
                    () -> System.nanoTime() - begun < WHY_NOT_PATIENCE.toNanos()));
        });
        model.addAttribute("decision", decision.path());
        model.addAttribute("why", answers.isEmpty() ? null : WhyNotView.of(answers.get(0), say));
        model.addAttribute(
                "problems", problems.stream().map(RefusedController.Told::of).toList());
        return script == null ? "why-not" : "why-not :: answer";
    }

    /** What was typed and answered, as a case for a scenario workbook. */
    @Heavy
    @PostMapping("/console/try/{decision}/scenario")
    ResponseEntity<byte[]> scenario(@PathVariable("decision") String path, @RequestParam Map<String, String> sent)
            throws IOException, BadRequestException {
        Decision<?, ?> decision = decision(path);
        return heavyWork.run(() -> {
            Policy live = policy.get();
            ObjectNode request = new FactForm(decision, live).request(sent);
            JsonNode answer = service.decide(decision, live, request).answer();
            var problems = new ArrayList<Problem>();
            byte[] book = ScenarioBook.with(
                    "cases.xlsx",
                    null,
                    List.of(RecordedCase.of(live, decision, request, answer)),
                    live.vocabulary(),
                    Set.of(),
                    id -> {},
                    problems::add);
            if (book == null) {
                throw new BadRequestException(true, problems);
            }
            return ResponseEntity.ok()
                    .contentType(WORKBOOK)
                    .header(
                            HttpHeaders.CONTENT_DISPOSITION,
                            ContentDisposition.attachment()
                                    .filename("cases.xlsx", StandardCharsets.UTF_8)
                                    .build()
                                    .toString())
                    .body(book);
        });
    }
}
