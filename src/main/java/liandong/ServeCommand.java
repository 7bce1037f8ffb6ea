package liandong;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import liandong.access.Issuer;
import liandong.access.Keys;
import liandong.access.Tokens;
import liandong.cli.RootCommand;
import liandong.cli.journal.IssuerOptions;
import liandong.cli.journal.JournalOptions;
import liandong.cli.journal.StoreOptions;
import liandong.cli.policy.GateOptions;
import liandong.cli.terminal.CommandFailure;
import liandong.cli.terminal.EnumConverter;
import liandong.cli.terminal.IntegerInRange;
import liandong.cli.terminal.LanguageOption;
import liandong.console.ConsoleConfiguration;
import liandong.decision.DecisionMoment;
import liandong.explain.Phrases;
import liandong.journal.Journal;
import liandong.journal.Keeping;
import liandong.journal.Personal;
import liandong.journal.Retention;
import liandong.kafka.DecisionStream;
import liandong.kafka.KafkaSettings;
import liandong.keyed.KeyedDecisions;
import liandong.outbox.Receiver;
import liandong.outbox.Webhooks;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;
import liandong.policy.PolicyHistory;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.publication.Gate;
import liandong.publication.LivePolicy;
import liandong.publication.ServedFolder;
import liandong.store.Database;
import liandong.store.StoreException;
import liandong.trace.Traces;
import liandong.web.WebConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}: answers over HTTP until it is stopped. */
@Command(
        name = "serve",
        description = {
            "Serves the live policy over HTTP until it is stopped.",
            "",
            "Which policy is live the store says (see the command policy): what is published while it runs is served"
                    + " within a second, without a request waiting or failing. Several processes may serve one PostgreSQL.",
            "",
            "While no key was ever made (see the command keys) it listens to this machine only.",
            "",
            "What the command line does not say, a variable of the environment does (LIANDONG_RATE_LIMIT for --rate-limit),"
                    + " else the file of --config.",
            ""
        },
        mixinStandardHelpOptions = true,
        defaultValueProvider = Settings.class,
        exitCodeList = {
            "0:stopped",
            "1:the policy cannot be used; every fault is printed with its place",
            "2:the folder cannot be read, the store cannot be used, the port is taken, or others than this machine"
                    + " would get in without a key"
        },
        footer = {
            "  java -jar target/liandong.jar serve",
            "  java -jar target/liandong.jar serve --port 9090 --policy /srv/policy",
            "  java -jar target/liandong.jar serve --address 0.0.0.0 --store jdbc:postgresql://db/liandong",
            "  curl -s localhost:8080/v1/routing -H 'Content-Type: application/json' -d @report.json"
        })
final class ServeCommand implements Callable<Integer> {
    private static final System.Logger LOG = System.getLogger(ServeCommand.class.getName());

    private static final String ECS_LOG = "classpath:liandong/logging/ecs.xml";

    private static final Duration STORE_REST = Duration.ofSeconds(2);

    /** Seconds; with what the last requests may take after it, below the thirty that Kubernetes waits. */
    private static final int USUAL_DRAIN = 5;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Option(
            names = Settings.FILE,
            paramLabel = "FILE",
            description =
                    "File with options as lines such as rate-limit = 600; what LIANDONG_CONFIG names, else none, unless"
                            + " given.")
    private @Nullable Path config;

    @Option(
            names = "--print-config",
            description = "Print every option, what it is and who says so, secrets covered, and end.")
    private boolean printConfig;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            converter = Port.class,
            description = "Port, ${DEFAULT-VALUE} unless given; 0 takes a free one.")
    private int port;

    @Option(
            names = "--address",
            paramLabel = "HOST",
            description =
                    "Address to listen on, ${DEFAULT-VALUE} unless given: nobody but this machine. Any other takes keys,"
                            + " which the command keys makes.")
    private String address = "127.0.0.1";

    @Option(
            names = "--policy",
            paramLabel = "DIR",
            description =
                    "Policy folder with decision-tables/ and, if it has rules of its own, rules/, to be served as it is;"
                            + " what the store says is live unless given, which at first is the stock policy.")
    private @Nullable Path folder;

    @Option(
            names = "--rules-over-http",
            description =
                    "Take rules in policies that are put over HTTP. Rules are code that this process runs: whoever"
                            + " has an editor's key could then have it run anything. Without it rules are put with the command"
                            + " policy put.")
    private boolean rulesOverHttp;

    @Option(
            names = "--clock-tolerance",
            paramLabel = "MINUTES",
            defaultValue = "5",
            converter = Tolerance.class,
            description =
                    "How far the times of a request may be ahead of this machine's clock, ${DEFAULT-VALUE} unless given."
                            + " What is ahead by no more is taken, and the answer says so; the rest is refused.")
    private int clockTolerance;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Option(
            names = "--store-wait",
            paramLabel = "SECONDS",
            defaultValue = "300",
            converter = Wait.class,
            description =
                    "How long to wait at the start for a PostgreSQL that does not answer yet, ${DEFAULT-VALUE} unless"
                            + " given; 0 does not wait.")
    private int storeWait;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "3",
            converter = WarmUpSeconds.class,
            description =
                    "How long to decide the policy's own scenarios at the start, before the service says that it is ready,"
                            + " ${DEFAULT-VALUE} unless given, so that the first callers do not wait; 0 does not. Nothing of it is"
                            + " kept or counted.")
    private int warmUp;

    @Option(
            names = "--drain",
            paramLabel = "SECONDS",
            converter = DrainSeconds.class,
            description =
                    "How long to go on answering after the service was told to stop, with every connection closed by its"
                            + " answer and readiness down, so that no caller loses a request; 5 unless given, and 0 while no key was"
                            + " ever made.")
    private @Nullable Integer drain;

    @Option(
            names = "--rate-limit",
            paramLabel = "N",
            defaultValue = "0",
            converter = PerMinute.class,
            description =
                    "How many requests a minute one key, or without a key one address, may make; 0, for no limit, unless"
                            + " given. Each line of a stream is one. Each process counts by itself.")
    private int rateLimit;

    @Option(
            names = "--idempotency-hours",
            paramLabel = "N",
            defaultValue = "24",
            converter = KeyHours.class,
            description =
                    "How long a request that is sent again under its Idempotency-Key gets the same answer, ${DEFAULT-VALUE}"
                            + " hours unless given, from when the key is first sent.")
    private int idempotencyHours;

    @Option(
            names = "--mcp",
            description =
                    "Offer tools for assistants (Model Context Protocol) at /mcp: they explain, try out, compare and look up by"
                            + " the keys and roles of everything else. None keeps, approves or publishes anything.")
    private boolean mcp;

    @Option(
            names = "--log-format",
            paramLabel = "text|ecs",
            converter = LogFormatName.class,
            description =
                    "What the log on standard error looks like: text (unless given), for people; ecs, one JSON document a line in"
                            + " the Elastic Common Schema, for a collector.")
    private LogFormat logFormat = LogFormat.TEXT;

    @Mixin
    private IssuerOptions tokens = new IssuerOptions();

    @Mixin
    private JournalOptions journal = new JournalOptions();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private WebhookOptions webhooks = new WebhookOptions();

    @Mixin
    private TraceOptions traces = new TraceOptions();

    @Mixin
    private GateOptions gate = new GateOptions();

    @Mixin
    private LanguageOption language = new LanguageOption();

    /**
     * Events that come and go, besides requests and answers.
     *
     * @param kafka where they are read and written; null for nowhere
     * @param receivers who is sent what is decided
     */
    private record Events(@Nullable KafkaSettings kafka, List<Receiver> receivers) {}

    private enum LogFormat {
        TEXT,
        ECS
    }

    private static final class LogFormatName extends EnumConverter<LogFormat> {
        LogFormatName() {
            super(LogFormat.class);
        }
    }

    private static final class Port extends IntegerInRange {
        private static final int LAST = 65_535;

        Port() {
            super(0, LAST);
        }
    }

    private static final class Tolerance extends IntegerInRange {
        Tolerance() {
            super(0, (int) DecisionMoment.MOST_TOLERANCE.toMinutes());
        }
    }

    private static final class Wait extends IntegerInRange {
        private static final int DAY = 86_400;

        Wait() {
            super(0, DAY);
        }
    }

    private static final class WarmUpSeconds extends IntegerInRange {
        private static final int MINUTE = 60;

        WarmUpSeconds() {
            super(0, MINUTE);
        }
    }

    private static final class DrainSeconds extends IntegerInRange {
        private static final int MINUTE = 60;

        DrainSeconds() {
            super(0, MINUTE);
        }
    }

    private static final class PerMinute extends IntegerInRange {
        private static final int MILLION = 1_000_000;

        PerMinute() {
            super(0, MILLION);
        }
    }

    private static final class KeyHours extends IntegerInRange {
        private static final int YEAR = 8_760;

        KeyHours() {
            super(1, YEAR);
        }
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter err =
                logFormat == LogFormat.ECS ? structured() : spec.commandLine().getErr();
        Phrases say = language.phrases();
        Settings settings = (Settings) spec.defaultValueProvider();
        if (!settings.problems().isEmpty()) {
            settings.problems().forEach(problem -> err.println(problem.line(language.locale())));
            return 2;
        }
        if (printConfig) {
            settings.print(
                    config,
                    spec.commandLine().getParseResult(),
                    spec.commandLine().getOut(),
                    say);
            return 0;
        }
        if (folder != null && !Files.isDirectory(folder)) {
            err.println(say.of("policy.noFolder", folder));
            return 2;
        }
        Issuer issuer;
        Personal personal;
        KafkaSettings events;
        List<Receiver> receivers;
        try {
            issuer = tokens.issuer(language.locale());
            personal = journal.personal(say);
            events = kafka.settings(say);
            receivers = webhooks.receivers(say);
        } catch (CommandFailure e) {
            e.lines().forEach(err::println);
            return e.exitCode();
        }
        if (!receivers.isEmpty() && journal.keeping() == Keeping.OFF) {
            err.println(say.of("webhook.noJournal"));
            return 2;
        }
        Database database = opened(err, say);
        if (database == null) {
            return 2;
        }
        int exitCode = 2;
        try {
            if (personal.isPresentIn(database)) {
                exitCode = serve(database, personal.in(database), issuer, new Events(events, receivers), err, say);
            } else {
                err.println(say.of("serve.otherKey"));
            }
        } catch (StoreException e) {
            err.println(e.problem().line(language.locale()));
        }
        if (exitCode != Liandong.KEEP_RUNNING) {
            database.close();
        }
        return exitCode;
    }

    /** Has all that is said logged as JSON from now on, and says by it what is otherwise printed. */
    private static PrintWriter structured() {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("log", Map.of("logging.structured.ecs.service.name", "liandong")));
        LoggingSystem logging = LoggingSystem.get(ServeCommand.class.getClassLoader());
        // Before the service's own, which then leaves it as it is: what is said until then is for the collector too.
        logging.beforeInitialize();
        logging.initialize(new LoggingInitializationContext(environment), ECS_LOG, null);
        return LogLines.to(LOG);
    }

    /** The store, which is waited for if it may be on its way; null when it cannot be opened, which is said. */
    private @Nullable Database opened(PrintWriter err, Phrases say) throws InterruptedException {
        long begun = System.nanoTime();
        boolean waited = false;
        while (true) {
            try {
                Database database = store.open();
                if (waited) {
                    err.println(say.of("serve.storeThere", store.place()));
                }
                return database;
            } catch (StoreException e) {
                Duration left = Duration.ofSeconds(storeWait).minusNanos(System.nanoTime() - begun);
                if (!e.isStarting() || left.isNegative() || left.isZero()) {
                    err.println(e.problem().line(language.locale()));
                    return null;
                }
                if (!waited) {
                    err.println(say.of("serve.storeAwaited", e.problem().line(language.locale()), storeWait));
                    waited = true;
                }
                Thread.sleep(Math.min(STORE_REST.toMillis(), Math.max(1, left.toMillis())));
            }
        }
    }

    private int serve(
            Database database,
            Personal personal,
            @Nullable Issuer issuer,
            Events events,
            PrintWriter err,
            Phrases say) {
        boolean keys = new Keys(database, Clock.systemUTC(), issuer != null).configured();
        if (!keys) {
            if (!isLoopback(address)) {
                err.println(Problem.of(Code.OPEN_TO_OTHERS, new FileRef("--address"), address)
                        .line(language.locale()));
                return 2;
            }
            err.println(say.of("serve.open"));
        }
        if (issuer != null) {
            err.println(say.of("serve.issuer", issuer.uri(), issuer.audience()));
        }
        err.println(say.of("serve.store", store.place()));
        database.markServed().ifPresent(process -> err.println(say.of("serve.twice", process)));
        PolicyHistory history;
        try {
            history = folder == null ? live(database, err, say) : folder(folder, database, err, say);
        } catch (BadPolicyException e) {
            e.problems().forEach(problem -> err.println(problem.line(language.locale())));
            return 1;
        } catch (StoreException e) {
            err.println(e.problem().line(language.locale()));
            return 1;
        } catch (IOException e) {
            err.println(say.of("input.unreadable", String.valueOf(folder)));
            return 2;
        }
        Policy policy = history.get();
        policy.notes().forEach(note -> err.println(note.line(language.locale())));
        Policy.Account account = policy.account(policy.day(Clock.systemUTC().instant()));
        err.println(say.of(
                "serve.policy",
                policy.label(),
                policy.version(),
                account.tables(),
                account.rows(),
                account.live(),
                account.rules()));
        if (history instanceof LivePolicy live) {
            tellOfPublications(live, say);
        }
        try {
            WarmUp warming = WarmUp.begin(policy, Duration.ofSeconds(warmUp));
            var context = start(history, database, personal, issuer, events, settings(!keys), warming);
            context.getBeanProvider(DecisionStream.class).ifAvailable(DecisionStream::start);
            context.getBeanProvider(Webhooks.class).ifAvailable(Webhooks::start);
            events.receivers().forEach(each -> err.println(say.of("webhook.sending", each.name())));
            err.println(say.of("serve.listening", url(context)));
        } catch (RuntimeException e) {
            if (!(NestedExceptionUtils.getMostSpecificCause(e) instanceof BindException)) {
                throw e;
            }
            err.println(say.of("serve.port", port));
            return 2;
        }
        return Liandong.KEEP_RUNNING;
    }

    /** What is published as live, now and from time to time. */
    private static PolicyHistory live(Database database, PrintWriter err, Phrases say) {
        LivePolicy live = LivePolicy.open(database, Clock.systemUTC());
        String stock = PolicyFiles.stock().version();
        if (!live.get().version().equals(stock)) {
            err.println(say.of("serve.otherStock", stock));
        }
        return live;
    }

    private static PolicyHistory folder(Path folder, Database database, PrintWriter err, Phrases say)
            throws IOException, BadPolicyException {
        PolicyHistory served = ServedFolder.of(PolicyFiles.folder(folder), database, Clock.systemUTC());
        err.println(say.of("serve.folder", folder));
        return served;
    }

    /** Says in the log what is published from now on. */
    private static void tellOfPublications(LivePolicy live, Phrases say) {
        long told = live.state().publication().no();
        live.listen(state -> {
            long no = state.publication().no();
            if (no != told) {
                LOG.log(
                        Level.INFO,
                        say.of(
                                "serve.live",
                                state.policy().label(),
                                state.policy().version(),
                                no));
            }
        });
    }

    /**
     * What the command line says, before which nothing else counts: no variable of the environment, and no file in the
     * working directory, lets in whom it keeps out.
     *
     * @param open whether there are no keys, so that only where a request comes from says who may
     */
    private Map<String, Object> settings(boolean open) {
        var settings = new HashMap<String, Object>();
        settings.put("server.port", port);
        settings.put("server.address", address);
        settings.put("liandong.rules-over-http", rulesOverHttp);
        settings.put("liandong.clock-tolerance", clockTolerance + "m");
        settings.put("liandong.rate-limit", rateLimit);
        settings.put("liandong.mcp", mcp);
        settings.put("liandong.idempotency-retention", idempotencyHours + "h");
        settings.put("management.server.port", "");
        settings.put("liandong.drain", (drain != null ? drain : open ? 0 : USUAL_DRAIN) + "s");
        if (open) {
            settings.put("server.forward-headers-strategy", "none");
            settings.put("server.tomcat.remoteip.remote-ip-header", "");
            settings.put("server.tomcat.remoteip.protocol-header", "");
        }
        return settings;
    }

    private String url(ConfigurableApplicationContext context) {
        String taken = context.getEnvironment().getRequiredProperty("local.server.port");
        return "http://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + taken;
    }

    /** What its entries in the journal say wrote them. */
    private static String program() {
        return new RootCommand.Version().getVersion()[0];
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private ConfigurableApplicationContext start(
            PolicyHistory history,
            Database database,
            Personal personal,
            @Nullable Issuer issuer,
            Events events,
            Map<String, Object> settings,
            WarmUp warming) {
        return new SpringApplicationBuilder(WebConfiguration.class, ConsoleConfiguration.class)
                .bannerMode(Banner.Mode.OFF)
                .initializers(context -> {
                    context.getEnvironment()
                            .getPropertySources()
                            .addFirst(new MapPropertySource("command line", settings));
                    var beans = (GenericApplicationContext) context;
                    beans.registerBean("database", Database.class, () -> database);
                    beans.registerBean("policy", PolicyHistory.class, () -> history);
                    beans.registerBean("personal", Personal.class, () -> personal);
                    beans.registerBean("gate", Gate.class, () -> gate.gate(database, personal, Clock.systemUTC()));
                    if (issuer != null) {
                        beans.registerBean("tokens", Tokens.class, () -> new Tokens(issuer, Clock.systemUTC()));
                    }
                    // The service is not ready before its runners have ended.
                    beans.registerBean("warm-up", ApplicationRunner.class, () -> arguments -> warming.await());
                    // Closed before the store is: what waits is still written.
                    beans.registerBean(
                            "journal",
                            Journal.class,
                            () -> Journal.in(database, journal.keeping(), personal, Clock.systemUTC(), program()));
                    URI collector = traces.collector();
                    if (collector != null) {
                        beans.registerBean("traces", Traces.class, () -> new Traces(collector, program()));
                    }
                    KafkaSettings stream = events.kafka();
                    if (stream != null) {
                        beans.registerBean(
                                "kafka",
                                DecisionStream.class,
                                () -> new DecisionStream(
                                        stream,
                                        beans.getBean(KeyedDecisions.class),
                                        beans.getBean(MeterRegistry.class),
                                        language.locale()));
                    }
                    if (!events.receivers().isEmpty()) {
                        beans.registerBean(
                                "webhooks",
                                Webhooks.class,
                                () -> new Webhooks(
                                        events.receivers(),
                                        database,
                                        personal,
                                        Clock.systemUTC(),
                                        beans.getBean(MeterRegistry.class)));
                    }
                    if (journal.retainDays() > 0) {
                        beans.registerBean(
                                "retention",
                                Retention.class,
                                () -> Retention.hourly(database, journal.retainDays(), Clock.systemUTC()));
                    }
                })
                .run();
    }
}
