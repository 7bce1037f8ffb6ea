package liandong.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Objects;

/** Writes workbooks in place. */
public final class WorkbookFile {
    private WorkbookFile() {}

    /** Writes a file whole or not at all. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Path draft = Files.createTempFile(folder, ".liandong", ".tmp");
        try {
            Files.write(draft, content);
            PosixFileAttributeView rights = Files.getFileAttributeView(draft, PosixFileAttributeView.class);
            if (rights != null && Files.exists(file)) {
                rights.setPermissions(Files.getPosixFilePermissions(file));
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /**
     * The same, the former content kept beside it.
     *
     * @return where that is
     */
    public static Path replaceKeeping(Path file, byte[] content) throws IOException {
        Path real = file.toRealPath();
        Path backup = real.resolveSibling(real.getFileName() + ".bak");
        Files.copy(real, backup, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        replace(real, content);
        return backup;
    }
}
