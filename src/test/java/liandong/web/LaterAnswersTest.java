package liandong.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import liandong.MovableClock;
import liandong.access.Caller;
import liandong.access.Role;
import liandong.problem.BusyException;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.store.StoreException;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;

/** How many jobs are remembered, for how long, and for whom. */
class LaterAnswersTest {
    private static final Caller LI = new Caller("li", null, EnumSet.of(Role.TESTER));

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-20T08:30:00Z"));
    private final LaterAnswers later = new LaterAnswers(new HeavyWork(), clock);

    private static MockHttpServletRequest request(Caller caller) {
        var request = new MockHttpServletRequest("POST", "/v1/test");
        request.addHeader("Prefer", "respond-async");
        Callers.put(request, caller);
        return request;
    }

    /** The id of a job that has answered so many bytes. */
    private String answered(Caller caller, int bytes) throws Exception {
        ResponseEntity<byte[]> begun =
                later.answer(request(caller), watch -> ResponseEntity.ok().body(new byte[bytes]));
        String id =
                Objects.requireNonNull(begun.getHeaders().getFirst("Location")).substring(LaterAnswers.PATH.length());
        while (text(later.state(id, caller)).contains("RUNNING")) {
            Thread.sleep(5);
        }
        return id;
    }

    private static String text(ResponseEntity<byte[]> answer) {
        return new String(Objects.requireNonNull(answer.getBody()), StandardCharsets.UTF_8);
    }

    private boolean isKnown(String id, Caller caller) {
        try {
            return later.state(id, caller).getStatusCode().value() == 200;
        } catch (NotThereException e) {
            assertThat(Objects.requireNonNull(e.problem()).code()).isEqualTo(Code.UNKNOWN_JOB);
            return false;
        }
    }

    @Test
    void a_job_is_remembered_for_an_hour_after_its_end() throws Exception {
        String id = answered(LI, 3);
        clock.set(clock.instant().plus(LaterAnswers.AGE));
        assertThat(isKnown(id, LI)).isTrue();
        clock.set(clock.instant().plusMillis(1));
        assertThat(isKnown(id, LI)).isFalse();
    }

    @Test
    void of_one_caller_the_oldest_are_forgotten_and_nobody_elses() throws Exception {
        Caller other = new Caller("wang", null, EnumSet.of(Role.TESTER));
        String theirs = answered(other, 3);
        var ids = new ArrayList<String>();
        for (int i = 0; i <= LaterAnswers.MOST_OF_ONE; i++) {
            ids.add(answered(LI, 3));
        }
        assertThat(isKnown(ids.get(0), LI)).isFalse();
        assertThat(ids.subList(1, ids.size())).allMatch(id -> isKnown(id, LI));
        assertThat(isKnown(theirs, other)).isTrue();
    }

    @Test
    void of_many_bytes_and_many_callers_the_oldest_are_forgotten() throws Exception {
        String large = answered(LI, (LaterAnswers.MOST_MIB << 20) + 1);
        assertThat(isKnown(large, LI)).isTrue();
        String next = answered(LI, 1);
        assertThat(isKnown(large, LI)).isFalse();
        for (int i = 0; i < LaterAnswers.MOST; i++) {
            answered(new Caller("caller " + i, null, EnumSet.of(Role.TESTER)), 1);
        }
        assertThat(isKnown(next, LI)).isFalse();
    }

    @Test
    void who_may_not_ask_any_more_what_a_job_answers_does_not_see_it() throws Exception {
        String id = answered(LI, 3);
        Caller without = new Caller("li", null, EnumSet.of(Role.AUDITOR));

        assertThat(isKnown(id, without)).isFalse();
        assertThatThrownBy(() -> later.cancel(id, without)).isInstanceOf(NotThereException.class);
        assertThat(later.result(id, LI, Locale.ENGLISH).getBody()).hasSize(3);
    }

    @Test
    void a_service_that_stops_ends_jobs_at_once_and_says_so_whatever_is_thrown_meanwhile() throws Exception {
        var ends = new CountDownLatch(1);
        ResponseEntity<byte[]> asking = later.answer(request(LI), watch -> {
            while (true) {
                watch.goOn(1, 2);
                Thread.onSpinWait();
            }
        });
        ResponseEntity<byte[]> failing = later.answer(request(LI), watch -> {
            try {
                ends.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            throw new StoreException(Problem.of(Code.STORE_UNREACHABLE, new FileRef("liandong.db"), "closed"), null);
        });
        String done = answered(LI, 3);

        later.interrupt();
        ends.countDown();

        for (ResponseEntity<byte[]> each : List.of(asking, failing)) {
            String id = Objects.requireNonNull(each.getHeaders().getFirst("Location"))
                    .substring(LaterAnswers.PATH.length());
            while (text(later.state(id, LI)).contains("RUNNING")) {
                Thread.sleep(5);
            }
            assertThat(text(later.state(id, LI))).contains("\"state\":\"INTERRUPTED\"");
            assertThat(text(later.result(id, LI, Locale.ENGLISH)))
                    .contains("NO_RESULT", "because the service stops: send the request again");
        }
        assertThat(text(later.state(done, LI))).contains("\"state\":\"DONE\"");
        assertThatThrownBy(() ->
                        later.answer(request(LI), watch -> ResponseEntity.ok().build()))
                .isInstanceOf(BusyException.class);
    }

    @Test
    void whatever_is_thrown_becomes_the_answer_and_the_place_is_free_again() throws Exception {
        for (int i = 0; i <= HeavyWork.LET_IN; i++) {
            ResponseEntity<byte[]> begun = later.answer(request(LI), watch -> {
                throw new IllegalStateException("a fault of ours");
            });
            String id = Objects.requireNonNull(begun.getHeaders().getFirst("Location"))
                    .substring(LaterAnswers.PATH.length());
            while (text(later.state(id, LI)).contains("RUNNING")) {
                Thread.sleep(5);
            }
            ResponseEntity<byte[]> result = later.result(id, LI, Locale.ENGLISH);
            assertThat(result.getStatusCode().value()).isEqualTo(500);
            assertThat(text(result)).contains("INTERNAL").doesNotContain("a fault of ours");
        }
    }

    @Test
    void a_preference_is_found_among_others_in_any_letters() throws Exception {
        for (String prefer : List.of("respond-async", "wait=3,RESPOND-ASYNC", "respond-async;a=b , x")) {
            assertThat(begins(prefer)).as(prefer).isTrue();
        }
        for (String prefer : Set.of("", "wait=3", "a=\"respond-async", "a=\",respond-async,\"", "respond")) {
            assertThat(begins(prefer)).as(prefer).isFalse();
        }
    }

    private boolean begins(String prefer) throws Exception {
        var request = new MockHttpServletRequest("POST", "/v1/test");
        request.addHeader("Prefer", prefer);
        Callers.put(request, LI);
        return later.answer(request, watch -> ResponseEntity.ok().body(new byte[0]))
                        .getStatusCode()
                        .value()
                == 202;
    }
}
