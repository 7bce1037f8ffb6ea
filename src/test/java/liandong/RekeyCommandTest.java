package liandong;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import liandong.cli.RootCommand;
import liandong.cli.terminal.Terminal;
import liandong.decision.DecisionService;
import liandong.decision.Decisions;
import liandong.journal.Journal;
import liandong.journal.Keeping;
import liandong.journal.Personal;
import liandong.policy.Policy;
import liandong.policy.TinyPolicy;
import liandong.store.Database;
import liandong.store.Stores;
import liandong.wire.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new key for personal fields, by the command line. */
class RekeyCommandTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T08:30:00Z"), ZoneOffset.UTC);
    private static final String TEXT = "路面有坑洞，我叫王小明";

    private final String store = Stores.SQLITE.fresh();
    private final Path folder;

    RekeyCommandTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private record Run(int exitCode, String out, String err) {}

    private Run run(String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var shell = new Terminal(
                new ByteArrayInputStream(new byte[0]),
                out,
                Terminal.writer(err),
                CLOCK,
                files -> Decisions.policy(files, CLOCK.instant()),
                false,
                false);
        String[] all = Arrays.copyOf(args, args.length + 4);
        all[args.length] = "--store";
        all[args.length + 1] = store;
        all[args.length + 2] = "--lang";
        all[args.length + 3] = "zh";
        int exitCode = RootCommand.commandLine(shell).execute(all);
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Path key(int n) throws IOException {
        Path file = folder.resolve("key-" + n);
        Files.writeString(file, Base64.getEncoder().encodeToString(bytes(n)) + "\n");
        return file;
    }

    private static byte[] bytes(int n) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) n);
        return key;
    }

    @BeforeEach
    void one_report_is_kept_with_the_first_key() throws Exception {
        Policy policy = Decisions.policy(TinyPolicy.complete().files(), CLOCK.instant());
        String report = """
                {"incident":{"id":"A-1","reportedAt":"2026-11-20T16:30:00+08:00","source":"GRID","area":"330102001001",
                 "text":"%s"}}
                """.formatted(TEXT);
        try (Database database = Database.open(store, null, null);
                Journal journal = Journal.in(
                        database,
                        Keeping.REQUIRED,
                        Personal.encrypted(Personal.FIELDS, bytes(1)),
                        CLOCK,
                        "liandong test")) {
            journal.keep(new DecisionService(() -> policy, CLOCK).decide(Decide.ROUTING, Json.read(report)), "")
                    .receipt()
                    .await();
        }
    }

    private Run rekey(int old, int next) throws IOException {
        return run(
                "journal",
                "rekey",
                "--old-key",
                key(old).toString(),
                "--new-key",
                key(next).toString(),
                "--as",
                "运维");
    }

    private String exported(int key) throws IOException {
        Run run = run("decisions", "--format", "ndjson", "--personal-key", key(key).toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out();
    }

    @Test
    void with_the_new_key_older_texts_are_read_and_who_brought_it_in_is_in_the_audit_log() throws IOException {
        Run done = rekey(1, 2);

        assertThat(done.exitCode()).as(done.err()).isZero();
        assertThat(done.err()).isEqualTo("新密钥已启用，请用它重启各服务。旧密钥请与存储分开保管，或销毁。\n");
        assertThat(exported(2)).contains(TEXT);
        assertThat(exported(1))
                .as("the old key goes on opening what it encrypted")
                .contains(TEXT);
        assertThat(run("journal", "audit").out()).contains("运维");
        assertThat(run("journal", "verify").exitCode()).isZero();
    }

    @Test
    void a_key_that_is_not_the_present_one_brings_in_nothing() throws IOException {
        Run refused = rekey(3, 2);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("中的密钥不是现用的").contains("未作任何改动");
        assertThat(exported(1)).contains(TEXT);
    }

    @Test
    void the_same_key_twice_is_no_new_one_and_a_file_without_a_key_is_refused() throws IOException {
        Run same = rekey(1, 1);
        Path broken = Files.writeString(folder.resolve("broken"), "not a key");
        Run bad = run("journal", "rekey", "--old-key", key(1).toString(), "--new-key", broken.toString(), "--as", "运维");

        assertThat(same.exitCode()).isEqualTo(1);
        assertThat(same.err()).isEqualTo("新旧密钥相同，未作任何改动。\n");
        assertThat(bad.exitCode()).isEqualTo(2);
        assertThat(bad.err()).contains("BAD_KEY_FILE", "openssl rand -base64 32");
        assertThat(exported(1)).contains(TEXT);
    }

    @Test
    void a_service_with_the_key_that_was_left_behind_does_not_start() throws IOException {
        rekey(1, 2);
        var said = new StringWriter();
        var program = RootCommand.commandLine(new ServeCommand());
        program.getSubcommands().values().forEach(command -> command.setErr(new PrintWriter(said, true)));

        int exitCode = Objects.requireNonNull(program)
                .execute(
                        "serve",
                        "--port",
                        "0",
                        "--store",
                        store,
                        "--personal",
                        "encrypt",
                        "--personal-key",
                        key(1).toString(),
                        "--lang",
                        "zh");

        assertThat(exitCode).isEqualTo(2);
        assertThat(said.toString()).isEqualTo("--personal-key 的密钥不是这个存储现用的；请用最近一次 journal rekey 换上的密钥启动。\n");
    }

    @Test
    void a_service_that_is_to_encrypt_and_has_no_key_does_not_start() {
        var said = new StringWriter();
        var shell = new Terminal(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                new PrintWriter(said, true),
                Clock.systemUTC(),
                files -> {
                    throw new AssertionError("it does not come so far");
                },
                false,
                false);

        int exitCode = RootCommand.commandLine(shell, new ServeCommand())
                .execute("serve", "--port", "0", "--store", store, "--personal", "encrypt", "--lang", "en");

        assertThat(exitCode).isEqualTo(2);
        assertThat(said.toString())
                .isEqualTo(
                        "--personal: NO_PERSONAL_KEY: There is no key to encrypt personal fields with. Name its file with"
                                + " --personal-key. Keep a copy elsewhere: without it nobody can read them again.\n");
    }
}
