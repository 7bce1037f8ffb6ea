package liandong.cli.journal;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import liandong.access.Caller;
import liandong.access.Key;
import liandong.access.Keys;
import liandong.access.Role;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.EnumConverter;
import liandong.cli.terminal.Findings;
import liandong.cli.terminal.IntegerInRange;
import liandong.cli.terminal.Terminal;
import liandong.explain.Phrases;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code keys}: who may call the service. */
@Command(
        name = "keys",
        description = {
            "Makes and revokes the keys that open the service. A key belongs to a person or a system and has roles:"
                    + " caller asks for decisions and reads its own again, tester runs scenarios, editor proposes policies,"
                    + " approver approves and publishes those of others, auditor reads everything, officer judges what the"
                    + " rules leave to a person, metrics reads the figures of the service.",
            "",
            "Once a key exists, every request needs one, even when all keys are revoked. A running service applies a"
                    + " change within two seconds. A request sends its key in the header Authorization: Bearer KEY.",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeList = {
            "0:done",
            "1:there is no such key, or it is revoked or expired already",
            "2:the command was called wrongly, or the store cannot be used"
        },
        footer = {
            "  java -jar target/liandong.jar keys add 热线平台 --roles caller",
            "  java -jar target/liandong.jar keys add 张三 --roles editor,tester --days 365 --from 10.2.0.0/16",
            "  java -jar target/liandong.jar keys list",
            "  java -jar target/liandong.jar keys rotate 3f0c9a1e --overlap 14",
            "  java -jar target/liandong.jar keys revoke 3f0c9a1e"
        })
public final class KeysCommand implements Runnable {
    private final Terminal shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    public KeysCommand(Terminal shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Roles as they are typed. */
    record Roles(Set<Role> roles) {}

    static final class RoleNames implements ITypeConverter<Roles> {
        private static final EnumConverter<Role> ROLE = new EnumConverter<>(Role.class) {};

        @Override
        public Roles convert(String text) {
            var roles = EnumSet.noneOf(Role.class);
            for (String name : text.split(",", -1)) {
                roles.add(ROLE.convert(name.strip()));
            }
            return new Roles(roles);
        }
    }

    /** Ranges of addresses as they are typed. */
    record Addresses(List<String> ranges) {}

    static final class AddressRanges implements ITypeConverter<Addresses> {
        @Override
        public Addresses convert(String text) {
            List<String> ranges =
                    Stream.of(text.split(",", -1)).map(String::strip).toList();
            for (String range : ranges) {
                if (!Keys.isAddress(range)) {
                    throw new TypeConversionException(
                            "'" + range + "' is no address, and no range of addresses such as 10.2.0.0/16");
                }
            }
            return new Addresses(ranges);
        }
    }

    static final class Overlap extends IntegerInRange {
        Overlap() {
            super(0, 365);
        }
    }

    /** How long a key counts. */
    static final class Lifetime {
        @Option(
                names = "--days",
                paramLabel = "DAYS",
                converter = IntegerInRange.Age.class,
                description =
                        "For how many days the key counts; until it is revoked unless given, and for as long as the one"
                                + " before where it takes the place of one.")
        private @Nullable Integer days;

        @Nullable
        Instant end(Clock clock) {
            return days == null ? null : clock.instant().plus(Duration.ofDays(days));
        }
    }

    @Command(
            name = "add",
            description = "Makes a key and prints it. It is shown once and not stored; a lost key must be replaced.",
            mixinStandardHelpOptions = true)
    int add(
            @Mixin StoreCommandOptions store,
            @Mixin PersonOption person,
            @Parameters(paramLabel = "NAME", description = "The person or system that gets it.") String name,
            @Option(
                            names = "--roles",
                            paramLabel = "ROLES",
                            required = true,
                            converter = RoleNames.class,
                            description =
                                    "What they may do: some of caller, tester, editor, approver, auditor, officer,"
                                            + " metrics, with commas between.")
                    Roles roles,
            @Mixin Lifetime lifetime,
            @Option(
                            names = "--from",
                            paramLabel = "ADDRESSES",
                            converter = AddressRanges.class,
                            description = "Where requests with this key may come from: addresses and ranges such as"
                                    + " 10.2.0.0/16, with commas between; from everywhere unless given. Behind a proxy, that is"
                                    + " where the proxy is.")
                    @Nullable
                    Addresses from)
            throws CommandFailure, IOException {
        Phrases say = store.phrases();
        if (name.isBlank()) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("keys.nameless")));
        }
        if (name.length() > Caller.LONGEST_NAME || !Findings.visible(name).equals(name)) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("keys.badName", Caller.LONGEST_NAME)));
        }
        String by = person.name(say);
        return store.made(database -> {
            var terms = new Keys.Terms(lifetime.end(shell.clock()), from == null ? List.of() : from.ranges());
            var keys = new Keys(database, shell.clock());
            long same = keys.list().stream()
                    .filter(key ->
                            key.name().equals(name) && key.counts(shell.clock().instant()))
                    .count();
            print(keys.add(name, roles.roles(), terms, by));
            if (same > 0) {
                shell.err().println(say.of("keys.another", Findings.visible(name), same));
            }
            shell.err().println(say.of("keys.once"));
            shell.next(say, "keyMade");
            return 0;
        });
    }

    @Command(
            name = "rotate",
            description = {
                "Makes a key that takes the place of another: of the same name, with the same roles, from the same addresses;"
                        + " and prints it. The other one goes on counting for some days, in which its owner changes over."
            },
            mixinStandardHelpOptions = true)
    int rotate(
            @Mixin StoreCommandOptions store,
            @Mixin PersonOption person,
            @Parameters(paramLabel = "ID", description = "The key to be replaced, as list prints its id.") String id,
            @Option(
                            names = "--overlap",
                            paramLabel = "DAYS",
                            defaultValue = "7",
                            converter = Overlap.class,
                            description = "For how many days both count, 0 to 365; 7 unless given.")
                    int overlap,
            @Mixin Lifetime lifetime)
            throws CommandFailure, IOException {
        Phrases say = store.phrases();
        String by = person.name(say);
        return store.existing(database -> {
            Keys.Rotated rotated = new Keys(database, shell.clock())
                    .rotate(id, Duration.ofDays(overlap), lifetime.end(shell.clock()), by);
            if (rotated == null) {
                throw new CommandFailure(CommandFailure.BAD, List.of(say.of("keys.unknown", id)));
            }
            print(rotated.secret());
            shell.err().println(say.of("keys.once"));
            shell.err().println(overlap == 0 ? say.of("keys.revoked", id) : say.of("keys.overlap", id, rotated.end()));
            return 0;
        });
    }

    @Command(name = "list", description = "Lists all keys, revoked ones included.", mixinStandardHelpOptions = true)
    int list(@Mixin StoreCommandOptions store) throws CommandFailure, IOException {
        Phrases say = store.phrases();
        return store.existing(database -> {
            for (Key key : new Keys(database, shell.clock()).list()) {
                String line = key.id() + "  " + key.created() + "  " + Findings.visible(key.name()) + "  "
                        + Role.typed(key.roles());
                if (!key.addresses().isEmpty()) {
                    line += "  " + String.join(",", key.addresses());
                }
                print(line + ending(key, say));
            }
            return 0;
        });
    }

    /** How a key ends, or has ended; empty when it goes on. */
    private String ending(Key key, Phrases say) {
        if (key.revoked() != null) {
            return "  " + say.of("keys.revokedAt", key.revoked());
        }
        if (key.expires() == null) {
            return "";
        }
        return "  " + say.of(key.counts(shell.clock().instant()) ? "keys.expires" : "keys.expired", key.expires());
    }

    @Command(name = "revoke", description = "Revokes a key.", mixinStandardHelpOptions = true)
    int revoke(
            @Mixin StoreCommandOptions store,
            @Mixin PersonOption person,
            @Parameters(paramLabel = "ID", description = "The key's id, as list prints it.") String id)
            throws CommandFailure, IOException {
        Phrases say = store.phrases();
        String by = person.name(say);
        return store.existing(database -> {
            if (!new Keys(database, shell.clock()).revoke(id, by)) {
                throw new CommandFailure(CommandFailure.BAD, List.of(say.of("keys.unknown", id)));
            }
            print(say.of("keys.revoked", id));
            return 0;
        });
    }

    private void print(String line) throws IOException {
        shell.print(line + "\n");
    }
}
