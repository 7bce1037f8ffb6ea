package liandong.quality;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import liandong.CallingSystem;
import liandong.District;
import liandong.decision.DecisionRecord;
import liandong.journal.Journal;
import liandong.journal.Keeping;
import liandong.journal.Personal;
import liandong.policy.Policy;
import liandong.store.Database;
import liandong.wire.BadRequestException;

/**
 * Cases that a calling system takes through the real decisions, each answer kept by a real journal at the moment that it was
 * decided for.
 */
public final class CaseHistory implements AutoCloseable {
    private static final String ON = "2026-09-21";
    private static final String[] PROOFS = {"PHOTO", "CITIZEN_CONTACT", "SIGNED_RECORD"};

    private final Hands clock = new Hands();
    private final Journal journal;
    private Policy policy = District.policy();

    /** Cases that are kept in a store, decided by the district's policy. */
    public CaseHistory(Database database, Personal personal) {
        journal = Journal.in(database, Keeping.REQUIRED, personal, clock, "liandong test");
    }

    /** A clock that each answer sets. */
    private static final class Hands extends Clock {
        private volatile Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private void keep(DecisionRecord<?, ?> answered) {
        clock.now = answered.request().now();
        journal.keep(answered, "grid").receipt().await();
    }

    /** From now on cases are decided by another policy. */
    CaseHistory under(Policy other) {
        policy = other;
        return this;
    }

    /** A case, whose report has arrived. */
    CallingSystem reported(String id, String reportedAt, String text, String more) throws BadRequestException {
        String incident = """
                {"id": "%s", "reportedAt": "%s", "source": "PUBLIC", "area": "330102001051", "text": "%s"%s}
                """.formatted(id, reportedAt, text, more);
        return new CallingSystem(policy, incident, this::keep).reported();
    }

    /** The same, and the body has taken it and been in touch. */
    CallingSystem taken(String id, String text) throws BadRequestException {
        return reported(id, ON + "T09:00:00+08:00", text, "")
                .event("ACCEPTED", ON + "T09:30:00+08:00")
                .event("CONTACTED", ON + "T09:30:00+08:00")
                .reviewed(ON + "T10:00:00+08:00");
    }

    /** Done at a moment, and accepted. */
    static CallingSystem done(CallingSystem story, String day) {
        return story.stageDone(story.stage(0), day + "T10:00:00+08:00").concluded(day + "T11:00:00+08:00", PROOFS);
    }

    /**
     * Lamps, of which eight of twelve are late; fumes, of which seven of ten are passed on, four of them as disputed; noise, of
     * which five of ten are given to somebody else by a person; of the lamps that are on time those whose citizens are drawn to be asked leave them
     * dissatisfied, and have to be done again.
     */
    public void write() throws BadRequestException {
        for (int i = 1; i <= 12; i++) {
            CallingSystem story = done(taken("LAMP-" + two(i), "路灯不亮"), i <= 8 ? "2026-09-25" : "2026-09-22");
            if (i > 8 && story.asksTheCitizen()) {
                story.followedUp(
                        "2026-09-22T11:00:00+08:00", "2026-09-23T10:00:00+08:00", "DISSATISFIED", "SUBJECTIVE", PROOFS);
            }
            story.scored("2026-09-28T10:00:00+08:00");
        }
        for (int i = 1; i <= 10; i++) {
            CallingSystem story = taken("FUMES-" + two(i), "餐馆油烟直排");
            if (i <= 7) {
                story.returned("2026-09-22T09:00:00+08:00", i <= 4 ? "DUTY_DISPUTED" : "NOT_OUR_DUTY")
                        .reviewed("2026-09-22T09:00:00+08:00");
            }
            done(story, "2026-09-24");
        }
        for (int i = 1; i <= 10; i++) {
            CallingSystem story = taken("NOISE-" + two(i), "广场舞噪音扰民");
            if (i <= 5) {
                done(
                        reported("NOISE-" + two(i), ON + "T09:00:00+08:00", "广场舞噪音扰民", ", \"eventType\": \"小区停车管理\""),
                        "2026-09-24");
            } else {
                done(story, "2026-09-22");
            }
        }
    }

    private static String two(int number) {
        return String.format("%02d", number);
    }

    @Override
    public void close() {
        journal.close();
    }
}
