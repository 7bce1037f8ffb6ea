package liandong.cli.journal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import liandong.cli.terminal.CommandFailure;
import liandong.problem.Code;
import liandong.problem.FileRef;
import liandong.problem.Problem;
import liandong.replay.Checkpoint;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A file of results, a line each, that an interrupted run goes on with where it had kept its progress. */
public final class ResultFile implements ScanRunner.Results, AutoCloseable {
    private final FileChannel channel;
    private final BufferedOutputStream out;

    private ResultFile(FileChannel channel) {
        this.channel = channel;
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel));
    }

    /**
     * Opens a file.
     *
     * @param earlier how far an earlier run has come: what it wrote after that is written again; null to begin anew
     * @throws CommandFailure if it is not the file of the earlier run
     */
    public static ResultFile open(Path file, @Nullable Checkpoint earlier, Locale language)
            throws CommandFailure, IOException {
        long written = earlier == null ? 0 : earlier.written();
        long size = Files.exists(file) ? Files.size(file) : 0;
        if (size < written) {
            Problem problem = Problem.of(Code.OTHER_RESULTS, new FileRef(file.toString()), file, size, written);
            throw new CommandFailure(CommandFailure.USAGE, List.of(problem.line(language)));
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(written);
        channel.position(written);
        return new ResultFile(channel);
    }

    public void write(JsonNode result) {
        try {
            out.write((Json.write(result) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public long kept() throws IOException {
        out.flush();
        channel.force(true);
        return channel.position();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
