package liandong.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A copy of a SQLite store as it is at one moment, while services go on reading and writing it.
 *
 * <p>The store is neither made nor brought up to date by that, so that what a program is about to change can be kept as its
 * predecessor left it.
 */
public final class StoreCopy {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private StoreCopy() {}

    /**
     * Copies a store into a new file, which is there whole or not at all and which nobody but its owner may read.
     *
     * @param store the file of the store
     * @return how many bytes it has
     * @throws FileAlreadyExistsException if there is a file of that name
     * @throws IOException if it cannot be written there
     * @throws StoreException if the store cannot be read, or what was written is not sound
     */
    public static long of(Path store, Path copy) throws IOException {
        if (Files.exists(copy)) {
            throw new FileAlreadyExistsException(copy.toString());
        }
        Path folder = copy.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(copy.toString());
        }
        Path part = copy.resolveSibling(copy.getFileName() + ".part");
        Files.deleteIfExists(part);
        Database.makePrivate(part);
        try {
            var settings = new SQLiteConfig();
            settings.setReadOnly(false); // what a write-ahead log needs to be read
            settings.setBusyTimeout((int) PATIENCE.toMillis());
            var source = new SQLiteDataSource(settings);
            source.setUrl("jdbc:sqlite:" + store.toAbsolutePath().normalize());
            try (Connection connection = source.getConnection();
                    PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
                vacuum.setString(1, part.toAbsolutePath().toString());
                vacuum.execute();
            }
            check(part);
            try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(part, copy);
        } catch (SQLException e) {
            throw new StoreException(
                    Problem.of(
                            Code.STORE_UNREACHABLE,
                            new FileRef(store.toString()),
                            String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ")),
                    e);
        } finally {
            Files.deleteIfExists(part);
        }
        return Files.size(copy);
    }

    /** Has SQLite look through what was written, page by page. */
    private static void check(Path copy) throws SQLException {
        var settings = new SQLiteConfig();
        settings.setReadOnly(true);
        var source = new SQLiteDataSource(settings);
        source.setUrl("jdbc:sqlite:" + copy.toAbsolutePath().normalize());
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("PRAGMA quick_check(1)")) {
            String said = found.next() ? found.getString(1) : "";
            if (!"ok".equals(said)) {
                throw new SQLException("the copy is not sound: " + said);
            }
        }
    }
}
