package liandong.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file beside a SQLite database that says which process serves it. The system frees its lock when the process ends,
 * however it ends, so it never tells of one that is gone.
 */
final class ServingMark implements AutoCloseable {
    private final Path path;
    private final @Nullable String other;
    /** Holds the lock; null when another has it, or there can be none. */
    private @Nullable FileChannel held;

    ServingMark(Path database) {
        this.path = database.resolveSibling(database.getFileName() + "-serving");
        this.other = taken();
    }

    private @Nullable String taken() {
        FileChannel channel = null;
        try {
            Database.makePrivate(path);
            channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(
                        String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
                channel.force(false);
                held = channel;
                return null;
            }
            String holder = Files.readString(path, StandardCharsets.US_ASCII).strip();
            channel.close();
            return holder.matches("\\d{1,10}") ? holder : "?";
        } catch (OverlappingFileLockException e) {
            return String.valueOf(ProcessHandle.current().pid());
        } catch (IOException e) {
            // Where there can be no such file, nobody can be told.
            return null;
        }
    }

    /** The process that serves it already; empty when none does. */
    Optional<String> other() {
        return Optional.ofNullable(other);
    }

    @Override
    public void close() {
        FileChannel channel = held;
        held = null;
        if (channel != null) {
            try {
                Files.deleteIfExists(path);
                channel.close();
            } catch (IOException e) {
                // It ends with the process.
            }
        }
    }
}
