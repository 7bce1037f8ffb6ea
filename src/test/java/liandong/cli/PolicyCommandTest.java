package liandong.cli;

import static liandong.cli.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import liandong.access.Keys;
import liandong.cli.Commands.Run;
import liandong.explain.Phrases;
import liandong.policy.PolicyFiles;
import liandong.policy.TinyPolicy;
import liandong.problem.ProblemSeverity;
import liandong.publication.LivePolicies;
import liandong.publication.Proposal.State;
import liandong.publication.Proposal.What;
import liandong.publication.SheetDiff.Change;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.table.Workbooks;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow") // publishes policies, each tested by its scenarios
class PolicyCommandTest {
    private static Path written(TinyPolicy policy, Path folder) throws IOException {
        for (var file : policy.files().files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        // A folder without scenarios would get those of the stock policy, which this one does not pass.
        Files.createDirectories(folder.resolve("decision-tables/scenarios"));
        Files.write(
                folder.resolve("decision-tables/scenarios/none.xlsx"), Workbooks.xlsx(Map.of("研判交办", new String[][] {
                    {"研判交办"},
                    {"编号", "标题", "时刻", "incident.id", "incident.reportedAt", "来源", "区域", "正文", "预期结果"},
                    {
                        "C-1",
                        "无论何事",
                        "2026-03-02 10:00",
                        "A-1",
                        "2026-03-02 09:00",
                        "网格员",
                        "东市社区",
                        "路面有坑洞",
                        "MANUAL_TRIAGE"
                    }
                })));
        return folder;
    }

    private static String content(Run run) {
        return run.out().strip().lines().skip(1).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void a_policy_goes_live_and_back_by_commands(Stores kind, @TempDir Path temp) throws IOException {
        String store = kind.fresh();
        Path folder = written(TinyPolicy.withOneRule(), temp.resolve("my"));

        Run put = run("policy", "put", folder, "--store", store, "--as", "张三", "--label", "春季调整");
        assertThat(put.out()).matches("   2  DRAFT      ([0-9a-f]{12})  春季调整\n\\1[0-9a-f]{52}\n");
        assertThat(run("policy", "check", 2, "--store", store, "--as", "张三").exitCode())
                .isZero();
        Run own =
                run("policy", "approve", 2, "--content", content(put), "--store", store, "--as", "张三", "--lang", "en");
        assertThat(own.exitCode()).isEqualTo(1);
        assertThat(own.err()).startsWith("policy 2: OWN_POLICY: \"张三\" had a hand in policy 2");
        assertThat(run("policy", "approve", 2, "--content", content(put), "--store", store, "--as", "李四")
                        .out())
                .startsWith("   2  APPROVED ");
        Run unreasoned = run("policy", "publish", 2, "--store", store, "--as", "李四", "--lang", "en");
        assertThat(unreasoned.exitCode()).isEqualTo(1);
        assertThat(unreasoned.err())
                .startsWith("policy 2: REASON_MISSING: ")
                .contains("SCENARIOS_TAKEN_OUT", "SOURCED_ROWS_TAKEN_OUT");
        assertThat(run("policy", "publish", 2, "--store", store, "--as", "李四", "--because", "换成本区的")
                        .out())
                .matches("   2  LIVE       [0-9a-f]{12}  春季调整  2026-11-20T16:30\\+08:00  \\(2, 李四\\)\n");
        assertThat(run("policy", "list", "--store", store).out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("   2  LIVE ").endsWith("  张三 2026-11-20"),
                        line -> assertThat(line).startsWith("   1  RETIRED ").contains("stock"));
        assertThat(run("policy", "show", 2, "--store", store).out())
                .containsSubsequence("PUT ", "张三", "CHECKED ", "张三", "PASSED 1", "APPROVED ", "李四", "PUBLISHED ");
        var back = run("policy", "rollback", "--store", store, "--as", "王五");
        assertThat(back.out()).startsWith("   1  LIVE ").contains("(3, 王五, went back alone)");
        assertThat(back.err())
                .contains(
                        "This was done by one person, without a check, the gate or an approval. It is in the log and the"
                                + " audit log; have somebody else look at it.");
        assertThat(run("policy", "list", "--store", store).out()).contains("(3, 王五, went back alone)");
        assertThat(run("journal", "audit", "--store", store).out()).contains("  王五  ROLLBACK_ALONE  publication 3\n");
    }

    @Test
    void a_zip_or_folder_without_rules_keeps_those_of_the_live_policy_and_says_so(@TempDir Path temp)
            throws IOException {
        PolicyFiles own = TinyPolicy.withOneRule().files().labelled("现行");
        String store = Stores.SQLITE.fresh();
        try (Database database = Database.open(store, null, null)) {
            LivePolicies.beginning(own, database).close();
        }
        Path zip = temp.resolve("my.zip");
        Path folder = temp.resolve("my");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (var table : own.tables().entrySet()) {
                out.putNextEntry(new ZipEntry("my/decision-tables/" + table.getKey()));
                out.write(table.getValue());
                Path file = folder.resolve("decision-tables").resolve(table.getKey());
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.write(file, table.getValue());
            }
        }

        Run zipped = run("policy", "put", zip, "--store", store, "--lang", "en");
        Run lying = run("policy", "put", folder, "--store", store, "--lang", "zh");

        assertThat(zipped.exitCode()).isZero();
        assertThat(zipped.err()).isEqualTo("""
                It has no rules: it gets those of the policy 现行.
                It has no scenarios: it gets those of the policy 现行.
                """);
        assertThat(lying.err()).isEqualTo("""
                其中没有规则，沿用政策 现行 的规则。
                其中没有情景，沿用政策 现行 的情景。
                """);
        assertThat(content(zipped)).isEqualTo(content(lying)).isEqualTo(own.content());
        Run check = run("policy", "check", 2, "--store", store, "--lang", "en");
        assertThat(check.exitCode()).isZero();
        assertThat(check.err()).contains("decision-tables/scenarios: NO_SCENARIOS: ");
        assertThat(run("policy", "put", temp.resolve("no.zip"), "--store", store)
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void a_diff_is_read_by_people_and_by_programs(@TempDir Path temp) throws IOException {
        String store = Stores.SQLITE.fresh();
        Path folder = written(TinyPolicy.withOneRule(), temp.resolve("my"));
        run("policy", "put", folder, "--store", store);
        TinyPolicy changed = TinyPolicy.withOneRule()
                .cell("routing.xlsx 派单目录!C4", "主办局")
                .row("routing.xlsx", "派单目录", "D-9", "其他道路问题", "协办局", "", "单独", "", "三定方案", "已确认");
        Path workbook = temp.resolve("routing.xlsx");
        Files.write(workbook, Objects.requireNonNull(changed.files().tables().get("routing.xlsx")));
        run("policy", "put", folder, "--store", store);
        Run put = run("policy", "put", workbook, "--number", 3, "--store", store);

        Run diff = run("policy", "diff", 3, "--against", 2, "--store", store);

        assertThat(put.out()).matches("   3  DRAFT .*  my\n[0-9a-f]{64}\n");
        assertThat(diff.out()).endsWith("""

                == decision-tables/routing.xlsx  CHANGED
                ~ routing.xlsx 派单目录!A4  D-2
                    C4 牵头 Lead: "水务公司" → "主办局"
                + routing.xlsx 派单目录!A6  D-9  D-9 | 其他道路问题 | 协办局 | 单独 | 三定方案 | 已确认
                """);
        assertThat(run("policy", "diff", 3, "--against", 2, "--json", "--store", store)
                        .out())
                .contains("\"from\" : \"水务公司\"");
    }

    @Test
    void a_life_is_told_in_the_readers_words_and_as_codes_to_programs(@TempDir Path temp) throws IOException {
        String store = Stores.SQLITE.fresh();
        Path folder = written(TinyPolicy.withOneRule(), temp.resolve("my"));
        Run put = run("policy", "put", folder, "--store", store, "--as", "张三", "--label", "春季调整", "--lang", "zh");
        assertThat(put.out()).matches("   2  草稿       ([0-9a-f]{12})  春季调整\n\\1[0-9a-f]{52}\n");
        run("policy", "check", 2, "--store", store, "--as", "张三");
        run("policy", "approve", 2, "--content", content(put), "--store", store, "--as", "李四");
        run("policy", "publish", 2, "--store", store, "--as", "李四", "--because", "换成本区的");

        assertThat(run("policy", "list", "--store", store, "--lang", "zh").out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("   2  正在执行   ").contains("  春季调整  "),
                        line -> assertThat(line).startsWith("   1  曾经执行   ").contains("  stock  "));
        assertThat(run("policy", "show", 2, "--store", store, "--lang", "zh")
                        .out()
                        .lines()
                        .skip(2)
                        .map(line -> line.replaceFirst("^ +[^ ]+  ", "").replaceFirst("[0-9a-f]{12}", "#")))
                .containsExactly(
                        "放入        #  张三",
                        "检查通过    #  张三  错误 0、警告 5、提示 2、情景通过 1、情景未过 0",
                        "批准        #  李四",
                        "发布        #  李四  换成本区的");
        assertThat(run("policy", "show", 2, "--store", store, "--lang", "en").out())
                .containsSubsequence(
                        "   2  LIVE  ", "PUT  ", "CHECKED  ", "ERROR 0, WARNING 5, NOTE 2, PASSED 1, FAILED 0");
        assertThat(run("policy", "diff", 2, "--against", 1, "--store", store, "--lang", "zh")
                        .out())
                .contains("== decision-tables/routing.xlsx  更改\n");
        assertThat(run("policy", "show", 2, "--json", "--store", store, "--lang", "zh")
                        .out())
                .contains("\"state\" : \"LIVE\"", "\"what\" : \"PUBLISHED\"");
    }

    @Test
    void each_step_says_which_one_comes_next(@TempDir Path temp) throws IOException {
        Path folder = written(TinyPolicy.withOneRule(), temp.resolve("my"));
        String store = temp.resolve("s.db").toString();

        Run put = run("policy", "put", folder, "--store", store, "--as", "张三", "--lang", "zh");
        Run diff = run("policy", "diff", 2, "--store", store, "--lang", "zh");
        Run check = run("policy", "check", 2, "--store", store, "--as", "张三", "--lang", "zh");
        Run approved =
                run("policy", "approve", 2, "--content", content(put), "--store", store, "--as", "李四", "--lang", "en");
        Run later = run(
                "policy",
                "publish",
                2,
                "--because",
                "换成本区的",
                "--at",
                "2027-01-01T00:00:00+08:00",
                "--store",
                store,
                "--as",
                "李四",
                "--lang",
                "zh");
        Run withdrawn = run("policy", "withdraw", 2, "--store", store, "--as", "李四", "--lang", "zh");

        assertThat(put.next()).containsExactly("接着：policy diff 2，再 policy check 2");
        assertThat(diff.next()).containsExactly("接着：policy check 2；impact 可以看到它会使已经作出的决定有何不同。");
        assertThat(check.next()).containsExactly("接着：由没有参与编写的人 policy approve 2 --content " + content(put));
        assertThat(approved.next()).containsExactly("Next: policy publish 2");
        assertThat(later.next()).containsExactly("接着：届时自动生效；要取消的，policy withdraw 2");
        assertThat(withdrawn.next()).containsExactly("接着：policy list 可以看到现行政策，没有变化。");
    }

    @Test
    void every_state_and_step_has_words_in_both_languages() {
        for (Locale language : List.of(Locale.CHINESE, Locale.ENGLISH)) {
            var say = new Phrases(language);
            for (State state : State.values()) {
                assertThat(say.of("policy.state." + state)).isNotBlank();
            }
            for (What what : What.values()) {
                assertThat(say.of("policy.what." + what)).isNotBlank();
            }
            for (Change change : Change.values()) {
                assertThat(say.of("policy.change." + change)).isNotBlank();
            }
            for (ProblemSeverity severity : ProblemSeverity.values()) {
                assertThat(say.of("policy.count." + severity, severity, 3)).endsWith(" 3");
            }
        }
    }

    @Test
    void what_is_not_there_is_told_of(@TempDir Path temp) {
        Run none = run("policy", "list", "--store", temp.resolve("no.db"), "--lang", "en");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("NO_STORE: There is no store at ");
        assertThat(temp.resolve("no.db")).doesNotExist();
        for (String url : List.of("jdbc:sqlite:", "jdbc:sqlite:file:")) {
            Run named = run("policy", "list", "--store", url + temp.resolve("no.db") + "?mode=rwc", "--lang", "en");
            assertThat(named.exitCode()).isEqualTo(2);
            assertThat(named.err()).contains("NO_STORE: There is no store at ");
            assertThat(temp.resolve("no.db")).doesNotExist();
        }

        assertThat(run("policy", "put", temp.resolve("nothing"), "--store", temp.resolve("new.db"))
                        .exitCode())
                .isEqualTo(2);
        Run unknown = run("policy", "show", 7, "--store", temp.resolve("new.db"), "--lang", "en");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).startsWith("policy 7: UNKNOWN_POLICY: There is no policy 7.");
    }

    @Test
    void the_stock_policy_is_proposed_when_nothing_is_named(@TempDir Path temp) {
        Run put = run("policy", "put", "--store", temp.resolve("new.db"));

        assertThat(put.out()).matches("   2  DRAFT      ([0-9a-f]{12})  stock\n\\1[0-9a-f]{52}\n");
        assertThat(run("policy", "diff", 2, "--store", temp.resolve("new.db")).out())
                .matches("[0-9a-f]{64}\n→ [0-9a-f]{64}\n");
    }

    @Test
    void keys_are_made_listed_and_revoked(@TempDir Path temp) {
        Path store = temp.resolve("new.db");

        Run add = run("keys", "add", "张三", "--roles", "editor,tester", "--store", store, "--lang", "en");
        assertThat(add.out()).matches("ld_[0-9a-f]{8}_[A-Za-z0-9_-]{43}\n");
        assertThat(add.err()).contains("This is shown once.");
        assertThat(add.err()).doesNotContain("Keys of the name");
        String id = add.out().substring(3, 11);
        assertThat(run("keys", "list", "--store", store).out())
                .isEqualTo(id + "  2026-11-20T08:30:00Z  张三  tester,editor\n");
        assertThat(run("keys", "revoke", id, "--store", store).exitCode()).isZero();
        assertThat(run("keys", "revoke", id, "--store", store).exitCode()).isEqualTo(1);
        assertThat(run("keys", "list", "--store", store, "--lang", "en").out())
                .endsWith("tester,editor  revoked 2026-11-20T08:30:00Z\n");
        assertThat(run("keys", "add", "张三", "--roles", "king", "--store", store).exitCode())
                .isEqualTo(2);
        for (String name : List.of(" ", "a".repeat(65), "张三\u202e", "a\tb", "\u001b[2J")) {
            assertThat(run("keys", "add", name, "--roles", "caller", "--store", store)
                            .exitCode())
                    .isEqualTo(2);
        }
        assertThat(run("keys", "add", "张三", "--roles", "caller", "--store", store, "--lang", "en")
                        .err())
                .as("the revoked one does not count")
                .doesNotContain("Keys of the name");
        assertThat(run("keys", "add", "张三", "--roles", "caller", "--store", store, "--lang", "en")
                        .err())
                .contains("Keys of the name \"张三\" that go on counting: 1.");
        try (Database database = Database.open(store.toString(), null, null)) {
            assertThat(new Keys(database, Clock.systemUTC()).caller(add.out().strip(), "127.0.0.1"))
                    .isNull();
        }
    }

    @Test
    void a_key_is_bound_to_days_and_addresses_and_replaced(@TempDir Path temp) {
        Path store = temp.resolve("new.db");
        String former = run(
                        "keys",
                        "add",
                        "信访系统",
                        "--roles",
                        "caller",
                        "--days",
                        "30",
                        "--from",
                        "10.2.0.0/16, 10.3.0.7",
                        "--store",
                        store)
                .out()
                .substring(3, 11);

        Run rotated =
                run("keys", "rotate", former, "--overlap", "14", "--days", "365", "--store", store, "--lang", "en");

        String next = rotated.out().substring(3, 11);
        assertThat(rotated.out()).matches("ld_[0-9a-f]{8}_[A-Za-z0-9_-]{43}\n");
        assertThat(rotated.err())
                .contains(former
                        + " goes on counting until 2026-12-04T08:30:00Z; revoke it as soon as the new one is in use.");
        assertThat(run("keys", "list", "--store", store, "--lang", "en").out().lines())
                .containsExactlyInAnyOrder(
                        former
                                + "  2026-11-20T08:30:00Z  信访系统  caller  10.2.0.0/16,10.3.0.7  expires 2026-12-04T08:30:00Z",
                        next
                                + "  2026-11-20T08:30:00Z  信访系统  caller  10.2.0.0/16,10.3.0.7  expires 2027-11-20T08:30:00Z");
        assertThat(run("keys", "rotate", "00000000", "--store", store).exitCode())
                .isEqualTo(1);
        for (String[] wrong : new String[][] {{"--from", "db.example.org"}, {"--from", ""}, {"--days", "0"}}) {
            assertThat(run("keys", "add", "张三", "--roles", "caller", wrong[0], wrong[1], "--store", store)
                            .exitCode())
                    .as(String.join(" ", wrong))
                    .isEqualTo(2);
        }
    }
}
