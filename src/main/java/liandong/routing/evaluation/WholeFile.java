package liandong.routing.evaluation;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import liandong.cli.terminal.CommandFailure;
import liandong.explain.Phrases;

/** Writes a file as a whole or not at all, so that a run that is interrupted leaves no half of one. */
final class WholeFile {
    private WholeFile() {}

    /** Writes the content. */
    @FunctionalInterface
    interface Content {
        /** Writes it. */
        void to(OutputStream out) throws IOException;
    }

    /**
     * Looks whether a file can be written, before any work is done for it.
     *
     * @throws CommandFailure if it cannot
     */
    static void mustBePossible(Path file, Phrases say) throws CommandFailure {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isWritable(folder) || Files.isDirectory(file)) {
            throw new CommandFailure(CommandFailure.USAGE, List.of(say.of("test.unwritable", file)));
        }
    }

    static void write(Path file, Content content) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (var out = new BufferedOutputStream(Files.newOutputStream(beside))) {
                content.to(out);
            }
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
