package liandong.policy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import liandong.digest.OwnFiles;
import liandong.digest.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Rules of policies, live ones and drafts, as they were once compiled, kept in a folder, so that a service that starts again does not
 * compile them again.
 *
 * <p>What is kept is code. It is taken only when it is signed (HMAC-SHA-256) by a secret that is in no file of the folder and that
 * nobody but the account of the service can read, and only for exactly the rules, the program, the Drools and the Java that it
 * was made with. What is in doubt is as good as none: the rules are compiled, and kept anew. Safe for use by many threads and
 * several processes.
 */
public final class KeptRules {
    /** So many files are kept, those used last: of policies that are served, drafts, and what was checked. */
    static final int MOST = 64;

    private static final System.Logger LOG = System.getLogger(KeptRules.class.getName());
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE = 32;
    private static final int SECRET = 32;
    /** Bytes of a file: those of the stock rules have a half MB. */
    private static final int LARGEST = 64 << 20;

    private static final String SUFFIX = ".rules";
    /** What this class has kept, and nobody else's. */
    private static final Pattern KEPT = Pattern.compile("[0-9a-f]{64}" + Pattern.quote(SUFFIX));

    private static final Set<PosixFilePermission> OWNERS_ALONE = PosixFilePermissions.fromString("rw-------");

    private final Path folder;
    private final byte[] secret;
    private final String program;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger kept = new AtomicInteger();
    private final AtomicBoolean told = new AtomicBoolean();

    private KeptRules(Path folder, byte[] secret, String program) {
        this.folder = folder;
        this.secret = secret;
        this.program = program;
    }

    /**
     * The rules that are kept in a folder, which is made if need be. The secret is the file beside it of the same name with
     * {@code .key} behind it.
     *
     * @return null where none can be kept: when the files cannot be made, when others may read the secret, where a file system
     *     knows no rights, and when the program does not know its own classes. This is said in the log
     */
    public static @Nullable KeptRules in(Path folder) {
        if (folder.getFileName() == null) {
            LOG.log(Level.WARNING, "compiled rules are not kept in " + folder + ": the secret has no place beside it");
            return null;
        }
        Path key = folder.resolveSibling(folder.getFileName() + ".key");
        try {
            String program = OwnFiles.program();
            if (program == null
                    || !folder.toAbsolutePath()
                            .getFileSystem()
                            .supportedFileAttributeViews()
                            .contains("posix")) {
                LOG.log(Level.INFO, "compiled rules are not kept here: " + folder);
                return null;
            }
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return new KeptRules(folder, secret(key), program);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "compiled rules are not kept in " + folder + ": " + e);
            return null;
        }
    }

    /** The secret, which is made when there is none. */
    private static byte[] secret(Path key) throws IOException {
        if (!Files.exists(key, LinkOption.NOFOLLOW_LINKS)) {
            var made = new byte[SECRET];
            new SecureRandom().nextBytes(made);
            Path half = Files.createTempFile(
                    folderOf(key), "key", null, PosixFilePermissions.asFileAttribute(OWNERS_ALONE));
            try {
                Files.write(half, made);
                Files.createLink(key, half); // of two processes that begin at once, the second takes the first's
            } catch (FileAlreadyExistsException e) {
                LOG.log(Level.DEBUG, "another process was first to make " + key);
            } finally {
                Files.delete(half);
            }
        }
        PosixFileAttributes rights = Files.readAttributes(key, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        var others = EnumSet.noneOf(PosixFilePermission.class);
        others.addAll(rights.permissions());
        others.removeAll(OWNERS_ALONE);
        byte[] secret = rights.isRegularFile() ? bytes(key, SECRET) : new byte[0];
        if (!others.isEmpty() || !rights.owner().equals(self(key)) || secret.length != SECRET) {
            throw new IOException(key + " must be a file of " + SECRET
                    + " bytes that belongs to this account and that nobody else may read or write");
        }
        return secret;
    }

    private static Path folderOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    /** The account that files belong to which this process makes. */
    private static UserPrincipal self(Path key) throws IOException {
        Path probe = Files.createTempFile(folderOf(key), "own", null);
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }

    private static byte[] bytes(Path file, int most) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(most + 1);
        }
    }

    /** How many rules have been taken as they were compiled before. */
    public int taken() {
        return taken.get();
    }

    /** How many rules have been compiled and kept. */
    public int kept() {
        return kept.get();
    }

    /**
     * Compiled rules.
     *
     * @param key names the rules, and the Drools
     * @return null when there are none that are beyond doubt
     */
    byte @Nullable [] take(String key) {
        Path file = file(key);
        try {
            byte[] bytes = bytes(file, LARGEST);
            byte[] module = Arrays.copyOfRange(bytes, Math.min(SIGNATURE, bytes.length), bytes.length);
            byte[] signature = Arrays.copyOf(bytes, SIGNATURE);
            if (bytes.length > LARGEST || !MessageDigest.isEqual(signature, signature(key, module))) {
                doubt(file, "it is not as this service has kept it");
                return null;
            }
            touch(file);
            return module;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            doubt(file, e.toString());
            return null;
        }
    }

    /** Notes that it was used, as what was used longest ago is dropped first; where the folder may only be read, nothing is. */
    private static void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "cannot be touched: " + file);
        }
    }

    /** Counts rules that were taken and could be used. */
    void used(String key) {
        taken.incrementAndGet();
        LOG.log(
                Level.INFO,
                "rules taken as they were compiled before: " + file(key).getFileName());
    }

    /** Says once that something kept is not used. */
    void doubt(String key) {
        doubt(file(key), "it cannot be loaded");
    }

    private void doubt(Path file, String why) {
        if (told.compareAndSet(false, true)) {
            LOG.log(Level.WARNING, "compiled rules in " + file + " are not used but compiled again: " + why);
        }
    }

    /** Keeps compiled rules; when that is not possible, they are compiled again the next time. */
    void keep(String key, byte[] module) {
        if (module.length + SIGNATURE > LARGEST) {
            return;
        }
        Path file = file(key);
        try {
            Path half = Files.createTempFile(folder, "half", null, PosixFilePermissions.asFileAttribute(OWNERS_ALONE));
            try {
                var bytes = new ByteArrayOutputStream();
                bytes.write(signature(key, module));
                bytes.write(module);
                Files.write(half, bytes.toByteArray());
                Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(half);
            }
            kept.incrementAndGet();
            dropOldest();
        } catch (IOException e) {
            if (told.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "compiled rules are not kept in " + folder + ": " + e);
            }
        }
    }

    private void dropOldest() throws IOException {
        record Aged(Path file, FileTime used) {}
        var all = new ArrayList<Aged>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (KEPT.matcher(name).matches() && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    try {
                        all.add(new Aged(file, Files.getLastModifiedTime(file)));
                    } catch (NoSuchFileException e) {
                        LOG.log(Level.DEBUG, "another process has dropped " + file);
                    }
                }
            }
        }
        all.sort(Comparator.comparing(Aged::used).reversed());
        for (Aged each : all.subList(Math.min(MOST, all.size()), all.size())) {
            Files.deleteIfExists(each.file());
        }
    }

    private Path file(String key) {
        return folder.resolve(Sha256.hex(made(key)) + SUFFIX);
    }

    /** What a module was made of and with. */
    private byte[] made(String key) {
        String made = String.join(
                "\n",
                "liandong rules 1",
                key,
                program,
                Runtime.version().toString(),
                System.getProperty("java.vm.vendor", ""));
        return made.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] signature(String key, byte[] module) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update(Sha256.of(made(key)));
            mac.update(module);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
