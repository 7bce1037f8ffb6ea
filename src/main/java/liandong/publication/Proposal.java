package liandong.publication;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A policy on its way, or that has gone it.
 *
 * @param no its number, by which people speak of it
 * @param label what it is called
 * @param content the hash of what is in it now
 * @param state how far it has come
 * @param authors everybody who put something into it since it was last empty of approvals, by the names they gave
 * @param approvals who approved exactly this content
 * @param publication the latest time it was made live; null when it never was
 * @param log everything that happened to it, in order
 */
public record Proposal(
        long no,
        String label,
        String content,
        State state,
        Set<String> authors,
        List<Approval> approvals,
        @Nullable Publication publication,
        List<Entry> log) {

    /** When and by whom what is in it now was put. */
    Entry lastPut() {
        return log.stream()
                .filter(entry -> entry.what() == What.PUT || entry.what() == What.MERGED)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** When it was begun, or last brought together with what was live. */
    Instant begun() {
        return log.stream()
                .filter(entry -> entry.seq() == 1 || entry.what() == What.MERGED)
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .at();
    }

    /**
     * What somebody said of one place in a policy.
     *
     * @param place the place: a file, or a file, a sheet and a row
     * @param text what they said
     * @param person who did
     * @param at when
     * @param current whether that was said of what is in it now
     */
    public record Remark(String place, String text, String person, Instant at, boolean current) {}

    /** What was said of places in it, the oldest first. */
    public List<Remark> remarks() {
        return log.stream()
                .filter(entry -> entry.what() == What.REMARKED)
                .map(entry -> {
                    int end = Math.max(0, entry.note().indexOf('\n'));
                    return new Remark(
                            entry.note().substring(0, end),
                            entry.note().substring(end).strip(),
                            entry.person(),
                            entry.at(),
                            entry.content().equals(content));
                })
                .toList();
    }

    /** How far a policy has come. */
    public enum State {
        /** Somebody works on it. */
        DRAFT("草案"),
        /** It has no errors and all its scenarios pass, as it is. */
        CHECKED("已检查"),
        /** Somebody other than its authors agrees to it, as it is. */
        APPROVED("已批准"),
        /** It will be live from a moment on. */
        SCHEDULED("定时发布"),
        /** It is live. */
        LIVE("现行"),
        /** It was live. */
        RETIRED("已停用"),
        /** It was given up. */
        WITHDRAWN("已撤下");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** What it is called in Chinese. */
        public String label() {
            return label;
        }
    }

    /** What happened. */
    public enum What {
        /** Something was put into it: whatever was said of it before does not count any more. */
        PUT,
        /** It was checked and found good. */
        CHECKED,
        /** It was checked and found wanting. */
        FAILED,
        /** It was approved. */
        APPROVED,
        /** It was made live, now or from a moment on. */
        PUBLISHED,
        /** Somebody went back to it. */
        RESTORED,
        /** It was given up, or what was to be made live was called off. */
        WITHDRAWN,
        /** Something was said of one place in it, which changes nothing: the note is the place, a line end, and what was said. */
        REMARKED,
        /** What was made live meanwhile was brought together with what was in it, which puts something else into it. */
        MERGED,
        /** It was given back to its authors to be mended: it is a draft again, and approvals do not count any more. */
        SENT_BACK
    }

    /**
     * Something that happened.
     *
     * @param seq its place, from 1
     * @param at when
     * @param person who did it
     * @param what what it was
     * @param content the hash of the content it was done to
     * @param label what the policy was called from then on
     * @param seen the last publication there was
     * @param note more about it; may be empty
     */
    public record Entry(
            long seq, Instant at, String person, What what, String content, String label, long seen, String note) {}

    /**
     * Somebody's yes.
     *
     * @param person who said it
     * @param at when
     * @param over the last publication there was: what it was compared with
     */
    public record Approval(String person, Instant at, long over) {}

    /**
     * What follows from what happened.
     *
     * @param log at least one entry
     * @param publications when it was made live, the latest first
     * @param live what is live; null when nothing is
     */
    static Proposal of(long no, List<Entry> log, List<Publication> publications, @Nullable Publication live) {
        String label = "";
        String content = "";
        State state = State.DRAFT;
        var authors = new LinkedHashSet<String>();
        var approvals = new ArrayList<Approval>();
        for (Entry entry : log) {
            label = entry.label();
            switch (entry.what()) {
                case PUT, MERGED -> {
                    content = entry.content();
                    state = State.DRAFT;
                    approvals.clear();
                    authors.add(entry.person());
                }
                case CHECKED -> state = state == State.DRAFT ? State.CHECKED : state;
                case FAILED -> {
                    state = State.DRAFT;
                    approvals.clear();
                }
                case APPROVED -> {
                    state = State.APPROVED;
                    approvals.removeIf(each -> People.same(each.person(), entry.person()));
                    approvals.add(new Approval(entry.person(), entry.at(), entry.seen()));
                }
                case PUBLISHED, RESTORED -> state = State.RETIRED;
                case WITHDRAWN -> state = State.WITHDRAWN;
                case REMARKED -> {}
                case SENT_BACK -> {
                    state = State.DRAFT;
                    approvals.clear();
                }
            }
        }
        Publication latest = publications.isEmpty() ? null : publications.get(0);
        if (state == State.RETIRED || latest != null) {
            state = published(no, publications, live, state);
        }
        return new Proposal(
                no, label, content, state, Set.copyOf(authors), List.copyOf(approvals), latest, List.copyOf(log));
    }

    private static State published(
            long no, List<Publication> publications, @Nullable Publication live, State otherwise) {
        if (live != null && live.policy() == no) {
            return State.LIVE;
        }
        boolean ahead = publications.stream()
                .anyMatch(each -> each.fate() == null && (live == null || Publication.ORDER.compare(each, live) > 0));
        if (ahead) {
            return State.SCHEDULED;
        }
        return publications.stream().allMatch(each -> each.fate() == Publication.Fate.CALLED_OFF)
                ? otherwise
                : State.RETIRED;
    }
}
