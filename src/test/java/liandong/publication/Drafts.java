package liandong.publication;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import liandong.policy.PolicyFiles;
import liandong.policy.TinyPolicy;
import liandong.store.Database;
import liandong.table.Workbooks;

/** Small policies on their way, and a clock that a test sets. */
final class Drafts {
    static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z");

    private Drafts() {}

    /** A clock that stands still until it is set. */
    static final class Hands extends Clock {
        private volatile Instant now = NOON;

        void set(Instant moment) {
            now = moment;
        }

        void forward(Duration by) {
            now = now.plus(by);
        }

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

    /** A policy that differs from others in the source of one row. */
    static PolicyFiles policy(String label) {
        return TinyPolicy.withOneRule()
                .cell("routing.xlsx 派单目录!G3", label)
                .files()
                .labelled(label);
    }

    /** A policy with the stock rules, the source of whose decisions on holes in roads is its label. */
    static PolicyFiles deciding(String label) {
        return TinyPolicy.complete().cell("routing.xlsx 派单目录!G3", label).files().labelled(label);
    }

    /** The same with one scenario, which passes when what is expected is {@code MANUAL_TRIAGE}. */
    static PolicyFiles expecting(String label, String outcome) {
        byte[] scenarios = Workbooks.xlsx(Map.of("研判交办", new String[][] {
            {"研判交办"},
            {"编号", "标题", "时刻", "incident.id", "incident.reportedAt", "来源", "区域", "正文", "预期结果"},
            {"C-1", "无论何事", "2026-03-02 10:00", "A-1", "2026-03-02 09:00", "网格员", "东市社区", "路面有坑洞", outcome}
        }));
        var files = new TreeMap<>(policy(label).files());
        files.put("decision-tables/scenarios/day.xlsx", scenarios);
        return new PolicyFiles(label, files);
    }

    /** A life that begins with the policy {@code "first"} instead of the stock policy, which takes long to make. */
    static PolicyLifecycle begun(Database database, Clock clock) {
        return begun(database, clock, Gate.OPEN);
    }

    static PolicyLifecycle begun(Database database, Clock clock, Gate gate) {
        var life = new PolicyLifecycle(database, clock, gate);
        life.begin(policy("first"));
        return life;
    }

    /** Takes a policy from its author's hands to its approval; its number. */
    static long approved(PolicyLifecycle life, PolicyFiles files) {
        long no = life.propose(files, "作者").no();
        life.check(no, "作者", (done, of) -> {});
        life.approve(no, files.content(), "审批");
        return no;
    }

    /** Makes a policy live at once. */
    static Publication published(PolicyLifecycle life, PolicyFiles files) {
        return life.publish(approved(life, files), null, null, "发布", "换");
    }
}
