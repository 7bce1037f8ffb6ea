package liandong.cli.journal;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import liandong.access.Key;
import liandong.access.Keys;
import liandong.access.Role;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.EnumConverter;
import liandong.cli.terminal.Findings;
import liandong.cli.terminal.Terminal;
import liandong.explain.Phrases;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys}: who may call the service. */
@Command(
        name = "keys",
        description = {
            "Makes and revokes the keys that open the service. A key belongs to a person or a system and has roles:"
                    + " caller asks for decisions, tester runs scenarios, editor proposes policies, approver approves and"
                    + " publishes those of others, auditor reads everything.",
            "",
            "Once a key exists, every request needs one, even when all keys are revoked. A running service applies a"
                    + " change within two seconds. A request sends its key in the header Authorization: Bearer KEY.",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeList = {
            "0:done",
            "1:there is no such key, or it is revoked already",
            "2:the command was called wrongly, or the store cannot be used"
        },
        footer = {
            "  java -jar target/liandong.jar keys add 热线平台 --roles caller",
            "  java -jar target/liandong.jar keys add 张三 --roles editor,tester",
            "  java -jar target/liandong.jar keys list",
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
                            description = "What they may do: some of caller, tester, editor, approver, auditor, with"
                                    + " commas between.")
                    Roles roles)
            throws CommandFailure, IOException {
        Phrases say = store.phrases();
        if (name.isBlank()) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("keys.nameless")));
        }
        String by = person.name(say);
        return store.made(database -> {
            print(new Keys(database, shell.clock()).add(name, roles.roles(), by));
            shell.err().println(say.of("keys.once"));
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
                print(key.revoked() == null ? line : line + "  " + say.of("keys.revokedAt", key.revoked()));
            }
            return 0;
        });
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
