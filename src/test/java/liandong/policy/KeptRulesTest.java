package liandong.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import liandong.decision.Decisions;
import liandong.problem.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules compiled by one start and taken by the next, which is told from what is counted and not from how long it takes. */
class KeptRulesTest {
    private static final byte[] MODULE = "a module".getBytes(StandardCharsets.UTF_8);

    /** The decisions that the program has; tests bring another. */
    private static final PolicySchema SCHEMA = new PolicySchema(Decisions.schema().parts().stream()
            .filter(part ->
                    part.tables().stream().noneMatch(type -> type.getName().contains(".praise.")))
            .toList());

    @TempDir
    Path place;

    @AfterEach
    void keepNothingAnyMore() {
        RuleBase.keepIn(() -> null);
    }

    private Path folder() {
        return place.resolve("liandong.db.rules");
    }

    private KeptRules start() {
        return requireNonNull(KeptRules.in(folder()));
    }

    /** Rules that the program does not bring: one says its source otherwise. */
    private static Map<String, byte[]> changed() {
        var files = new TreeMap<>(PolicyFiles.stock().rules());
        String rules = new String(requireNonNull(files.get("routing.drl")), StandardCharsets.UTF_8);
        files.put("routing.drl", ("// 另行编译\n" + rules).getBytes(StandardCharsets.UTF_8));
        return files;
    }

    /** What a service that has just started makes of rules: what it has in memory goes by another name. */
    private static List<RuleRef> loaded(KeptRules kept) {
        RuleBase.keepIn(() -> kept);
        var problems = new ArrayList<Problem>();
        RuleBase rules = RuleBase.of(UUID.randomUUID().toString(), SCHEMA, changed(), problems::add);
        assertThat(problems).isEmpty();
        return requireNonNull(rules).refs();
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private static List<Integer> counts(KeptRules kept) {
        return List.of(kept.taken(), kept.kept());
    }

    @Test
    void changed_rules_are_compiled_by_one_start_and_taken_by_the_next_until_somebody_has_touched_them()
            throws IOException {
        KeptRules first = start();
        List<RuleRef> compiled = loaded(first);
        assertThat(counts(first)).containsExactly(0, 1);

        KeptRules second = start();
        assertThat(loaded(second)).isEqualTo(compiled).isNotEmpty();
        assertThat(counts(second)).containsExactly(1, 0);

        Path file = onlyFile();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        KeptRules third = start();
        assertThat(loaded(third)).isEqualTo(compiled);
        assertThat(counts(third)).containsExactly(0, 1);

        KeptRules fourth = start();
        assertThat(loaded(fourth)).isEqualTo(compiled);
        assertThat(counts(fourth)).containsExactly(1, 0);
    }

    @Test
    void what_is_signed_but_no_rules_is_compiled_again() {
        KeptRules first = start();
        List<RuleSource> sources = requireNonNull(RuleBase.sources(SCHEMA, changed(), problem -> {}));
        first.keep(CompiledRules.key(sources), MODULE);

        KeptRules second = start();
        assertThat(loaded(second)).isNotEmpty();
        assertThat(counts(second)).containsExactly(0, 1);
    }

    @Test
    void the_stock_rules_are_not_kept_and_make_no_folder() {
        RuleBase.keepIn(() -> {
            throw new AssertionError("asked for");
        });

        RuleBase rules = RuleBase.of(
                UUID.randomUUID().toString(), SCHEMA, PolicyFiles.stock().rules(), problem -> {});

        assertThat(requireNonNull(rules).refs()).isNotEmpty();
        assertThat(folder()).doesNotExist();
    }

    @Test
    void what_was_kept_is_taken_under_its_own_name_alone() throws IOException {
        KeptRules kept = start();
        kept.keep("one", MODULE);
        Path one = onlyFile();
        kept.keep("other", "other".getBytes(StandardCharsets.UTF_8));
        assertThat(kept.take("one")).isEqualTo(MODULE);
        assertThat(kept.take("third")).isNull();

        // The signed module of one set of rules in the place of another's.
        try (Stream<Path> files = Files.list(folder())) {
            for (Path file : files.filter(each -> !each.equals(one)).toList()) {
                Files.write(file, Files.readAllBytes(one));
            }
        }

        assertThat(kept.take("other")).isNull();
    }

    @Test
    void whatever_is_not_whole_or_signed_by_another_secret_is_not_taken() throws IOException {
        start().keep("rules", MODULE);
        Path file = onlyFile();
        byte[] whole = Files.readAllBytes(file);
        List<UnaryOperator<byte[]>> damages = List.of(
                bytes -> new byte[0],
                bytes -> Arrays.copyOf(bytes, 16),
                bytes -> Arrays.copyOf(bytes, bytes.length - 1),
                bytes -> Arrays.copyOf(bytes, bytes.length + 1),
                bytes -> MODULE);
        for (UnaryOperator<byte[]> damage : damages) {
            Files.write(file, damage.apply(whole));
            assertThat(start().take("rules")).isNull();
        }
        Files.write(file, whole);
        assertThat(start().take("rules")).isEqualTo(MODULE);

        Files.delete(place.resolve("liandong.db.rules.key"));
        assertThat(start().take("rules")).isNull();
    }

    @Test
    void a_secret_that_others_may_read_or_that_is_no_file_of_its_own_is_no_secret() throws IOException {
        start();
        Path key = place.resolve("liandong.db.rules.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
                .isEqualTo("rwx------");

        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(KeptRules.in(folder())).isNull();

        Path elsewhere = place.resolve("elsewhere");
        Files.move(key, elsewhere);
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(key, elsewhere);
        assertThat(KeptRules.in(folder())).isNull();

        Files.delete(key);
        Files.write(key, new byte[0]);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        assertThat(KeptRules.in(folder())).isNull();
    }

    @Test
    void where_no_folder_can_be_made_nothing_is_kept() throws IOException {
        Path file = Files.writeString(place.resolve("file"), "");

        assertThat(KeptRules.in(file.resolve("rules"))).isNull();
    }

    @Test
    void of_many_the_latest_used_are_kept() throws IOException {
        KeptRules kept = start();
        for (int i = 0; i < KeptRules.MOST; i++) {
            kept.keep("rules " + i, MODULE);
        }
        try (Stream<Path> files = Files.list(folder())) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(0));
            }
        }
        assertThat(kept.take("rules 0")).isEqualTo(MODULE);

        for (int i = 1; i < KeptRules.MOST; i++) {
            kept.keep("later " + i, MODULE);
        }

        assertThat(kept.take("rules 0")).isEqualTo(MODULE);
        assertThat(kept.take("rules 1")).isNull();
        assertThat(kept.take("later 1")).isEqualTo(MODULE);
    }

    @Test
    void several_that_keep_and_take_at_once_get_the_whole_or_nothing() throws InterruptedException {
        var module = new byte[1 << 16];
        Arrays.fill(module, (byte) 7);
        var wrong = Collections.synchronizedList(new ArrayList<byte[]>());
        var taken = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 4; i++) {
            var thread = new Thread(() -> {
                KeptRules own = start(); // each makes the secret, or takes that of the first
                for (int turn = 0; turn < 50; turn++) {
                    own.keep("rules", module);
                    byte[] found = own.take("rules");
                    if (found != null && Arrays.equals(found, module)) {
                        taken.incrementAndGet();
                    } else {
                        wrong.add(found == null ? new byte[0] : found);
                    }
                }
            });
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(wrong).isEmpty();
        assertThat(taken).hasValue(200);
    }
}
