package liandong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import liandong.access.Keys;
import liandong.access.Role;
import liandong.policy.TinyPolicy;
import liandong.store.Database;
import liandong.store.Stores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two services on one PostgreSQL behind the HAProxy of {@code docs/deploy}, over TLS; skipped where there is no HAProxy. */
@Tag("slow") // starts the program as processes
class ProxyTest {
    private static final int CALLERS = 8;

    /** Milliseconds between two requests of one caller: enough are on their way at any time, and the machine is not kept busy. */
    private static final long PAUSE = 20;

    @TempDir
    private Path folder;

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** A client that trusts one certificate. */
    private static HttpClient client(Path certificate) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "proxy", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(tls).build();
    }

    private static String report(String id) {
        return "{\"incident\":{\"id\":\"" + id + "\",\"reportedAt\":\"2026-11-20T16:00:00+08:00\",\"source\":\"GRID\","
                + "\"area\":\"330102\",\"settled\":true},\"now\":\"2026-11-20T16:30:00+08:00\"}";
    }

    private static HttpRequest asking(URI routing, String bearer, String id) {
        return HttpRequest.newBuilder(routing)
                .header("Content-Type", "application/json")
                .header("Authorization", bearer)
                .POST(BodyPublishers.ofString(report(id)))
                .build();
    }

    /** Waits until something is so, for a minute at most; what cannot be asked yet is not so. */
    private static void until(Callable<Boolean> isSo) throws InterruptedException {
        for (int tries = 0; tries < 600; tries++) {
            try {
                if (isSo.call()) {
                    return;
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                // not yet
            }
            Thread.sleep(100);
        }
        throw new AssertionError("a minute was not enough");
    }

    private static String authority(Served service) {
        return service.at("/").getAuthority();
    }

    private String policy() throws IOException {
        for (var file : TinyPolicy.withOneRule().files().files().entrySet()) {
            Path path = folder.resolve("policy").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return folder.resolve("policy").toString();
    }

    private Process proxy(Path pem, int port, Served one, Served other) throws IOException {
        var builder = new ProcessBuilder("haproxy", "-db", "-f", "docs/deploy/haproxy.cfg")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("haproxy.log").toFile());
        builder.environment().put("SERVICE_1", authority(one));
        builder.environment().put("SERVICE_2", authority(other));
        builder.environment().put("LISTEN", "127.0.0.1:" + port);
        builder.environment().put("TLS_PEM", pem.toString());
        return builder.start();
    }

    @Test
    void no_caller_loses_a_request_when_one_of_two_services_behind_the_proxy_is_stopped() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/sbin/haproxy")) && Files.isExecutable(Path.of("/usr/bin/openssl")),
                "haproxy or openssl is not on this machine");
        Path certificate = folder.resolve("cert.pem");
        Path key = folder.resolve("key.pem");
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString());
        Path pem = Files.writeString(folder.resolve("tls.pem"), Files.readString(certificate) + Files.readString(key));
        String store = Stores.POSTGRES.fresh();
        String bearer;
        try (Database database = Database.open(store, null, null)) {
            bearer = "Bearer "
                    + new Keys(database, Clock.systemUTC(), false).add("hotline", Set.of(Role.CALLER), "test");
        }
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String policy = policy();
        HttpClient client = client(certificate);
        URI routing = URI.create("https://localhost:" + port + "/v1/routing");
        var answered = new AtomicInteger();
        var failures = new CopyOnWriteArrayList<String>();
        try (Served one = Served.on(store, "--policy", policy);
                Served other = Served.on(store, "--policy", policy)) {
            Process proxy = proxy(pem, port, one, other);
            try {
                until(() -> client.send(asking(routing, bearer, "first"), BodyHandlers.ofString())
                                .statusCode()
                        == 200);
                answered.incrementAndGet();
                var going = new AtomicBoolean(true);
                List<Thread> callers = new ArrayList<>();
                for (int i = 0; i < CALLERS; i++) {
                    String name = "C" + i + "-";
                    callers.add(new Thread(() -> {
                        for (int n = 0; going.get(); n++) {
                            try {
                                HttpResponse<String> answer =
                                        client.send(asking(routing, bearer, name + n), BodyHandlers.ofString());
                                if (answer.statusCode() == 200) {
                                    answered.incrementAndGet();
                                } else {
                                    failures.add(answer.statusCode() + " " + answer.body());
                                }
                                Thread.sleep(PAUSE);
                            } catch (IOException e) {
                                failures.add(e.toString());
                            } catch (InterruptedException e) {
                                return;
                            }
                        }
                    }));
                }
                callers.forEach(Thread::start);
                until(() -> answered.get() > 200);
                int before = answered.get();
                one.signal("TERM");
                assertThat(one.ended(Duration.ofSeconds(40))).isNotNegative();
                int meanwhile = answered.get();
                until(() -> answered.get() > meanwhile + 100);
                going.set(false);
                for (Thread each : callers) {
                    each.join();
                }

                assertThat(failures).isEmpty();
                assertThat(List.of(before, meanwhile, answered.get()))
                        .isSorted()
                        .doesNotHaveDuplicates();
                try (Database database = Database.open(store, null, null)) {
                    assertThat(database.sql()
                                    .sql("SELECT count(DISTINCT subject) FROM decision")
                                    .query(Long.class)
                                    .single())
                            .isEqualTo(answered.get());
                }
                HttpResponse<String> metrics = client.send(
                        HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/actuator/prometheus"))
                                .build(),
                        BodyHandlers.ofString());
                assertThat(metrics.statusCode()).isEqualTo(404);
            } finally {
                proxy.destroy();
                proxy.waitFor(10, TimeUnit.SECONDS);
            }
        }
    }
}
