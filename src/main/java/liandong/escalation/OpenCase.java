package liandong.escalation;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import liandong.incident.Body;
import liandong.incident.BodyKind;
import liandong.incident.Bounds;
import liandong.incident.CaseEvent;
import liandong.incident.CaseEventKind;
import liandong.incident.CaseEvents;
import liandong.incident.Column;
import liandong.incident.Danger;
import liandong.incident.FalseReports;
import liandong.incident.HandledStage;
import liandong.incident.Matter;
import liandong.incident.ReturnReason;
import liandong.incident.StageCourse;
import liandong.table.History;
import org.jspecify.annotations.Nullable;

/**
 * A matter in somebody's hands, and all that has happened to it since (在办件).
 *
 * <p>Immutable. Escalation tables are asked about it. Nothing it says of itself depends on what time it is now: what does,
 * rules ask of the clock.
 *
 * @param matter the matter, classified and graded
 * @param lead the body that has it in hand now
 * @param assisting the bodies that assist; empty for none
 * @param conference the joint conference that would take it; null for none
 * @param assignedAt when it was first assigned
 * @param stages the stages it was given, in their order
 * @param events what has happened since, by time
 * @param similar open incidents about the like matter; null when not counted
 * @param noClearLaw whether no law or rule says whose it is or what is to be done
 * @param disregarded what was told and does not count; empty for nothing
 * @param credited the pauses, extensions and explanations that count, or counted; empty for none
 * @param harmApart whether what is done because people are hurt answers the harm alone; in policies of earlier formats a raised
 *     level answers a return, too, whatever it was raised for
 */
public record OpenCase(
        Matter matter,
        @Column("牵头 Lead") Body lead,
        List<Body> assisting,

        @Column("预定联席会议 Conference in view") @Nullable Body conference,

        OffsetDateTime assignedAt,
        List<HandledStage> stages,
        List<CaseEvent> events,
        @Nullable Similar similar,
        @Column("无明确依据 No clear law") boolean noClearLaw,
        List<Disregarded> disregarded,
        List<Credited> credited,
        boolean harmApart)
        implements History {
    private static final Set<CaseEventKind> ANSWERS_TO_RETURN = EnumSet.of(
            CaseEventKind.RETURN_REFUSED,
            CaseEventKind.REASSIGNED,
            CaseEventKind.LEVEL_RAISED,
            CaseEventKind.LEVEL_LOWERED,
            CaseEventKind.CENTRE_DECIDED,
            CaseEventKind.CONFERENCE_ACTIVATED,
            CaseEventKind.CONFERENCE_DECIDED);

    private static final Set<CaseEventKind> ANSWERS_TO_HARM = EnumSet.of(
            CaseEventKind.REDO, CaseEventKind.REOPENED, CaseEventKind.CENTRE_DECIDED, CaseEventKind.CONFERENCE_DECIDED);

    /** What counts against a body, unless a person has found that it is not its fault. */
    private static final Set<CaseEventKind> BLAMES =
            EnumSet.of(CaseEventKind.FRAUD, CaseEventKind.SHIRKED, CaseEventKind.CITIZEN_COMPLAINED);

    /** Puts the events in the order of their times. */
    public OpenCase {
        events = CaseEvents.inOrder(events);
    }

    /** A case of which everything counts that was told. */
    public OpenCase(
            Matter matter,
            Body lead,
            List<Body> assisting,
            @Nullable Body conference,
            OffsetDateTime assignedAt,
            List<HandledStage> stages,
            List<CaseEvent> events,
            @Nullable Similar similar,
            boolean noClearLaw) {
        this(
                matter,
                lead,
                assisting,
                conference,
                assignedAt,
                stages,
                events,
                similar,
                noClearLaw,
                List.of(),
                List.of(),
                true);
    }

    /** The same case as it stood at a moment: with what had happened by then. */
    @Override
    public OpenCase asOf(OffsetDateTime moment) {
        OpenCase then = with(
                events.stream().filter(event -> !event.at().isAfter(moment)).toList());
        return disregarded.isEmpty()
                ? then
                : then.disregarding(
                        disregarded.stream()
                                .filter(told -> !told.from().isAfter(moment))
                                .toList(),
                        credited);
    }

    /** The same with other events. */
    OpenCase with(List<CaseEvent> others) {
        return new OpenCase(
                matter,
                lead,
                assisting,
                conference,
                assignedAt,
                stages,
                others,
                similar,
                noClearLaw,
                disregarded,
                credited,
                harmApart);
    }

    /** The same without what is told of one kind. */
    OpenCase without(CaseEventKind kind) {
        return with(events.stream().filter(event -> event.kind() != kind).toList());
    }

    /** The same as if the report told of nobody who was hurt or is in danger of life: of these no one says since when. */
    OpenCase unharmed() {
        return about(matter.unharmed());
    }

    /**
     * The same as policies of an earlier format have it: whoever has been in touch with the citizen, that counts for the lead, and
     * a raised level answers a return.
     */
    OpenCase ofEarlierFormat() {
        return new OpenCase(
                matter,
                lead,
                assisting,
                conference,
                assignedAt,
                stages,
                events.stream()
                        .map(event -> event.kind() == CaseEventKind.CONTACTED ? event.ofNobody() : event)
                        .toList(),
                similar,
                noClearLaw,
                disregarded,
                credited,
                false);
    }

    /** The same without what a person has taken out of what the body is blamed for (剔除). */
    OpenCase judged() {
        return with(events.stream()
                .filter(event -> event.excluded() == null || !BLAMES.contains(event.kind()))
                .toList());
    }

    /** The same as if nobody had tried to stop its limits who may not. */
    OpenCase withoutRefusedPauses() {
        return disregarding(
                disregarded.stream().filter(told -> !told.isRefusedPause()).toList(), credited);
    }

    /**
     * The same with what was late when routing was asked again: stages that it gives anew do not wipe that out. Such a stage is
     * open until all of the new ones have been done once; of what another body was late with, nothing is laid to the one that
     * has the case since. What was told of a stage before is not of the one that has its name now.
     */
    OpenCase withLateBefore() {
        OpenCase now = with(CaseEvents.ofStagesNow(assignedAt, stages, events));
        var former = new ArrayList<HandledStage>();
        OffsetDateTime held = inHandSince();
        for (CaseEvent event : events) {
            OffsetDateTime due = event.until();
            String name = event.stage();
            if (event.kind() == CaseEventKind.ROUTED_AGAIN
                    && event.excluded() == null
                    && name != null
                    && due != null
                    && due.isBefore(event.at())
                    && !event.at().isBefore(held)) {
                HandledStage late = HandledStage.former(name, due, stages, now.allDoneOnce());
                if (former.stream().noneMatch(each -> each.name().equals(late.name()))) {
                    former.add(late);
                }
            }
        }
        former.addAll(stages);
        return former.size() == stages.size() ? now : staged(former, now.events);
    }

    /** When the last of the stages was done for the first time; null while one never was. */
    private @Nullable OffsetDateTime allDoneOnce() {
        OffsetDateTime last = null;
        for (HandledStage stage : stages) {
            OffsetDateTime first = stage.doneAt();
            for (CaseEvent event : events) {
                boolean done =
                        event.kind() == CaseEventKind.STAGE_DONE && stage.name().equals(event.stage());
                first = done && (first == null || event.at().isBefore(first)) ? event.at() : first;
            }
            if (first == null) {
                return null;
            }
            last = last == null || first.isAfter(last) ? first : last;
        }
        return last;
    }

    /** The same without what was reported as done and found not to have been: it was not done then. */
    OpenCase asTrulyDone() {
        List<CaseEvent> counted = events.stream()
                .filter(event ->
                        event.kind() != CaseEventKind.FRAUD || (event.excluded() == null && concernsLead(event)))
                .toList();
        if (counted.stream().noneMatch(event -> event.kind() == CaseEventKind.FRAUD)) {
            return this;
        }
        FalseReports falsely = FalseReports.of(stages, counted);
        return staged(
                stages.stream()
                        .map(stage -> falsely.have(stage.name(), stage.doneAt()) ? stage.done(null) : stage)
                        .toList(),
                events.stream()
                        .filter(event ->
                                event.kind() != CaseEventKind.STAGE_DONE || !falsely.have(event.stage(), event.at()))
                        .toList());
    }

    /** The same in the hands of another body, as it was before it was handed on. */
    OpenCase ledBy(Body holder) {
        return copy(matter, holder, stages, events);
    }

    private OpenCase staged(List<HandledStage> others, List<CaseEvent> happened) {
        return copy(matter, lead, List.copyOf(others), happened);
    }

    /** The same with what its text tells of danger. */
    OpenCase endangered(Danger told) {
        return about(matter.endangered(told));
    }

    private OpenCase about(Matter told) {
        return copy(told, lead, stages, events);
    }

    private OpenCase copy(Matter about, Body holder, List<HandledStage> handled, List<CaseEvent> happened) {
        return new OpenCase(
                about,
                holder,
                assisting,
                conference,
                assignedAt,
                handled,
                happened,
                similar,
                noClearLaw,
                disregarded,
                credited,
                harmApart);
    }

    /**
     * The same, with what of it counts and what does not.
     *
     * @param what what does not
     * @param counting what does
     */
    OpenCase disregarding(List<Disregarded> what, List<Credited> counting) {
        return new OpenCase(
                matter,
                lead,
                assisting,
                conference,
                assignedAt,
                stages,
                events,
                similar,
                noClearLaw,
                List.copyOf(what),
                List.copyOf(counting),
                harmApart);
    }

    /** The moments at which something happened, from its assignment on, in their order. */
    @Override
    public List<OffsetDateTime> moments() {
        var moments = new ArrayList<OffsetDateTime>();
        moments.add(assignedAt);
        for (CaseEvent event : told()) {
            if (event.at().isAfter(moments.get(moments.size() - 1))) {
                moments.add(event.at());
            }
        }
        return List.copyOf(moments);
    }

    /** The events that count, and the pauses that do not, by time. */
    private List<CaseEvent> told() {
        List<CaseEvent> refused = disregarded.stream()
                .filter(Disregarded::isRefusedPause)
                .map(Disregarded::event)
                .toList();
        if (refused.isEmpty()) {
            return events;
        }
        var all = new ArrayList<>(events);
        all.addAll(refused);
        return CaseEvents.inOrder(all);
    }

    /** When it came into the hands it is in now. */
    public OffsetDateTime inHandSince() {
        CaseEvent last = null;
        for (CaseEvent event : events) {
            last = moves(event) ? event : last;
        }
        return last == null ? assignedAt : last.at();
    }

    /** Whether an event puts the case into other hands. */
    static boolean moves(CaseEvent event) {
        return CaseEvents.moves(event);
    }

    /**
     * The body that an event concerns: the one that it names or, where it names none, the one that had the case in hand then;
     * null when that is not known.
     */
    @Nullable
    Body concerned(CaseEvent event) {
        return CaseEvents.concerned(event, events, lead);
    }

    /** The bodies it has been sent to so far, in no particular order; the one that has it in hand is among them. */
    public Set<Body> holders() {
        var holders = new LinkedHashSet<Body>();
        for (CaseEvent event : events) {
            boolean sent = event.kind() == CaseEventKind.RETURNED || moves(event);
            Body body = event.body();
            if (sent && body != null) {
                holders.add(body);
            }
        }
        holders.add(lead);
        return holders;
    }

    /** Whether a body has it in hand, or had; so it is taken when nobody is named. */
    boolean isHolder(@Nullable Body body) {
        return body == null || holders().stream().anyMatch(body::isOneWith);
    }

    /** Whether a body has been reminded of a stage since, as of a request that it has to answer. */
    public boolean hasReminded(Body body, OffsetDateTime since, String stage) {
        return events.stream()
                .anyMatch(event -> event.kind() == CaseEventKind.REMINDED
                        && stage.equals(event.stage())
                        && !event.at().isBefore(since)
                        && body.isOneWith(event.body() == null ? lead : event.body()));
    }

    /** Whether a body, or the one that a generic name means here, has not had it yet; never when none is named. */
    public boolean mayGoTo(@Nullable Body body) {
        return body != null
                && holders().stream().noneMatch(body.in(matter.report().area())::isOneWith);
    }

    /** Whether a body, or the one that a generic name means here, is the one that has it in hand. */
    public boolean isLedBy(@Nullable Body body) {
        return body != null && body.in(matter.report().area()).isOneWith(lead);
    }

    /**
     * The return that nobody has answered yet; null when there is none. That the level was raised while harm was unsettled answers
     * the harm, and not a return: whose the matter is has still to be said.
     */
    public @Nullable CaseEvent pendingReturn() {
        CaseEvent pending = null;
        boolean harmed = harmApart && matter.tellsOfHarm();
        for (CaseEvent event : events) {
            if (event.kind() == CaseEventKind.RETURNED) {
                pending = event;
            } else if (event.kind() == CaseEventKind.LEVEL_RAISED && harmed) {
                harmed = false;
            } else if (ANSWERS_TO_RETURN.contains(event.kind())) {
                pending = null;
            }
            harmed = event.kind() == CaseEventKind.HARM ? harmApart : harmed && !ANSWERS_TO_HARM.contains(event.kind());
        }
        return pending;
    }

    /**
     * Whether people have been hurt or come into danger since, or are as the report tells, and that is not settled: nothing has
     * been ordered to be done again after it, and neither the centre nor a conference has decided. Never in policies of earlier
     * formats, which do not set it apart.
     */
    boolean harmUnsettled() {
        boolean harmed = harmApart && matter.tellsOfHarm();
        for (CaseEvent event : events) {
            harmed = event.kind() == CaseEventKind.HARM ? harmApart : harmed && !ANSWERS_TO_HARM.contains(event.kind());
        }
        return harmed;
    }

    /**
     * Whether the body that has it in hand has returned it and nobody has said yet whose it is: the return is not answered, or a
     * conference sits over it.
     */
    @Column("退单未定 Return open")
    public boolean returnOpen() {
        CaseEvent returned = last(CaseEventKind.RETURNED);
        return pendingReturn() != null
                || (awaitsConference() && returned != null && !returned.at().isBefore(inHandSince()));
    }

    /** The latest event of a kind; null when there is none. */
    public @Nullable CaseEvent last(CaseEventKind kind) {
        CaseEvent last = null;
        for (CaseEvent event : events) {
            last = event.kind() == kind ? event : last;
        }
        return last;
    }

    /**
     * Whether something has been done since it was called for. What presses a body for a stage includes what presses less:
     * after a red card that was drawn late no yellow one follows, nor after one that was drawn before a pause moved the moment of
     * the yellow one behind it.
     *
     * @param stage the stage it was called for; null when for the case as a whole
     */
    public boolean hasSince(OffsetDateTime called, CaseEventKind kind, @Nullable String stage) {
        OffsetDateTime cards = stage == null || !ActionKind.isCard(kind) ? called : earlier(called, limitSince(stage));
        return events.stream()
                .anyMatch(event -> !pressesCentre(event)
                        && !pressesBystander(event)
                        && isOf(event, stage)
                        && (event.kind() == kind
                                ? !event.at().isBefore(called)
                                : stage != null
                                        && ActionKind.pressesHarder(event.kind(), kind)
                                        && !event.at().isBefore(ActionKind.isCard(event.kind()) ? cards : called)));
    }

    private static OffsetDateTime earlier(OffsetDateTime one, OffsetDateTime other) {
        return one.isBefore(other) ? one : other;
    }

    /** The latest event of a kind that counts for the body that has it in hand, or for the case; null when there is none. */
    @Nullable
    CaseEvent lastCounted(CaseEventKind kind) {
        boolean blames = BLAMES.contains(kind) && kind != CaseEventKind.CITIZEN_COMPLAINED;
        CaseEvent last = null;
        for (CaseEvent event : events) {
            last = event.kind() == kind && (!blames || concernsLead(event)) ? event : last;
        }
        return last;
    }

    /** When what a row calls for the case was done last; null when it never was. */
    @Nullable
    OffsetDateTime lastDone(ActionTrigger row) {
        OffsetDateTime last = null;
        for (CaseEvent event : events) {
            last = event.kind() == row.step().action().done() && hasDone(event.at(), row, null) ? event.at() : last;
        }
        return last;
    }

    /** Since when a stage has had the limit it has: it was given, put into other hands, granted more time, or opened again. */
    private OffsetDateTime limitSince(String name) {
        OffsetDateTime since = inHandSince();
        for (HandledStage stage : stages) {
            CaseEvent again = stage.name().equals(name) ? openedAgain(stage) : null;
            since = again != null && again.at().isAfter(since) ? again.at() : since;
        }
        for (CaseEvent event : events) {
            boolean granted = event.kind() == CaseEventKind.EXTENSION_GRANTED && name.equals(event.stage());
            since = granted && event.at().isAfter(since) ? event.at() : since;
        }
        return since;
    }

    /** Whether an event is about a stage or the case as a whole; always when no stage is asked for. */
    private static boolean isOf(CaseEvent event, @Nullable String stage) {
        return stage == null || event.stage() == null || event.stage().equals(stage);
    }

    /**
     * Whether an event tells that the centre was pressed, or has been in touch with the citizen, while another body has the case
     * in hand: nothing of that is its.
     */
    private boolean pressesCentre(CaseEvent event) {
        Body body = event.body();
        return body != null
                && body.kind() == BodyKind.CENTRE
                && lead.kind() != BodyKind.CENTRE
                && isOfCentreToo(event.kind());
    }

    /** Whether an event tells that somebody was pressed who has the case neither in hand nor ever had: nothing of that is the lead's. */
    private boolean pressesAnother(CaseEvent event) {
        return event.body() != null && ActionKind.presses(event.kind()) && !isHolder(event.body());
    }

    /**
     * Whether a body that neither has the case nor assists was pressed, as of a request that it has to answer, or of a conference
     * that it convenes.
     */
    private boolean pressesBystander(CaseEvent event) {
        Body body = event.body();
        return ActionKind.presses(event.kind())
                && body != null
                && body.kind() != BodyKind.CENTRE
                && !isHolder(body)
                && assisting.stream().noneMatch(body::isOneWith);
    }

    /** Whether the lead does or suffers something, or the centre instead, by whom the event names. */
    private static boolean isOfCentreToo(CaseEventKind kind) {
        return ActionKind.presses(kind) || kind == CaseEventKind.CONTACTED;
    }

    /** Whether what a row calls for has been done since: to the centre, where that is whom it concerns. */
    public boolean hasDone(OffsetDateTime called, ActionTrigger row, @Nullable String stage) {
        CaseEventKind kind = row.step().action().done();
        if (row.concerned() == Concerned.CENTRE && isOfCentreToo(kind) && lead.kind() != BodyKind.CENTRE) {
            return events.stream()
                    .anyMatch(event -> event.kind() == kind
                            && pressesCentre(event)
                            && !event.at().isBefore(called)
                            && isOf(event, stage));
        }
        if (row.concerned() == Concerned.CONVENER && isOfCentreToo(kind)) {
            return events.stream()
                    .anyMatch(event -> event.kind() == kind
                            && event.body() != null
                            && (lead.kind() == BodyKind.CENTRE || !event.body().isOneWith(lead))
                            && !event.at().isBefore(called));
        }
        return hasSince(called, kind, stage);
    }

    /**
     * Whether something has been done since it was called for, or somebody who decides more has decided: the centre or a
     * conference.
     */
    public boolean settledSince(OffsetDateTime called, CaseEventKind kind) {
        return hasSince(called, kind, null)
                || hasSince(called, CaseEventKind.CENTRE_DECIDED, null)
                || hasSince(called, CaseEventKind.CONFERENCE_DECIDED, null);
    }

    /** When a stage was done; null when it has not been, or has to be done again since. */
    public @Nullable OffsetDateTime doneAt(HandledStage stage) {
        return course(stage).doneAt();
    }

    /**
     * The latest event since which a stage has to be done again; null when it never was. Of one that was not done yet nothing
     * begins anew: its limit runs on.
     */
    public @Nullable CaseEvent openedAgain(HandledStage stage) {
        return course(stage).again();
    }

    private StageCourse course(HandledStage stage) {
        return StageCourse.of(stage, stages, events);
    }

    /** Whether every stage is done. */
    public boolean done() {
        return stages.stream().allMatch(stage -> doneAt(stage) != null);
    }

    /**
     * Whether the body that has it in hand said that every stage is done and it has been found since that one was not: nobody
     * has done it again, or been told to.
     */
    public boolean cheated() {
        return isOpenSince(lastCounted(CaseEventKind.FRAUD), EnumSet.of(CaseEventKind.REDO, CaseEventKind.REOPENED));
    }

    /**
     * Whether every stage is said to be done and people were hurt, or came into danger, since: nothing has been done for that
     * case again, or been ordered, and neither the centre nor a conference has decided.
     */
    public boolean harmed() {
        return isOpenSince(last(CaseEventKind.HARM), ANSWERS_TO_HARM);
    }

    /** Whether all is done and something came to light since, which nobody has done anything about. */
    private boolean isOpenSince(@Nullable CaseEvent found, Set<CaseEventKind> answers) {
        return found != null
                && done()
                && stages.stream()
                        .noneMatch(stage ->
                                stage.doneAt() != null && stage.doneAt().isAfter(found.at()))
                && events.stream()
                        .noneMatch(event -> event.kind() == CaseEventKind.STAGE_DONE
                                ? event.at().isAfter(found.at())
                                : answers.contains(event.kind()) && !event.at().isBefore(found.at()));
    }

    private int count(CaseEventKind kind) {
        return (int) events.stream()
                .filter(event -> event.kind() == kind && !pressesCentre(event) && !pressesAnother(event))
                .count();
    }

    /** How often something is told of the body that has it in hand: nobody is pressed for what another did before. */
    private int countOfLead(CaseEventKind kind) {
        return (int) events.stream()
                .filter(event -> event.kind() == kind && concernsLead(event))
                .count();
    }

    private boolean concernsLead(CaseEvent event) {
        Body body = concerned(event);
        return body != null && body.isOneWith(lead);
    }

    private boolean has(CaseEventKind kind) {
        return last(kind) != null;
    }

    /** What kind of body has it in hand. */
    @Column("牵头类别 Lead kind")
    public BodyKind leadKind() {
        return lead.kind();
    }

    /** How often it has been returned. */
    @Column("退单次数 Returns")
    @Bounds(max = 1_000)
    public int returns() {
        return count(CaseEventKind.RETURNED);
    }

    /** How often the body that has it in hand has returned it. */
    @Column("本单位退单次数 Returns by holder")
    @Bounds(max = 1_000)
    public int returnsByHolder() {
        return countOfLead(CaseEventKind.RETURNED);
    }

    /** Why it was returned, while nobody has answered; null otherwise. */
    @Column("退单理由 Return reason")
    public @Nullable ReturnReason returnReason() {
        CaseEvent pending = pendingReturn();
        return pending == null ? null : pending.reason();
    }

    /** How often it has been assigned, the first time included. */
    @Column("交办次数 Assignments")
    @Bounds(min = 1, max = 1_001)
    public int assignments() {
        return 1 + count(CaseEventKind.REASSIGNED);
    }

    /** Whether the body that has it in hand has taken it. */
    @Column("已接收 Accepted")
    public boolean accepted() {
        return hasSince(inHandSince(), CaseEventKind.ACCEPTED, null);
    }

    /** Whether the body that has it in hand has been in touch with the citizen. */
    @Column("已联系群众 Contacted")
    public boolean contacted() {
        return hasSince(inHandSince(), CaseEventKind.CONTACTED, null);
    }

    /** Whether the centre, or a joint conference, has decided whose it is. */
    @Column("已裁定 Decided")
    public boolean decided() {
        return has(CaseEventKind.CENTRE_DECIDED) || has(CaseEventKind.CONFERENCE_DECIDED);
    }

    /** Whether a joint conference has taken it up. */
    @Column("已启动联席会议 In conference")
    public boolean inConference() {
        return has(CaseEventKind.CONFERENCE_ACTIVATED);
    }

    /** Whether a joint conference has taken it up and not decided yet. */
    public boolean awaitsConference() {
        CaseEvent taken = last(CaseEventKind.CONFERENCE_ACTIVATED);
        return taken != null
                && !hasSince(taken.at(), CaseEventKind.CONFERENCE_DECIDED, null)
                && !hasSince(taken.at(), CaseEventKind.CENTRE_DECIDED, null)
                && !hasSince(taken.at(), CaseEventKind.REASSIGNED, null);
    }

    /** Whether the level above has it: it was raised, and not lowered since. */
    @Column("已提级 Raised")
    public boolean raised() {
        CaseEvent raised = last(CaseEventKind.LEVEL_RAISED);
        return raised != null && !hasSince(raised.at(), CaseEventKind.LEVEL_LOWERED, null);
    }

    /** How many stages this level has done: since it was raised, handed to another body, or lowered, whichever came last. */
    @Column("本级已办阶段 Stages done here")
    public int stagesDone() {
        CaseEvent raised = last(CaseEventKind.LEVEL_RAISED);
        OffsetDateTime held = inHandSince();
        OffsetDateTime since = raised == null || raised.at().isBefore(held) ? held : raised.at();
        return (int) stages.stream()
                .filter(stage -> !stage.isFormer())
                .map(this::doneAt)
                .filter(done -> done != null && !done.isBefore(since))
                .count();
    }

    /** Whether the body has given its reasons for being late. */
    @Column("已说明原因 Explained")
    public boolean explained() {
        return has(CaseEventKind.EXPLAINED);
    }

    /** Whether the body has explained that it cannot be solved for now. */
    @Column("难以解决 Unsolvable")
    public boolean unsolvable() {
        return has(CaseEventKind.UNSOLVABLE);
    }

    /** How often it has been urged in writing. */
    @Column("催办次数 Supervisions")
    @Bounds(max = 1_000)
    public int supervisions() {
        return count(CaseEventKind.SUPERVISED);
    }

    /** How many yellow cards it has drawn. */
    @Column("黄牌数 Yellow cards")
    @Bounds(max = 1_000)
    public int yellowCards() {
        return count(CaseEventKind.YELLOW_CARD);
    }

    /** How many red cards it has drawn. */
    @Column("红牌数 Red cards")
    @Bounds(max = 1_000)
    public int redCards() {
        return count(CaseEventKind.RED_CARD);
    }

    /** How often more time has been granted. */
    @Column("延期次数 Extensions")
    @Bounds(max = 1_000)
    public int extensions() {
        return count(CaseEventKind.EXTENSION_GRANTED);
    }

    /** How often it had to be done again. */
    @Column("重办次数 Redos")
    @Bounds(max = 1_000)
    public int redos() {
        return count(CaseEventKind.REDO);
    }

    /** How often it has been opened again. */
    @Column("重开次数 Reopened")
    @Bounds(max = 1_000)
    public int reopened() {
        return count(CaseEventKind.REOPENED);
    }

    /** How often the body that has it in hand has reported something as done that was not. */
    @Column("弄虚作假次数 Frauds")
    @Bounds(max = 1_000)
    public int frauds() {
        return countOfLead(CaseEventKind.FRAUD);
    }

    /** How often the body that has it in hand has refused it, or passed it on, without cause. */
    @Column("推诿次数 Shirks")
    @Bounds(max = 1_000)
    public int shirks() {
        return countOfLead(CaseEventKind.SHIRKED);
    }

    /** How often people were hurt, or came into danger, after it had been assigned. */
    @Column("伤亡险情次数 Harms")
    @Bounds(max = 1_000)
    public int harms() {
        return count(CaseEventKind.HARM);
    }

    /** Whether what was dangerous is so no longer, as was told, and people have not been hurt or come into danger since. */
    @Column("险情已解除 Danger over")
    public boolean dangerOver() {
        CaseEvent over = last(CaseEventKind.DANGER_OVER);
        CaseEvent harm = last(CaseEventKind.HARM);
        return over != null && (harm == null || !harm.at().isAfter(over.at()));
    }

    /** How often its limits were to be stopped by somebody, or for something, that may not: each time in vain. */
    @Column("不予认可暂停次数 Pauses refused")
    @Bounds(max = 1_000)
    public int pausesRefused() {
        return (int) disregarded.stream().filter(Disregarded::isRefusedPause).count();
    }

    /** When its limits were last to be stopped in vain; null when they never were. */
    @Nullable
    OffsetDateTime lastRefusedPause() {
        return disregarded.stream()
                .filter(Disregarded::isRefusedPause)
                .map(told -> told.event().at())
                .max(OffsetDateTime.timeLineOrder())
                .orElse(null);
    }

    /** How often the citizen has complained about how it is handled. */
    @Column("投诉次数 Complaints")
    @Bounds(max = 1_000)
    public int complaints() {
        return count(CaseEventKind.CITIZEN_COMPLAINED);
    }

    /** Whether a leader has written on it. */
    @Column("领导批示 Leader noted")
    public boolean leaderNoted() {
        return has(CaseEventKind.LEADER_NOTED);
    }

    /** Whether the media have reported it. */
    @Column("媒体曝光 Media")
    public boolean inMedia() {
        return has(CaseEventKind.MEDIA_REPORTED);
    }

    /** Whether assessment has brought it up. */
    @Column("考核提出 Raised in assessment")
    public boolean raisedInAssessment() {
        return has(CaseEventKind.RAISED_IN_ASSESSMENT);
    }

    /** The latest reopening of the case after all of it had been done; null when there is none. */
    @Nullable
    CaseEvent reopenedWhenDone() {
        CaseEvent reopened = null;
        var done = new HashSet<String>();
        var undone = new HashSet<String>();
        for (CaseEvent event : events) {
            String again = StageCourse.openedAgain(event, stages);
            if (event.kind() == CaseEventKind.STAGE_DONE && event.stage() != null) {
                done.add(event.stage());
                undone.remove(event.stage());
            } else if (again != null) {
                boolean all = event.kind() == CaseEventKind.REOPENED
                        && stages.stream().allMatch(stage -> {
                            OffsetDateTime told = stage.doneAt();
                            return done.contains(stage.name())
                                    || (told != null && !told.isAfter(event.at()) && !undone.contains(stage.name()));
                        });
                reopened = all ? event : reopened;
                done.remove(again);
                undone.add(again);
            }
        }
        return reopened;
    }

    /** Whether its limits are stopped. */
    public boolean paused() {
        boolean paused = false;
        for (CaseEvent event : events) {
            paused = event.kind() == CaseEventKind.PAUSED || (paused && event.kind() != CaseEventKind.RESUMED);
        }
        return paused;
    }

    /** The pause that goes on, as the table of such changes was asked about it; null when the limits run. */
    public @Nullable ClockChange pause() {
        CaseEvent paused = paused() ? last(CaseEventKind.PAUSED) : null;
        return paused == null
                ? null
                : new ClockChange(
                        with(events.subList(0, events.lastIndexOf(paused))), paused, count(CaseEventKind.PAUSED));
    }

    /** Whether it is on the ledger of pending matters; opened again, it is not. */
    public boolean onLedger() {
        CaseEvent ledgered = last(CaseEventKind.LEDGERED);
        return ledgered != null && !hasSince(ledgered.at(), CaseEventKind.REOPENED, null);
    }
}
