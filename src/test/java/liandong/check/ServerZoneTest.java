package liandong.check;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import liandong.decision.Decisions;
import liandong.policy.BadPolicyException;
import liandong.policy.TinyPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy says of a day goes by the zone of its own calendar, wherever the server stands. */
class ServerZoneTest {
    /** In Shanghai it is 1 o'clock of the next day. */
    private static final Instant NIGHT = Instant.parse("2026-03-01T17:00:00Z");

    private static final String ENDED =
            "routing.xlsx 派单目录!J6: EXPIRED_ROW: This row ended on 2026-03-01; it no longer counts."
                    + " Delete it, or change its date.";

    private static final Set<String> ASK_THE_SERVER = Set.of("systemDefault", "systemDefaultZone", "getDefault");

    private final TimeZone before = TimeZone.getDefault();

    @AfterEach
    void standWhereItStood() {
        TimeZone.setDefault(before);
    }

    /** A policy with a row that ends with the first of March. */
    private static TinyPolicy policy(String zone) {
        return TinyPolicy.withOneRule()
                .cell("calendar.xlsx 时区!A3", zone)
                .row("routing.xlsx", "派单目录", "D-4", "其他道路问题", "主办局", "", "部门", "", "三定方案", "已确认", "", "2026-03-01");
    }

    private static List<String> notes(TinyPolicy policy) throws BadPolicyException {
        return Decisions.policy(policy.files(), NIGHT).notes().stream()
                .map(note -> note.line(Locale.ENGLISH))
                .toList();
    }

    private static List<String> found(TinyPolicy policy) {
        return PolicyCheck.of(policy.files(), NIGHT).problems().stream()
                .map(problem -> problem.at() + " " + problem.code())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "America/Los_Angeles", "Asia/Shanghai", "Pacific/Kiritimati"})
    void the_same_files_at_the_same_moment_give_the_same_wherever_the_server_stands(String server)
            throws BadPolicyException {
        TimeZone.setDefault(TimeZone.getTimeZone(server));

        assertThat(notes(policy("Asia/Shanghai"))).containsExactly(ENDED);
        assertThat(notes(policy("America/New_York"))).isEmpty();
        assertThat(found(policy("Asia/Shanghai")))
                .containsExactly(
                        "routing.xlsx 关键词!A3 UNCONFIRMED_ROWS",
                        "routing.xlsx 派单目录!A4 UNCONFIRMED_ROWS",
                        "routing.xlsx 派单目录!J6 EXPIRED_ROW",
                        "vocabulary.xlsx 事项!B5 EVENT_TYPE_WITHOUT_ROW");
        // Where the day has not ended yet, the row still applies to its event type, though not for long.
        assertThat(found(policy("America/New_York")))
                .containsExactly(
                        "routing.xlsx 关键词!A3 UNCONFIRMED_ROWS",
                        "routing.xlsx 派单目录!A4 UNCONFIRMED_ROWS",
                        "routing.xlsx 派单目录!B6 OWNER_MISSING",
                        "routing.xlsx 派单目录!J6 ROW_ENDS_SOON");
    }

    @Test
    void a_policy_says_which_day_a_moment_falls_on() throws BadPolicyException {
        var shanghai = Decisions.policy(policy("Asia/Shanghai").files(), NIGHT);
        var newYork = Decisions.policy(policy("America/New_York").files(), NIGHT);

        assertThat(shanghai.day(NIGHT)).isEqualTo("2026-03-02");
        assertThat(newYork.day(NIGHT)).isEqualTo("2026-03-01");
        assertThat(shanghai.account(shanghai.day(NIGHT)).live()).isEqualTo(15);
        assertThat(newYork.account(newYork.day(NIGHT)).live()).isEqualTo(16);
    }

    @Test
    void rows_are_still_told_of_where_the_zone_cannot_be_read() {
        var found = found(policy("Asia/Shanghi"));

        assertThat(found).containsExactly("calendar.xlsx 时区!A3 NOT_A_ZONE"); // in UTC the day has not ended
    }

    /** At a terminal people type and read times of where they are; nothing else is anybody's own time. */
    @Test
    void nothing_but_a_terminal_asks_for_the_zone_of_the_machine() {
        var asks = new DescribedPredicate<JavaMethodCall>("ask for the zone of the machine") {
            @Override
            public boolean test(JavaMethodCall call) {
                String owner = call.getTargetOwner().getFullName();
                boolean nowHere = call.getName().equals("now")
                        && owner.startsWith("java.time.")
                        && !owner.equals(Instant.class.getName())
                        && call.getTarget().getRawParameterTypes().isEmpty();
                boolean zone = ASK_THE_SERVER.contains(call.getName())
                        && Set.of(ZoneId.class.getName(), Clock.class.getName(), TimeZone.class.getName())
                                .contains(owner);
                return nowHere || zone;
            }
        };

        noClasses()
                .that()
                .resideOutsideOfPackage("liandong.cli..")
                .should()
                .callMethodWhere(asks)
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("liandong"));
    }
}
