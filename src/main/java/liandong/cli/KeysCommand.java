package liandong.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import liandong.access.Key;
import liandong.access.Keys;
import liandong.access.Role;
import liandong.store.Database;
import liandong.store.StoreException;
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
                    + " caller asks for decisions, tester runs scenarios, editor proposes policies, approver approves and"
                    + " publishes those of others, auditor reads everything.",
            "",
            "From the first key on nobody gets in without one, even when all are revoked. A running service knows of a"
                    + " change within two seconds. A request shows its key in the header Authorization: Bearer KEY.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:there is no such key that still counts",
            "2:the command was called wrongly, or the store cannot be used"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  java -jar target/liandong.jar keys add 热线平台 --roles caller",
            "  java -jar target/liandong.jar keys add 张三 --roles editor,tester",
            "  java -jar target/liandong.jar keys list",
            "  java -jar target/liandong.jar keys revoke 3f0c9a1e"
        })
final class KeysCommand implements Runnable {
    private final Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    KeysCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** The options that all of them have. */
    static final class Options {
        @Mixin
        private StoreOptions store = new StoreOptions();

        @Option(
                names = "--lang",
                paramLabel = "zh|en",
                converter = CommonOptions.Language.class,
                description =
                        "Language of what is said to people: Chinese or English; that of the system unless given.")
        private Locale language = Locale.getDefault();
    }

    /** Roles as they are typed. */
    record Roles(Set<Role> roles) {}

    static final class RoleNames implements ITypeConverter<Roles> {
        @Override
        public Roles convert(String text) {
            var roles = EnumSet.noneOf(Role.class);
            for (String name : text.split(",", -1)) {
                Role role = Arrays.stream(Role.values())
                        .filter(each -> each.typed().equals(name.strip()))
                        .findFirst()
                        .orElseThrow(() -> new TypeConversionException("'" + name + "' is none of "
                                + Arrays.stream(Role.values()).map(Role::typed).collect(Collectors.joining(", "))));
                roles.add(role);
            }
            return new Roles(roles);
        }
    }

    @Command(
            name = "add",
            description = "Makes a key and prints it. It is kept nowhere: whoever loses it gets another.",
            mixinStandardHelpOptions = true)
    int add(
            @Mixin Options options,
            @Parameters(paramLabel = "NAME", description = "The person or system that gets it.") String name,
            @Option(
                            names = "--roles",
                            paramLabel = "ROLES",
                            required = true,
                            converter = RoleNames.class,
                            description = "What they may do: some of caller, tester, editor, approver, auditor, with"
                                    + " commas between.")
                    Roles roles)
            throws Stop, IOException {
        var say = new Phrases(options.language);
        if (name.isBlank()) {
            throw new Stop(Stop.USAGE, List.of(say.of("keys.nameless")));
        }
        try (Database database = options.store.openOrMake(options.language)) {
            print(new Keys(database, shell.clock()).add(name, roles.roles()));
            shell.err().println(say.of("keys.once"));
            return 0;
        } catch (StoreException e) {
            throw new Stop(Stop.USAGE, List.of(e.problem().line(options.language)));
        }
    }

    @Command(name = "list", description = "Lists all keys there ever were.", mixinStandardHelpOptions = true)
    int list(@Mixin Options options) throws Stop, IOException {
        var say = new Phrases(options.language);
        try (Database database = options.store.openExisting(options.language)) {
            for (Key key : new Keys(database, shell.clock()).list()) {
                String line = key.id() + "  " + key.created() + "  " + Findings.visible(key.name()) + "  "
                        + Role.typed(key.roles());
                print(key.revoked() == null ? line : line + "  " + say.of("keys.revokedAt", key.revoked()));
            }
            return 0;
        } catch (StoreException e) {
            throw new Stop(Stop.USAGE, List.of(e.problem().line(options.language)));
        }
    }

    @Command(name = "revoke", description = "Makes a key count no more.", mixinStandardHelpOptions = true)
    int revoke(
            @Mixin Options options,
            @Parameters(paramLabel = "ID", description = "The key's id, as list prints it.") String id)
            throws Stop, IOException {
        var say = new Phrases(options.language);
        try (Database database = options.store.openExisting(options.language)) {
            if (!new Keys(database, shell.clock()).revoke(id)) {
                throw new Stop(Stop.BAD, List.of(say.of("keys.unknown", id)));
            }
            print(say.of("keys.revoked", id));
            return 0;
        } catch (StoreException e) {
            throw new Stop(Stop.USAGE, List.of(e.problem().line(options.language)));
        }
    }

    private void print(String line) throws IOException {
        shell.out().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        shell.out().flush();
    }
}
