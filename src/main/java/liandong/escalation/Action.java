package liandong.escalation;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import liandong.incident.Body;
import liandong.incident.CaseEventKind;
import liandong.incident.HandledStage;
import liandong.incident.Member;
import liandong.incident.Member.Role;
import liandong.incident.Presented;
import liandong.table.RowRef;
import org.jspecify.annotations.Nullable;

/**
 * Something the centre has to do about a case now (督办措施).
 *
 * <p>All its times count from when it was called for, never from when it was asked about: asked again later, it is the
 * same action.
 *
 * @param kind what
 * @param to whom it concerns: who is pressed, who takes it, who decides; empty when the policy names nobody
 * @param copied who gets a copy; empty for nobody
 * @param stage the stage it is about; null when about the case as a whole
 * @param since since when it has been called for
 * @param due by when it must be answered; of a granted extension, when the stage is due instead; null when not said
 * @param conference the joint conference; null unless it is one's
 * @param members who sits in it besides; empty unless it is one's
 * @param stages what is still to be done, counted from the start for the body that takes it; empty unless it is reassigned
 * @param rows the rows that call for it, in the order of their ids; empty when a rule alone does
 * @param agenda what the joint conference has to settle; null unless it is one's and the policy says
 * @param next what changes in the next question once it is done; null for nothing
 * @param event the event that says it has been done; null under a policy of an earlier format, whose callers do not know it
 * @param provisional whether {@code due} rests on a year that has not been announced (暂定)
 */
public record Action(
        ActionKind kind,
        List<Body> to,
        List<Body> copied,
        @Nullable String stage,
        OffsetDateTime since,
        @Nullable OffsetDateTime due,
        @Nullable Body conference,
        List<Body> members,
        List<HandledStage> stages,
        @Nullable String agenda,
        @Nullable Next next,
        @Nullable Done event,
        @Override List<RowRef> rows,
        boolean provisional)
        implements EscalationFinding, Presented {
    /** An action whose due time, if it has one, is certain. */
    public Action(
            ActionKind kind,
            List<Body> to,
            List<Body> copied,
            @Nullable String stage,
            OffsetDateTime since,
            @Nullable OffsetDateTime due,
            @Nullable Body conference,
            List<Body> members,
            List<HandledStage> stages,
            List<RowRef> rows) {
        this(kind, to, copied, stage, since, due, conference, members, stages, null, null, null, rows, false);
    }

    /**
     * The members of the next question that are others once an action is done, ready to replace those of the last.
     *
     * @param lead the body that has it in hand then
     * @param assisting the bodies that assist then
     * @param stages the stages: those that are done, and the others as they count for it
     */
    public record Next(
            @Member(label = "下次牵头 Next lead", meaning = "the body that has it in hand then")
            Body lead,

            @Member(label = "下次配合 Next assisting", meaning = "the bodies that assist then")
            List<Body> assisting,

            @Member(meaning = "the stages: those that are done, and the others as they count for it", prefix = "下次")
            List<HandledStage> stages) {}

    /**
     * The event that says that an action has been done; nothing is missing but when that was.
     *
     * @param kind what will have happened
     * @param stage the stage it is about; null when about none
     * @param body whom it concerns, also once the case is another body's; null when it is several, or none
     * @param until when the stage is due instead, of time that is granted; by when the body must have answered, where it is
     *     pressed; when the stage was due that is late, where routing is asked again; null otherwise
     * @param by who granted that; null unless time is granted, and when the policy names no centre
     */
    public record Done(
            @Member(label = "回报情形 Event", meaning = "what will have happened")
            CaseEventKind kind,

            @Member(meaning = "the stage it is about; absent when about none", example = "\"抢修\"") @Nullable
            String stage,

            @Member(meaning = "whom it concerns, also once another body has the case; absent for several, or nobody")
            @Nullable
            Body body,

            @Member(
                    meaning =
                            "when the stage is due instead, of time that is granted; by when the body must have answered, where"
                                    + " it is pressed; when the stage was due that is late, where routing is asked again:"
                                    + " stages that it gives anew do not wipe that out; absent otherwise")
            @Nullable
            OffsetDateTime until,

            @Member(meaning = "who granted that: the centre; absent unless time is granted") @Nullable
            Body by) {}

    /**
     * The same with the event that says it has been done; nobody gets a copy of what is sent to them.
     *
     * @param centre who decides at the centre; empty when the policy names nobody
     * @param late the stage that is late now, first of several; null for none
     */
    Action reported(List<Body> centre, @Nullable OpenStage late) {
        return new Action(
                kind,
                to,
                copied.stream()
                        .filter(copy -> to.stream().noneMatch(copy::isOneWith))
                        .toList(),
                stage,
                since,
                due,
                conference,
                members,
                stages,
                agenda,
                next,
                done(centre, late),
                rows,
                provisional);
    }

    private Done done(List<Body> centre, @Nullable OpenStage late) {
        if (kind == ActionKind.ROUTE_AGAIN && late != null) {
            return new Done(kind.done(), late.name(), null, late.assignedDue(), null);
        }
        boolean moves = kind == ActionKind.REASSIGN || kind == ActionKind.RAISE_LEVEL || kind == ActionKind.LOWER_LEVEL;
        boolean names = kind.weight() != null || kind == ActionKind.TELL_CITIZEN;
        boolean presses = names && (to.size() == 1 || to.equals(centre));
        boolean grants = kind == ActionKind.GRANT_EXTENSION;
        return new Done(
                kind.done(),
                stage,
                (moves || presses) && !to.isEmpty() ? to.get(0) : null,
                grants || kind.weight() != null ? due : null,
                grants && !centre.isEmpty() ? centre.get(0) : null);
    }

    /** The same, as it is compared: two that differ only in when they must be answered are the same. */
    Action undated() {
        return new Action(
                kind, to, copied, stage, since, null, conference, members, List.of(), agenda, null, null, rows, false);
    }

    /** The same, called for by other rows, with other copies. */
    Action with(List<Body> copies, List<RowRef> by) {
        return new Action(
                kind, to, copies, stage, since, due, conference, members, stages, agenda, next, event, by, provisional);
    }

    /** Whether it is what became of a ruling that was late: that one is waited for already. */
    public boolean followsLateRuling() {
        return rows.stream().anyMatch(row -> row.sheet().equals(RulingLimitRow.SHEET));
    }

    /** The same, to be answered by a moment. */
    Action by(@Nullable OffsetDateTime moment) {
        return new Action(
                kind,
                to,
                copied,
                stage,
                since,
                moment,
                conference,
                members,
                stages,
                agenda,
                next,
                event,
                rows,
                provisional);
    }

    /** The same, called for since a moment. */
    Action since(OffsetDateTime moment) {
        return new Action(
                kind,
                to,
                copied,
                stage,
                moment,
                due,
                conference,
                members,
                stages,
                agenda,
                next,
                event,
                rows,
                provisional);
    }

    /** The same with a due time that is provisional, or not. */
    Action provisional(boolean whether) {
        return new Action(
                kind, to, copied, stage, since, due, conference, members, stages, agenda, next, event, rows, whether);
    }

    private static Action of(
            ActionKind kind, List<Body> to, @Nullable String stage, OffsetDateTime since, List<RowRef> rows) {
        return new Action(kind, to, List.of(), stage, since, null, null, List.of(), List.of(), rows);
    }

    /**
     * An action as callers get it.
     *
     * @param rows ids of the rows that call for it
     */
    record Ordered(
            @Member(label = "措施 Action", meaning = "what is to be done")
            ActionKind action,

            @Member(meaning = "the same for people", role = Role.NAME, example = "\"催办\"")
            String label,

            @Member(
                    label = "对象 To",
                    meaning = "whom it concerns: who is pressed, who takes it, who decides; empty when the policy names"
                            + " nobody")
            List<Body> to,

            @Member(
                    label = "措施阶段 Of stage",
                    meaning = "the stage it is about; absent when about the case as a whole",
                    example = "\"抢修\"")
            @Nullable
            String stage,

            @Member(label = "措施起 Since", meaning = "since when it has been called for")
            OffsetDateTime since,

            @Member(
                    label = "措施期限 Due",
                    meaning = "by when it must be answered; of a granted extension, when the stage is due instead",
                    role = Role.DUE)
            @Nullable
            OffsetDateTime due,

            @Member(
                    label = "措施暂定 Action provisional",
                    meaning = "whether that rests on a year whose days off have not been announced",
                    role = Role.WHY,
                    leftOutWhenEmpty = true)
            boolean provisional,

            @Member(label = "抄送 Copied", meaning = "who gets a copy", leftOutWhenEmpty = true)
            List<Body> copied,

            @Member(label = "召开联席会议 Conference convened", meaning = "the joint conference that takes it up") @Nullable
            Body conference,

            @Member(label = "参会 Members", meaning = "who sits in it besides", leftOutWhenEmpty = true)
            List<Body> members,

            @Member(
                    label = "议题 Agenda",
                    meaning = "what the joint conference has to settle; absent unless it is one's",
                    example = "\"职责归谁、几时办结\"")
            @Nullable
            String agenda,

            @Member(
                    meaning = "what is still to be done, counted from the start for the body that takes it",
                    prefix = "重排",
                    leftOutWhenEmpty = true)
            List<HandledStage> stages,

            @Member(
                    meaning = "the event to send with the next question once it is done: only `at`, when that was, is"
                            + " missing; absent under a policy of an earlier format")
            @Nullable
            Done event,

            @Member(
                    meaning =
                            "the members of the next question that are others once it is done, ready to replace those of"
                                    + " this one; absent when none is")
            @Nullable
            Next next,

            @Member(
                    label = "措施行 Action rows",
                    meaning = "ids of the rows that call for it; absent when a rule alone does",
                    role = Role.ROW,
                    leftOutWhenEmpty = true)
            List<String> rows) {}

    @Override
    public Ordered presented() {
        return new Ordered(
                kind,
                kind.label(),
                to,
                stage,
                since,
                due,
                provisional,
                copied,
                conference,
                members,
                agenda,
                stages,
                event,
                event == null ? null : next,
                rows.stream().map(RowRef::id).toList());
    }

    /** What a row calls for, done to those it names. */
    public static Action of(TriggeredAction called, OpenCase open, @Nullable OffsetDateTime due) {
        return new Action(
                called.action(),
                called.row().concerned().of(open),
                copied(called, open),
                called.stage(),
                called.since(),
                due,
                null,
                List.of(),
                List.of(),
                called.rows());
    }

    /** What a row calls for, done to the centre. */
    public static Action of(TriggeredAction called, OpenCase open, List<Body> centre, @Nullable OffsetDateTime due) {
        return new Action(
                called.action(),
                centre,
                copied(called, open),
                called.stage(),
                called.since(),
                due,
                null,
                List.of(),
                List.of(),
                called.rows());
    }

    /** The centre decides. */
    public static Action centre(List<Body> centre, OffsetDateTime since, List<RowRef> rows) {
        return of(ActionKind.CENTRE_DECIDES, centre, null, since, rows);
    }

    /** The level above takes it up. */
    public static Action raise(OpenCase open, HigherBodyRow row, OffsetDateTime since, List<RowRef> rows) {
        Body to = row.to().in(open.matter().report().area());
        return of(ActionKind.RAISE_LEVEL, List.of(to), null, since, and(rows, row.ref()));
    }

    /**
     * The level above takes it up, as a row calls for.
     *
     * @param due by when it must have answered; null when not said
     */
    public static Action raise(OpenCase open, HigherBodyRow row, TriggeredAction called, @Nullable OffsetDateTime due) {
        Action raised = raise(open, row, called.since(), called.rows());
        return new Action(
                raised.kind(),
                raised.to(),
                copied(called, open),
                null,
                raised.since(),
                due,
                null,
                List.of(),
                List.of(),
                raised.rows());
    }

    private static List<Body> copied(TriggeredAction called, OpenCase open) {
        return called.row().copied().stream()
                .map(body -> body.in(open.matter().report().area()))
                .toList();
    }

    /** A joint conference takes it up, as rules of format 1 and 2 have it. */
    public static Action conference(OpenCase open, ConferenceRow row, OffsetDateTime since, List<RowRef> rows) {
        return conference(open, row, row.lead(), List.of(), since, null, rows);
    }

    /**
     * A joint conference takes it up; the bodies that have had the matter sit in it too.
     *
     * @param due by when it must have decided; null when not said
     */
    public static Action conference(
            OpenCase open, ConferenceRow row, OffsetDateTime since, @Nullable OffsetDateTime due, List<RowRef> rows) {
        return conference(open, row, row.lead(), open.holders(), since, due, rows);
    }

    /**
     * The same, convened by the centre where the body of its row has returned the case itself.
     *
     * @param centre who decides at the centre; empty when the policy names nobody
     * @param due by when it must have decided; null when not said
     */
    public static Action conference(
            OpenCase open,
            ConferenceRow row,
            List<Body> centre,
            OffsetDateTime since,
            @Nullable OffsetDateTime due,
            List<RowRef> rows) {
        return conference(open, row, row.convener(open, centre), open.holders(), since, due, rows);
    }

    private static Action conference(
            OpenCase open,
            ConferenceRow row,
            Body convener,
            Collection<Body> disputing,
            OffsetDateTime since,
            @Nullable OffsetDateTime due,
            List<RowRef> rows) {
        var members = new LinkedHashSet<Body>();
        row.members().forEach(body -> members.add(body.in(open.matter().report().area())));
        members.addAll(disputing);
        if (open.returns() > 0) {
            row.disputing()
                    .forEach(body -> members.add(body.in(open.matter().report().area())));
        }
        members.add(open.lead());
        members.addAll(open.assisting());
        members.add(row.lead());
        members.remove(convener);
        return new Action(
                ActionKind.ACTIVATE_CONFERENCE,
                List.of(convener),
                List.of(),
                null,
                since,
                due,
                row.conference(),
                List.copyOf(members),
                List.of(),
                row.agenda(),
                null,
                null,
                and(rows, row.ref()),
                false);
    }

    /**
     * The level below takes it back: the one that leads goes on alone, or another body leads and that one assists.
     *
     * @param stages what is still to be done, counted from the start, for another body
     */
    public static Action lower(OpenCase open, LowerBodyRow row, TriggeredAction called, List<HandledStage> stages) {
        Body named = row.to();
        Body to = named == null ? open.lead() : named.in(open.matter().report().area());
        boolean other = !to.isOneWith(open.lead());
        var assisting = new ArrayList<Body>();
        open.assisting().stream().filter(body -> !body.isOneWith(to)).forEach(assisting::add);
        assisting.add(open.lead());
        return new Action(
                ActionKind.LOWER_LEVEL,
                List.of(to),
                copied(called, open),
                null,
                called.since(),
                null,
                null,
                List.of(),
                other ? stages : List.of(),
                null,
                other ? new Next(to, List.copyOf(assisting), all(open, stages)) : null,
                null,
                and(called.rows(), row.ref()),
                false);
    }

    /** The stages that are done, and those that count anew. */
    private static List<HandledStage> all(OpenCase open, List<HandledStage> stages) {
        var all = new ArrayList<HandledStage>();
        open.stages().stream()
                .filter(stage -> !stage.isFormer() && open.doneAt(stage) != null)
                .map(stage -> stage.done(open.doneAt(stage)))
                .forEach(all::add);
        all.addAll(stages);
        return List.copyOf(all);
    }

    /** Another body takes it, with what is still to be done counted from the start. */
    public static Action reassign(Body to, List<HandledStage> stages, OffsetDateTime since, ReturnRow row) {
        return reassigned(to, stages, since, null, row);
    }

    /** Another body takes it; the bodies that assist go on, but for the one that leads now. */
    public static Action reassign(
            OpenCase open, Body to, List<HandledStage> stages, OffsetDateTime since, ReturnRow row) {
        List<Body> assisting =
                open.assisting().stream().filter(body -> !body.isOneWith(to)).toList();
        return reassigned(to, stages, since, new Next(to, assisting, all(open, stages)), row);
    }

    /**
     * The body that the duty catalogue names takes it.
     *
     * @param named the body as the catalogue has it; a generic one means the one of the place
     * @param duty the catalogue's row
     */
    public static Action reassign(
            OpenCase open, Body named, List<HandledStage> stages, OffsetDateTime since, ReturnRow row, RowRef duty) {
        Action action = reassign(open, named.in(open.matter().report().area()), stages, since, row);
        return action.with(action.copied(), and(action.rows(), duty));
    }

    private static Action reassigned(
            Body to, List<HandledStage> stages, OffsetDateTime since, @Nullable Next next, ReturnRow row) {
        return new Action(
                ActionKind.REASSIGN,
                List.of(to),
                List.of(),
                null,
                since,
                null,
                null,
                List.of(),
                stages,
                null,
                next,
                null,
                List.of(row.ref()),
                false);
    }

    /** The body keeps it. */
    public static Action refuseReturn(OpenCase open, OffsetDateTime since, ReturnRow row) {
        return of(ActionKind.REFUSE_RETURN, List.of(open.lead()), null, since, List.of(row.ref()));
    }

    /** The body gets more time: the stage is due later. */
    public static Action grant(
            OpenCase open, String stage, OffsetDateTime since, OffsetDateTime due, ExtensionRow row) {
        return new Action(
                ActionKind.GRANT_EXTENSION,
                List.of(open.lead()),
                List.of(),
                stage,
                since,
                due,
                null,
                List.of(),
                List.of(),
                List.of(row.ref()));
    }

    /** Who has to say whether a body gets more time is told that it has asked; until then the stage is due when it is. */
    public static Action refer(OpenCase open, ExtensionRequest request, ExtensionRow row) {
        Body decider = row.decider(open);
        return new Action(
                ActionKind.REMIND,
                List.of(decider),
                decider.isOneWith(open.lead()) ? List.of() : List.of(open.lead()),
                request.stage().name(),
                request.requestedAt(),
                request.stage().due(),
                null,
                List.of(),
                List.of(),
                List.of(row.ref()));
    }

    /** Who asked for more time for a stage does not get it. */
    public static Action refuseExtension(OpenCase open, ExtensionRequest request, ExtensionRow row) {
        Body asker = request.asker();
        return of(
                ActionKind.REFUSE_EXTENSION,
                List.of(asker == null || request.byHolder() ? open.lead() : asker),
                request.stage().name(),
                request.requestedAt(),
                List.of(row.ref()));
    }

    /** The body gets no more time. */
    public static Action refuseExtension(OpenCase open, String stage, OffsetDateTime since, ExtensionRow row) {
        return of(ActionKind.REFUSE_EXTENSION, List.of(open.lead()), stage, since, List.of(row.ref()));
    }

    private static List<RowRef> and(List<RowRef> rows, RowRef row) {
        var all = new ArrayList<>(rows);
        all.add(row);
        return List.copyOf(all);
    }
}
