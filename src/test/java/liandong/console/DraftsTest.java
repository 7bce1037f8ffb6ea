package liandong.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.publication.Gate;
import liandong.publication.LivePolicies;
import liandong.publication.PolicyLifecycle;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.wire.BadRequestException;
import org.junit.jupiter.api.Test;

/** Policies on their way, made ready before somebody asks. */
class DraftsTest {
    private final LinkedBlockingQueue<Policy> ready = new LinkedBlockingQueue<>();

    private static TinyPolicy tiny() {
        return TinyPolicy.withOneRule();
    }

    @Test
    void a_draft_is_made_ready_once_and_that_is_what_is_asked_later() throws Exception {
        try (Database database = Stores.SQLITE.open()) {
            LivePolicies.beginning(tiny().files().labelled("live"), database);
            var life = new PolicyLifecycle(database, Clock.systemUTC(), Gate.OPEN);
            var drafts = new Drafts(life, Clock.systemUTC());
            long no = life.propose(tiny().files().labelled("draft"), "编制").no();

            drafts.prepare(no, ready::add);

            Policy prepared = ready.poll(1, TimeUnit.MINUTES);
            assertThat(prepared).isNotNull().isSameAs(drafts.policy(no));
            assertThat(drafts.policy(no).label()).isEqualTo("draft");
            // What is ready is not begun again; what is not, is.
            long other = life.propose(tiny().files().labelled("other"), "编制").no();
            Policy next = null;
            for (int i = 0; i < 600 && next == null; i++) {
                drafts.prepare(no, ready::add);
                drafts.prepare(other, ready::add); // refused while the first is looked at
                next = ready.poll(100, TimeUnit.MILLISECONDS);
            }
            assertThat(next).isNotNull().isSameAs(drafts.policy(other));
        }
    }

    @Test
    void a_draft_with_a_fault_is_told_of_when_it_is_asked_and_keeps_no_other_from_being_made_ready() throws Exception {
        try (Database database = Stores.SQLITE.open()) {
            LivePolicies.beginning(tiny().files().labelled("live"), database);
            var life = new PolicyLifecycle(database, Clock.systemUTC(), Gate.OPEN);
            var drafts = new Drafts(life, Clock.systemUTC());
            long faulty = life.propose(
                            tiny().cell("routing.xlsx 派单目录!B3", "没有的单位").files().labelled("faulty"), "编制")
                    .no();
            long good = life.propose(tiny().files().labelled("good"), "编制").no();

            drafts.prepare(faulty, ready::add);

            assertThatThrownBy(() -> drafts.policy(faulty)).isInstanceOf(BadRequestException.class);
            Policy next = null;
            for (int i = 0; i < 600 && next == null; i++) {
                drafts.prepare(good, ready::add);
                next = ready.poll(100, TimeUnit.MILLISECONDS);
            }
            assertThat(next).isNotNull().isSameAs(drafts.policy(good));
            assertThat(ready).isEmpty();
        }
    }
}
