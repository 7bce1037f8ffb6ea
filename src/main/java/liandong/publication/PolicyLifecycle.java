package liandong.publication;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liandong.check.CheckResult;
import liandong.check.PolicyCheck;
import liandong.decision.Decisions;
import liandong.explain.PolicyRows;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Location;
import liandong.problem.Problem;
import liandong.problem.ProblemSeverity;
import liandong.publication.LifecycleException.Why;
import liandong.publication.Proposal.Entry;
import liandong.publication.Proposal.State;
import liandong.publication.Proposal.What;
import liandong.publication.Publication.Fate;
import liandong.publication.Publication.Kind;
import liandong.publication.SheetDiff.Change;
import liandong.scenario.CaseStory;
import liandong.scenario.Cases;
import liandong.scenario.Scenario;
import liandong.scenario.ScenarioReader;
import liandong.scenario.Scenarios;
import liandong.scenario.StoryRun;
import liandong.scenario.TestReport;
import liandong.store.AuditLog;
import liandong.store.AuditLog.Watched;
import liandong.store.Database;
import liandong.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * The life of policies: put, checked, approved by somebody else, published, retired, and gone back to.
 *
 * <p>Every step is one transaction that adds rows; of two people who take the same step at once, one is told to look
 * again. Safe for use by many threads and processes. Services that serve the store find out by themselves.
 */
public final class PolicyLifecycle {
    /** Who published what nobody did: the program. */
    static final String PROGRAM = "liandong";

    private static final int LONGEST_LABEL = 100;
    private static final int LONGEST_NOTE = 1_000;
    private static final int LONGEST_PLACE = 200;
    private static final int ATTEMPTS = 10;
    private static final int ROWS_NAMED = 10;
    /** In what a check says of itself, before how many rows are no longer proved. */
    private static final String UNPROVEN = "UNPROVEN ";

    private static final String SCENARIOS = "decision-tables/scenarios";

    private final Database database;
    private final AuditLog audit;
    private final Clock clock;
    private final Gate gate;
    private final Publications publications;
    private final PolicyRepository shelf;
    private final Runnable along;
    private final RowHistory rows;

    /**
     * The policies of a store.
     *
     * @param database the store
     * @param clock gives the time of each step
     * @param gate looks at publications before they happen
     */
    public PolicyLifecycle(Database database, Clock clock, Gate gate) {
        this(database, clock, gate, () -> {});
    }

    private PolicyLifecycle(Database database, Clock clock, Gate gate, Runnable along) {
        this.along = along;
        this.database = database;
        this.audit = new AuditLog(database);
        this.clock = clock;
        this.gate = gate;
        this.publications = new Publications(database);
        this.shelf = new PolicyRepository(database, clock);
        this.rows = new RowHistory(publications, shelf);
    }

    /**
     * The same policies; something is done in the transaction of each step that a person takes.
     *
     * @param work what it throws undoes the step
     */
    public PolicyLifecycle along(Runnable work) {
        return new PolicyLifecycle(database, clock, gate, work);
    }

    /** Makes the program's own policy live if none ever was. */
    public void begin() {
        if (publications.last() > 0) {
            return;
        }
        PolicyFiles stock = PolicyFiles.stock();
        begin(stock);
    }

    /** Makes a policy live if none ever was. */
    void begin(PolicyFiles files) {
        try {
            audit.transact(() -> {
                String content = shelf.keep(files);
                Instant now = now();
                var first = new Publication(
                        1, 1, content, files.version(), now, now, PROGRAM, Kind.FIRST, null, Fate.STARTED);
                // Of two processes that find an empty store, one does it.
                if (publications.last() == 0 && publications.add(first)) {
                    shelf.serve(content, files.version(), files.label());
                    append(1, 1, PROGRAM, What.PUT, content, files.label(), 0, "");
                    append(1, 2, PROGRAM, What.PUBLISHED, content, files.label(), 1, "");
                }
                return true;
            });
        } catch (LifecycleException e) {
            if (publications.last() == 0) {
                throw e;
            }
        }
    }

    /** What is live now; null when nothing ever was. */
    public @Nullable Publication live() {
        return publications.live(now());
    }

    /** What is to be live later, the nearest first. */
    public List<Publication> scheduled() {
        return publications.ahead(now());
    }

    /** All policies, the latest first. */
    public List<Proposal> list() {
        Publication live = live();
        var logs = new TreeMap<Long, List<Entry>>();
        database.ask(() -> database.sql()
                .sql("SELECT policy, " + ENTRY + " FROM policy_event ORDER BY policy, seq")
                .query((row, n) -> logs.computeIfAbsent(row.getLong("policy"), no -> new ArrayList<>())
                        .add(entry(row)))
                .list());
        Map<Long, List<Publication>> published = publications.all().stream()
                .collect(Collectors.groupingBy(Publication::policy, LinkedHashMap::new, Collectors.toList()));
        return logs.descendingMap().entrySet().stream()
                .map(log -> Proposal.of(
                        log.getKey(), log.getValue(), published.getOrDefault(log.getKey(), List.of()), live))
                .toList();
    }

    /**
     * A policy.
     *
     * @throws LifecycleException if there is none of this number
     */
    public Proposal get(long no) {
        List<Entry> log = database.ask(() -> database.sql()
                .sql("SELECT " + ENTRY + " FROM policy_event WHERE policy = ? ORDER BY seq")
                .param(no)
                .query((row, n) -> entry(row))
                .list());
        if (log.isEmpty()) {
            throw new LifecycleException(Why.UNKNOWN, Problem.of(Code.UNKNOWN_POLICY, at(no), no));
        }
        return Proposal.of(no, log, publications.of(no), live());
    }

    /** The files of a policy. */
    public PolicyFiles files(long no) {
        Proposal proposal = get(no);
        return shelf.files(proposal.content(), proposal.label());
    }

    /** The files of what is live; those of the program's own policy when nothing ever was. */
    public PolicyFiles liveFiles() {
        Publication live = live();
        return live == null
                ? PolicyFiles.stock()
                : shelf.files(live.content(), Objects.requireNonNullElse(shelf.label(live.version()), ""));
    }

    /**
     * What a policy would change.
     *
     * @param against the number of another policy; null for what is live
     */
    public PolicyDiff diff(long no, @Nullable Long against) {
        return PolicyDiff.between(against == null ? liveFiles() : files(against), files(no));
    }

    /**
     * When a row was changed, by whom and why, the latest first; of the last {@value RowHistory#MOST} publications that
     * changed its workbook.
     *
     * @param path the workbook within the policy, e.g. {@code "decision-tables/routing.xlsx"}
     * @param row its id
     */
    public List<RowHistory.Step> history(String path, String sheet, String row) {
        return rows.of(path, sheet, row, now(), this::get);
    }

    /**
     * A policy as it would decide.
     *
     * @param no its number; null for the live one
     * @throws LifecycleException if there is none such, or it has faults that keep it from deciding
     */
    public Policy policy(@Nullable Long no) {
        try {
            return Decisions.policy(no == null ? liveFiles() : files(no), clock.instant());
        } catch (BadPolicyException e) {
            throw new LifecycleException(Why.CONFLICT, e.problems());
        }
    }

    /**
     * Proposes a policy.
     *
     * @param files all of it
     * @param person who does
     */
    public Proposal propose(PolicyFiles files, String person) {
        return propose(files, person, "");
    }

    /**
     * Proposes a policy, and says why.
     *
     * @param note why, up to {@value #LONGEST_NOTE} characters of it are kept; may be empty
     */
    public Proposal propose(PolicyFiles files, String person, String note) {
        begin();
        String content = shelf.keep(files);
        for (int attempt = 1; ; attempt++) {
            try {
                return get(audit.transact(() -> {
                    long next = database.sql()
                                    .sql("SELECT coalesce(max(policy), 0) FROM policy_event")
                                    .query(Long.class)
                                    .single()
                            + 1;
                    append(next, 1, person, What.PUT, content, label(files), publications.last(), shortened(note));
                    return next;
                }));
            } catch (LifecycleException e) {
                // Somebody else proposed one at the same moment and has the number: the next one does as well.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Puts something else into a policy. It is a draft again, and approvals given before no longer count.
     *
     * @param files all of it
     * @param base the hash of the content that it was made from; nothing is put when the policy has another one by now
     * @param over the hash of the content that whoever puts it has seen; null when they put that themselves
     * @throws LifecycleException if it has been published or withdrawn, or somebody else has put something into it that
     *     this one has not seen
     */
    public Proposal put(long no, PolicyFiles files, String base, @Nullable String over, String person) {
        return put(no, files, base, over, person, "");
    }

    /** Puts something else into a policy, and says what, of which up to {@value #LONGEST_NOTE} characters are kept. */
    public Proposal put(long no, PolicyFiles files, String base, @Nullable String over, String person, String note) {
        return step(no, proposal -> {
            demand(proposal, State.DRAFT, State.CHECKED, State.APPROVED);
            demandContent(proposal, over == null ? proposal.content() : over);
            Entry last = proposal.lastPut();
            if (!proposal.content().equals(base) || (over == null && !People.same(last.person(), person))) {
                throw new LifecycleException(
                        Why.CONFLICT,
                        Problem.of(Code.PUT_MEANWHILE, at(no), no, last.person(), last.at(), proposal.content()));
            }
            String content = shelf.keep(files);
            append(proposal, person, What.PUT, content, label(files), shortened(note));
        });
    }

    /** What was made live since a policy was begun, or last merged; null when that is what was live then, or is in it. */
    public @Nullable Publication meanwhile(long no) {
        Proposal proposal = get(no);
        Publication live = live();
        Publication then = publications.at(proposal.begun());
        boolean open = List.of(State.DRAFT, State.CHECKED, State.APPROVED).contains(proposal.state());
        return !open
                        || live == null
                        || then == null
                        || live.content().equals(then.content())
                        || live.content().equals(proposal.content())
                ? null
                : live;
    }

    /**
     * What comes of bringing a policy together with what was made live {@link #meanwhile}.
     *
     * @throws LifecycleException if nothing was
     */
    public PolicyMerge merge(long no) {
        Proposal proposal = get(no);
        Publication then = publications.at(proposal.begun());
        if (then == null || meanwhile(no) == null) {
            throw new LifecycleException(Why.CONFLICT, Problem.of(Code.NOTHING_TO_MERGE, at(no), no));
        }
        return PolicyMerge.of(
                shelf.files(then.content(), ""), liveFiles(), shelf.files(proposal.content(), proposal.label()));
    }

    /**
     * Puts into a policy what comes of bringing it together with what is live. It is a draft again.
     *
     * @param content the hash of the content that was looked at
     * @param over the publication that was looked at
     * @throws LifecycleException if something collides, or it has another content or another publication is live by now
     */
    public Proposal merge(long no, String content, long over, String person) {
        Publication live = meanwhile(no);
        PolicyMerge merge = merge(no);
        PolicyFiles merged = merge.merged();
        if (live == null || merged == null || live.no() != over) {
            throw merged == null
                    ? new LifecycleException(
                            Why.CONFLICT,
                            Problem.of(
                                    Code.MERGE_COLLIDES,
                                    at(no),
                                    no,
                                    merge.collisions().size()))
                    : changed(no);
        }
        return step(no, proposal -> {
            demand(proposal, State.DRAFT, State.CHECKED, State.APPROVED);
            demandContent(proposal, content);
            Publication still = live();
            if (still == null || still.no() != over) {
                throw changed(no);
            }
            append(proposal, person, What.MERGED, shelf.keep(merged), label(merged), "publication " + over);
        });
    }

    /** What is live and not in a policy; nothing when one of them cannot be read. */
    public TakenOut takenOut(long no) {
        return takenOut(() -> files(no));
    }

    private TakenOut takenOut(Supplier<PolicyFiles> files) {
        try {
            return TakenOut.between(liveFiles(), files.get());
        } catch (StoreException e) {
            if (e.isPassing()) {
                throw e;
            }
            return TakenOut.NOTHING; // one of them is damaged; what mends it must not be kept from being checked
        }
    }

    private static String shortened(String note) {
        String plain = note.strip();
        return plain.substring(0, Math.min(LONGEST_NOTE, plain.length()));
    }

    private static String label(PolicyFiles files) {
        String label = files.label().strip();
        return label.substring(0, Math.min(LONGEST_LABEL, label.length()));
    }

    /**
     * Checks a policy: it must have no errors, and all its scenarios must pass. Takes as long as both do.
     *
     * @param progress told how far it has come
     * @throws LifecycleException if it has been published or withdrawn, or changed meanwhile
     */
    public CheckOutcome check(long no, String person, CheckOutcome.Progress progress) {
        Proposal before = get(no);
        demand(before, State.DRAFT, State.CHECKED, State.APPROVED);
        PolicyFiles files = shelf.files(before.content(), before.label());
        CheckResult checked = PolicyCheck.of(files, clock.instant());
        Policy policy = checked.policy();
        TestReport test = policy == null ? null : tested(policy, progress);
        var problems = new ArrayList<>(checked.problems());
        if (test != null && test.isEmpty()) {
            // That all scenarios pass says nothing of a policy that has none.
            problems.add(Problem.of(Code.NO_SCENARIOS, new FileRef(SCENARIOS)));
        }
        problems.addAll(takenOut(() -> files).problems());
        if (test != null) {
            SortedSet<String> unproven = unproven(test);
            if (!unproven.isEmpty()) {
                problems.add(Problem.of(
                        Code.ROWS_UNPROVEN,
                        new FileRef(SCENARIOS),
                        unproven.size(),
                        unproven.stream().limit(ROWS_NAMED).collect(Collectors.joining("、"))
                                + (unproven.size() > ROWS_NAMED ? " …" : "")));
            }
        }
        boolean good = test != null
                && test.good()
                && problems.stream().noneMatch(problem -> problem.code().isError());
        Proposal after = step(no, proposal -> {
            demand(proposal, State.DRAFT, State.CHECKED, State.APPROVED);
            demandContent(proposal, before.content());
            append(
                    proposal,
                    person,
                    good ? What.CHECKED : What.FAILED,
                    before.content(),
                    proposal.label(),
                    summary(problems, test));
        });
        return new CheckOutcome(after, good, List.copyOf(problems), test);
    }

    private static TestReport tested(Policy policy, CheckOutcome.Progress progress) {
        Scenarios scenarios = ScenarioReader.read(policy, policy.files().scenarios());
        var results = new ArrayList<Cases.Result>();
        for (Scenario scenario : scenarios.cases()) {
            results.add(Cases.run(policy, scenario));
            progress.at(results.size(), scenarios.size());
        }
        var stories = new ArrayList<StoryRun>();
        for (CaseStory story : scenarios.stories()) {
            stories.add(Cases.run(policy, story));
            progress.at(results.size() + stories.size(), scenarios.size());
        }
        return new TestReport(
                policy, List.copyOf(results), List.copyOf(stories), scenarios.broken(), scenarios.problems());
    }

    /**
     * The rows by which scenarios of the live policy decide that a draft has otherwise or not at all, and by which none of the
     * draft's decides; rows that the draft has not are told elsewhere.
     */
    private SortedSet<String> unproven(TestReport test) {
        var rows = new TreeSet<String>();
        PolicyFiles live;
        Set<String> otherwise;
        Policy before;
        try {
            live = liveFiles();
            otherwise = otherwise(live, test.policy().files());
            if (otherwise.isEmpty()) {
                return rows;
            }
            before = Decisions.policy(live, clock.instant());
        } catch (StoreException e) {
            if (e.isPassing()) {
                throw e;
            }
            return rows; // what is live is damaged; see takenOut
        } catch (BadPolicyException e) {
            return rows; // what cannot be used any more proves nothing
        }
        Scenarios proofs = ScenarioReader.read(before, live.scenarios());
        for (Scenario scenario : proofs.cases()) {
            if (otherwise.contains(scenario.id())) {
                rows.addAll(fired(Cases.run(before, scenario)));
            }
        }
        for (CaseStory story : proofs.stories()) {
            if (otherwise.contains(story.id())) {
                Cases.run(before, story).results().forEach(result -> rows.addAll(fired(result)));
            }
        }
        test.asked().forEach(result -> rows.removeAll(fired(result)));
        var there = new PolicyRows(test.policy());
        rows.removeIf(id -> there.row(id) == null);
        return rows;
    }

    /** The ids of the scenarios that another policy has otherwise, or has not. */
    private static Set<String> otherwise(PolicyFiles from, PolicyFiles to) {
        var files = new TreeSet<>(from.scenarios().keySet());
        files.addAll(to.scenarios().keySet());
        var ids = new HashSet<String>();
        for (String file : files) {
            byte[] before = from.scenarios().get(file);
            byte[] after = to.scenarios().get(file);
            if (!Arrays.equals(before, after)) {
                SheetDiff.between(file, before, after).stream()
                        .flatMap(sheet -> sheet.rows().stream())
                        .filter(row -> row.change() == Change.REMOVED || row.change() == Change.CHANGED)
                        .forEach(row -> ids.add(row.row()));
            }
        }
        return ids;
    }

    private static List<String> fired(Cases.Result result) {
        return result.answer()
                .path("fired")
                .valueStream()
                .map(id -> id.stringValue(""))
                .toList();
    }

    private static String summary(List<Problem> problems, @Nullable TestReport test) {
        var counts = new ArrayList<String>();
        for (ProblemSeverity severity : ProblemSeverity.values()) {
            counts.add(severity.name() + " "
                    + problems.stream()
                            .filter(each -> each.code().severity() == severity)
                            .count());
        }
        if (test != null) {
            counts.add("PASSED " + (test.passed() + test.storiesPassed()));
            counts.add("FAILED "
                    + (test.failed() + test.storiesFailed() + test.broken().size()));
        }
        problems.stream()
                .filter(problem -> problem.code() == Code.ROWS_UNPROVEN)
                .forEach(problem -> counts.add(UNPROVEN + problem.args().get(0)));
        return String.join(", ", counts);
    }

    /**
     * Approves a policy as it is.
     *
     * @param content the hash of what is approved: who approves says what they have seen. All of it, as somebody with time
     *     can make another content of the same first digits
     * @param person who does; none of its authors
     * @throws LifecycleException if it is not checked, has another content, or the person had a hand in it
     */
    public Proposal approve(long no, String content, String person) {
        return approve(no, content, person, "");
    }

    /** Approves a policy as it is, with a remark, of which up to {@value #LONGEST_NOTE} characters are kept. */
    public Proposal approve(long no, String content, String person, String note) {
        return step(no, proposal -> {
            demandContent(proposal, content);
            if (proposal.state() == State.DRAFT) {
                throw new LifecycleException(Why.CONFLICT, Problem.of(Code.NOT_CHECKED, at(no), no));
            }
            demand(proposal, State.CHECKED, State.APPROVED);
            if (proposal.authors().stream().anyMatch(author -> People.same(author, person))) {
                throw new LifecycleException(Why.NOT_ALLOWED, Problem.of(Code.OWN_POLICY, at(no), person, no));
            }
            append(proposal, person, What.APPROVED, proposal.content(), proposal.label(), shortened(note));
        });
    }

    /**
     * Makes an approved policy live.
     *
     * @param effectiveAt from when on; null for at once
     * @param over the publication that whoever publishes knows to be the last, which makes approvals count that saw an
     *     earlier one; null when they saw the last
     * @param person who does
     * @param because why; may be empty, unless it takes away what the live policy has
     * @throws LifecycleException if it is not approved as it is, the gate is against it, the time has passed, something else
     *     was published since the approval, or it takes something away and nobody says why
     */
    public Publication publish(
            long no, @Nullable Instant effectiveAt, @Nullable Long over, String person, String because) {
        Proposal seen = get(no);
        demandApproval(seen, over, publications.last());
        // What cannot be read any more must not be made live.
        PolicyFiles files = shelf.files(seen.content(), seen.label());
        if (because.isBlank()) {
            demandNothingTaken(seen, files);
        }
        judge(seen, over, files);
        return audit.transact(() -> {
            // Read once: what is published after this takes the number, and this one is too late.
            long last = publications.last();
            Proposal proposal = get(no);
            demandContent(proposal, seen.content());
            demandApproval(proposal, over, last);
            Instant now = now();
            Publication live = publications.live(now);
            Instant from = effectiveAt == null ? notBefore(now, live) : effectiveAt;
            if (effectiveAt != null && (!from.isAfter(now) || (live != null && !from.isAfter(live.effectiveAt())))) {
                throw new LifecycleException(Why.BAD, Problem.of(Code.EFFECTIVE_IN_PAST, at(no), from, now));
            }
            String version = files.version();
            var publication = new Publication(
                    last + 1,
                    no,
                    proposal.content(),
                    version,
                    from,
                    now,
                    person,
                    Kind.PUBLISH,
                    null,
                    effectiveAt == null ? Fate.STARTED : null);
            add(publication);
            shelf.serve(proposal.content(), version, proposal.label());
            append(
                    proposal,
                    person,
                    What.PUBLISHED,
                    proposal.content(),
                    proposal.label(),
                    shortened((effectiveAt == null ? "" : from + " ") + because.strip()));
            return publication;
        });
    }

    private void demandNothingTaken(Proposal proposal, PolicyFiles files) {
        var taken = new ArrayList<>(takenOut(() -> files).problems());
        proposal.log().stream()
                .filter(entry -> entry.what() == What.CHECKED && entry.content().equals(proposal.content()))
                .reduce((earlier, later) -> later)
                .flatMap(entry -> Stream.of(entry.note().split(", ", -1))
                        .filter(count -> count.startsWith(UNPROVEN))
                        .findFirst())
                .ifPresent(count -> taken.add(Problem.of(
                        Code.ROWS_UNPROVEN, new FileRef(SCENARIOS), count.substring(UNPROVEN.length()), "…")));
        if (!taken.isEmpty()) {
            taken.add(0, Problem.of(Code.REASON_MISSING, at(proposal.no()), proposal.no()));
            throw new LifecycleException(Why.CONFLICT, taken);
        }
    }

    /** A clock that was set back must not publish into the past, where something newer hides it. */
    private static Instant notBefore(Instant now, @Nullable Publication live) {
        return live != null && live.effectiveAt().isAfter(now) ? live.effectiveAt() : now;
    }

    private void add(Publication publication) {
        if (!publications.add(publication)) {
            throw changed(publication.policy());
        }
    }

    private LifecycleException changed(long no) {
        long last = publications.last();
        Publication publication = publications.no(last);
        Publication live = live();
        return new LifecycleException(
                Why.CONFLICT,
                Problem.of(
                        Code.PUBLISHED_MEANWHILE,
                        at(no),
                        last,
                        publication == null ? "" : publication.policy(),
                        publication == null ? "" : publication.person(),
                        live == null ? "" : live.policy()));
    }

    private void demandApproval(Proposal proposal, @Nullable Long over, long last) {
        if (proposal.state() != State.APPROVED) {
            demand(proposal, State.DRAFT, State.CHECKED);
            throw new LifecycleException(
                    Why.CONFLICT,
                    Problem.of(
                            Code.NOT_APPROVED,
                            at(proposal.no()),
                            proposal.no(),
                            proposal.state(),
                            proposal.state().label()));
        }
        boolean current =
                over == null ? proposal.approvals().stream().anyMatch(each -> each.over() == last) : over == last;
        if (!current) {
            throw changed(proposal.no());
        }
    }

    private void judge(Proposal proposal, @Nullable Long over, PolicyFiles files) {
        if (gate == Gate.OPEN) { // nothing looks at the two policies, and loading them takes seconds
            return;
        }
        Gate.Verdict verdict = gate.judge(StoredPolicies.load(liveFiles(), clock), StoredPolicies.load(files, clock));
        if (!verdict.objections().isEmpty()) {
            throw new LifecycleException(Why.CONFLICT, verdict.objections());
        }
        long last = publications.last();
        long current = proposal.approvals().stream()
                .filter(each -> over != null || each.over() == last)
                .count();
        if (!verdict.doubts().isEmpty() && current < 2) {
            var problems = new ArrayList<Problem>();
            problems.add(Problem.of(Code.ANOTHER_APPROVAL, at(proposal.no()), proposal.no(), current));
            problems.addAll(verdict.doubts());
            throw new LifecycleException(Why.CONFLICT, problems);
        }
    }

    /**
     * Makes a policy live again that was, at once.
     *
     * <p>One person may, alone: what is wrong at three in the morning must not wait for a second one. So it is marked
     * in the audit log, shown wherever policies are listed, and every service that serves it logs a warning.
     *
     * @param to its number; null for the one that was live before the present one
     * @param person who does
     * @throws LifecycleException if there is none, it never was live, or it is
     */
    public Publication rollback(@Nullable Long to, String person) {
        return audit.transact(() -> {
            long last = publications.last(); // before anything else is looked at: see publish
            Instant now = now();
            Publication live = publications.live(now);
            Publication target = live == null ? null : to == null ? publications.before(live) : started(to, now);
            if (live == null || target == null) {
                throw new LifecycleException(Why.CONFLICT, Problem.of(Code.NOTHING_BEFORE, at(to == null ? 0 : to)));
            }
            if (target.content().equals(live.content())) {
                throw new LifecycleException(
                        Why.CONFLICT, Problem.of(Code.ALREADY_LIVE, at(target.policy()), target.policy()));
            }
            shelf.files(target.content(), ""); // what is damaged must not be made live
            var publication = new Publication(
                    last + 1,
                    target.policy(),
                    target.content(),
                    target.version(),
                    notBefore(now, live),
                    now,
                    person,
                    Kind.ROLLBACK,
                    target.restores() == null ? target.no() : target.restores(),
                    Fate.STARTED);
            add(publication);
            Proposal proposal = get(target.policy());
            append(proposal, person, What.RESTORED, target.content(), proposal.label(), "");
            return publication;
        });
    }

    /** The latest publication of a policy that came into force. */
    private Publication started(long no, Instant now) {
        return publications.of(get(no).no()).stream()
                .filter(each -> each.fate() == Fate.STARTED
                        || (each.fate() == null && !each.effectiveAt().isAfter(now)))
                .findFirst()
                .orElseThrow(() -> new LifecycleException(Why.CONFLICT, Problem.of(Code.NEVER_LIVE, at(no), no)));
    }

    /**
     * Withdraws a draft, or cancels a scheduled publication.
     *
     * @throws LifecycleException if it is live, or was
     */
    public Proposal withdraw(long no, String person) {
        return withdraw(no, person, "");
    }

    /** Gives a policy up, and says why, of which up to {@value #LONGEST_NOTE} characters are kept. */
    public Proposal withdraw(long no, String person, String note) {
        return step(no, proposal -> {
            demand(proposal, State.DRAFT, State.CHECKED, State.APPROVED, State.SCHEDULED);
            Publication publication = proposal.publication();
            if (proposal.state() == State.SCHEDULED && publication != null) {
                boolean past = !publication.effectiveAt().isAfter(now());
                if (past || !publications.settle(publication.no(), Fate.CALLED_OFF, now(), person)) {
                    throw atOnce(no);
                }
            }
            append(proposal, person, What.WITHDRAWN, proposal.content(), proposal.label(), shortened(note));
        });
    }

    /**
     * Says something of one place in a policy, for its authors and whoever approves it.
     *
     * @param content the hash of the content that was looked at
     * @param place a file, or a file, a sheet and a row; up to {@value #LONGEST_PLACE} characters are kept
     * @param text what is said, up to {@value #LONGEST_NOTE} characters with the place
     * @throws LifecycleException if it is live or was, was withdrawn, or has another content by now
     */
    public Proposal remark(long no, String content, String place, String text, String person) {
        String line = place.lines().findFirst().orElse("").strip();
        return step(no, proposal -> {
            demandContent(proposal, content);
            demand(proposal, State.DRAFT, State.CHECKED, State.APPROVED, State.SCHEDULED);
            append(
                    proposal,
                    person,
                    What.REMARKED,
                    proposal.content(),
                    proposal.label(),
                    shortened(line.substring(0, Math.min(LONGEST_PLACE, line.length())) + "\n" + text.strip()));
        });
    }

    /**
     * Gives a policy back to its authors to be mended.
     *
     * @param content the hash of the content that was looked at
     * @param note what is to be mended; may be empty, of which up to {@value #LONGEST_NOTE} characters are kept
     * @throws LifecycleException if it is neither checked nor approved, or has another content by now
     */
    public Proposal sendBack(long no, String content, String person, String note) {
        return step(no, proposal -> {
            demandContent(proposal, content);
            demand(proposal, State.CHECKED, State.APPROVED);
            append(proposal, person, What.SENT_BACK, proposal.content(), proposal.label(), shortened(note));
        });
    }

    private Proposal step(long no, Consumer<Proposal> step) {
        audit.transact(() -> {
            step.accept(get(no));
            return true;
        });
        return get(no);
    }

    private static void demand(Proposal proposal, State... states) {
        if (!List.of(states).contains(proposal.state())) {
            throw new LifecycleException(
                    Why.CONFLICT,
                    Problem.of(
                            Code.NOT_ITS_TURN,
                            at(proposal.no()),
                            proposal.no(),
                            proposal.state(),
                            proposal.state().label()));
        }
    }

    private static void demandContent(Proposal proposal, String content) {
        if (!proposal.content().equals(content)) {
            throw new LifecycleException(
                    Why.CONFLICT,
                    Problem.of(Code.OTHER_CONTENT, at(proposal.no()), proposal.no(), proposal.content(), content));
        }
    }

    private static final String ENTRY = "seq, at, person, what, content, label, seen, note";

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong("seq"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("person"),
                What.valueOf(row.getString("what")),
                row.getString("content"),
                row.getString("label"),
                row.getLong("seen"),
                row.getString("note"));
    }

    private void append(Proposal proposal, String person, What what, String content, String label, String note) {
        append(proposal.no(), proposal.log().size() + 1, person, what, content, label, publications.last(), note);
    }

    private void append(
            long no, long seq, String person, What what, String content, String label, long seen, String note) {
        Instant now = now();
        int added = database.sql()
                .sql("INSERT INTO policy_event (policy, " + ENTRY
                        + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .params(no, seq, now.toEpochMilli(), person, what.name(), content, label, seen, note)
                .update();
        if (added == 0) {
            throw atOnce(no);
        }
        audit.enter(Watched.STEP, "policy " + no + " step " + seq, now, person, what.name());
        if (!person.equals(PROGRAM)) { // what an empty store begins with is nobody's step
            along.run();
        }
    }

    private static LifecycleException atOnce(long no) {
        return new LifecycleException(Why.CONFLICT, Problem.of(Code.AT_ONCE, at(no), no));
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private static Location at(long no) {
        return new FileRef(no == 0 ? "policy" : "policy " + no);
    }
}
