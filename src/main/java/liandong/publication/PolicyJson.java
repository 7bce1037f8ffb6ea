package liandong.publication;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import liandong.incident.Member;
import liandong.policy.PolicyFiles;
import liandong.publication.Proposal.State;
import liandong.publication.Publication.Kind;
import liandong.scenario.TestReportJson;
import liandong.wire.CheckJson;
import org.jspecify.annotations.Nullable;

/** Policies and their lives as JSON. */
public final class PolicyJson {
    /** A hash, as an example. */
    public static final String HASH = "\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"";

    private PolicyJson() {}

    /** All policies. */
    public record Overview(
            @Member(meaning = "what is live; absent when nothing is") @Nullable
            Published live,

            @Member(meaning = "what is to be, the earliest first")
            List<Published> scheduled,

            @Member(meaning = "the policies, the latest first, without their logs")
            List<Proposed> policies) {}

    /** A policy. */
    public record Proposed(
            @Member(meaning = "its number", example = "7") long policy,

            @Member(meaning = "what people call it", example = "\"2026-12\"")
            String label,

            @Member(meaning = "how far it has come") State state,

            @Member(meaning = "SHA-256 of all its files, which an approval names", example = HASH)
            String content,

            @Member(meaning = "everybody who put something into it", example = "\"张\"")
            List<String> authors,

            @Member(meaning = "who approved it as it is") List<Approval> approvals,

            @Member(meaning = "the latest time it was made live; absent when it never was") @Nullable
            Published publication,

            @Member(meaning = "everything that happened to it, in order; not in lists") @Nullable
            List<Happened> log,

            @Member(
                    meaning = "what was not sent and so stays as it is; only when something is put into it",
                    example = "\"rules\"")
            @Nullable
            List<String> kept,

            @Member(
                    meaning =
                            "what the live policy has and this one has not; absent when it has everything, and in lists")
            @Nullable
            TakenOut takesOut) {

        /** The same after somebody put something into it. */
        public Proposed kept(List<String> parts) {
            return new Proposed(policy, label, state, content, authors, approvals, publication, log, parts, takesOut);
        }

        /** The same with what the live policy has and it has not. */
        public Proposed takingOut(TakenOut gone) {
            return gone.isEmpty()
                    ? this
                    : new Proposed(policy, label, state, content, authors, approvals, publication, log, kept, gone);
        }

        private Proposed logged(List<Happened> entries) {
            return new Proposed(
                    policy, label, state, content, authors, approvals, publication, entries, kept, takesOut);
        }
    }

    /** Somebody's yes. */
    public record Approval(
            @Member(meaning = "who said it", example = "\"李\"")
            String by,

            @Member(meaning = "when") Instant at,

            @Member(meaning = "the last publication there was: what it was compared with", example = "6")
            long over) {}

    /** Something that happened to a policy. */
    public record Happened(
            @Member(meaning = "when") Instant at,

            @Member(meaning = "who did it", example = "\"张\"")
            String by,

            @Member(meaning = "what it was") Proposal.What what,

            @Member(meaning = "the hash of the content it was done to", example = HASH)
            String content,

            @Member(meaning = "what the policy was called from then on", example = "\"2026-12\"")
            String label,

            @Member(meaning = "more about it; may be empty", example = "\"\"")
            String note) {}

    /** A policy made live. */
    public record Published(
            @Member(meaning = "its number", example = "7") long publication,

            @Member(meaning = "the policy's number", example = "7")
            long policy,

            @Member(meaning = "how it came about") Kind kind,

            @Member(meaning = "the hash of what was made live", example = HASH)
            String content,

            @Member(meaning = "the version that its decisions name", example = HASH)
            String version,

            @Member(meaning = "from when on") Instant effectiveAt,
            @Member(meaning = "when somebody said so") Instant publishedAt,

            @Member(meaning = "who said so", example = "\"李\"")
            String by,

            @Member(meaning = "the publication that a rollback went back to; absent otherwise", example = "5") @Nullable
            Long restores,

            @Member(
                    meaning =
                            "true when one person did it alone, without a check, the gate or a second person, as whoever"
                                    + " goes back may; absent otherwise")
            @Nullable
            Boolean alone,

            @Member(meaning = "what is still to come after it; only in the answer to who published it") @Nullable
            List<Published> scheduled) {

        /** The same with what is still to come after it. */
        public Published before(List<Publication> ahead) {
            return new Published(
                    publication,
                    policy,
                    kind,
                    content,
                    version,
                    effectiveAt,
                    publishedAt,
                    by,
                    restores,
                    alone,
                    ahead.stream().map(PolicyJson::of).toList());
        }
    }

    /** What came of a check. */
    public record Checked(
            @Member(meaning = "whether it has no errors and every scenario passed")
            boolean good,

            @Member(meaning = "the policy afterwards") Proposed policy,
            @Member(meaning = "everything found in it") CheckJson check,

            @Member(meaning = "what came of its scenarios; absent when errors kept it from being asked") @Nullable
            TestReportJson test) {}

    /**
     * All policies.
     *
     * @param live what is live; null when nothing is
     * @param scheduled what is to be
     */
    public static Overview of(List<Proposal> proposals, @Nullable Publication live, List<Publication> scheduled) {
        return new Overview(
                live == null ? null : of(live),
                scheduled.stream().map(PolicyJson::of).toList(),
                proposals.stream().map(PolicyJson::brief).toList());
    }

    /** A policy with everything that happened to it. */
    public static Proposed of(Proposal proposal) {
        return brief(proposal)
                .logged(proposal.log().stream()
                        .map(entry -> new Happened(
                                entry.at(), entry.person(), entry.what(), entry.content(), entry.label(), entry.note()))
                        .toList());
    }

    private static Proposed brief(Proposal proposal) {
        Publication publication = proposal.publication();
        return new Proposed(
                proposal.no(),
                proposal.label(),
                proposal.state(),
                proposal.content(),
                proposal.authors().stream().sorted().toList(),
                proposal.approvals().stream()
                        .map(each -> new Approval(each.person(), each.at(), each.over()))
                        .toList(),
                publication == null ? null : of(publication),
                null,
                null,
                null);
    }

    /** A publication. */
    public static Published of(Publication publication) {
        return new Published(
                publication.no(),
                publication.policy(),
                publication.kind(),
                publication.content(),
                publication.version(),
                publication.effectiveAt(),
                publication.publishedAt(),
                publication.person(),
                publication.restores(),
                publication.kind() == Kind.ROLLBACK ? true : null,
                null);
    }

    /**
     * What came of a check.
     *
     * @param files what was checked
     * @param locale the language of messages
     */
    public static Checked of(CheckOutcome checkup, PolicyFiles files, Locale locale) {
        var test = checkup.test();
        return new Checked(
                checkup.good(),
                of(checkup.proposal()),
                CheckJson.of(files, checkup.problems(), test != null, locale),
                test == null ? null : TestReportJson.of(test, null, locale));
    }
}
