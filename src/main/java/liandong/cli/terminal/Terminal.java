package liandong.cli.terminal;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import liandong.decision.Decisions;
import liandong.explain.Phrases;
import liandong.policy.BadPolicyException;
import liandong.policy.Policy;
import liandong.policy.PolicyFiles;

/**
 * What a command runs in.
 *
 * @param in standard input
 * @param out standard output: answers only, in UTF-8 whatever the locale, because other programs read them
 * @param err standard error: everything else that is said, in UTF-8 too
 * @param clock gives the time when the caller names none
 * @param policies makes a policy of its files
 * @param outIsTerminal whether a person watches standard output
 * @param errIsTerminal whether a person watches standard error
 */
public record Terminal(
        InputStream in,
        OutputStream out,
        PrintWriter err,
        Clock clock,
        Policies policies,
        boolean outIsTerminal,
        boolean errIsTerminal) {

    /** Makes a policy of its files. */
    @FunctionalInterface
    public interface Policies {
        /** The policy; see {@link Decisions#policy}. */
        Policy load(PolicyFiles files) throws BadPolicyException;
    }

    /** Writes a text to standard output. */
    public void print(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /**
     * Says on standard error what to do next.
     *
     * @param step the phrase, after {@code next.}
     */
    public void next(Phrases say, String step, Object... arguments) {
        err.println(Findings.visible(say.of("next." + step, arguments)));
    }

    /** The one the program was started from. */
    public static Terminal system() {
        return new Terminal(
                new FileInputStream(FileDescriptor.in),
                isTerminal(1)
                        ? new VisibleOutputStream(new FileOutputStream(FileDescriptor.out))
                        : new FileOutputStream(FileDescriptor.out),
                new Messages(new FileOutputStream(FileDescriptor.err)),
                Clock.systemUTC(),
                files -> Decisions.policy(files, Clock.systemUTC().instant()),
                isTerminal(1),
                isTerminal(2));
    }

    /** What is said to people: nothing in it steers the terminal, except what the program itself draws. */
    static final class Messages extends PrintWriter {
        private final OutputStream screen;

        Messages(OutputStream screen) {
            super(
                    new BufferedWriter(new OutputStreamWriter(new VisibleOutputStream(screen), StandardCharsets.UTF_8)),
                    true);
            this.screen = screen;
        }

        /** Draws something of the program's own, such as how far it has come. */
        void draw(String text) {
            flush();
            try {
                screen.write(text.getBytes(StandardCharsets.UTF_8));
                screen.flush();
            } catch (IOException e) {
                setError();
            }
        }
    }

    /** Text in UTF-8 that is sent with each line. */
    public static PrintWriter writer(OutputStream out) {
        return new PrintWriter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)), true);
    }

    /** Whether a stream of this process is a terminal. */
    @SuppressWarnings("SystemConsoleNull") // not asked where it is never null
    private static boolean isTerminal(int descriptor) {
        // The JDK's console tells only of input and output together, and from 22 on is there without a terminal.
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (Files.isSymbolicLink(link)) {
            try {
                String device = Files.readSymbolicLink(link).toString();
                return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
            } catch (IOException e) {
                return false;
            }
        }
        return Runtime.version().feature() < 22 && System.console() != null;
    }
}
