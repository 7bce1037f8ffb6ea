package liandong.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import liandong.journal.Archive.Cursor;
import liandong.wire.BadRequestException;
import liandong.wire.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far a sweep has come, in a file, so that another can go on from there.
 *
 * @param task what the sweep is about: another one must not go on from here
 * @param at the place up to which everything has been taken
 * @param written how many bytes of results had been written to a file beside it by then
 * @param progress what had come of it by then
 */
public record Checkpoint(ObjectNode task, Cursor at, long written, ObjectNode progress) {

    /**
     * Reads a checkpoint.
     *
     * @return null when the file holds something else
     * @throws IOException if it cannot be read
     */
    public static @Nullable Checkpoint read(Path file) throws IOException {
        try {
            JsonNode json = Json.read(Files.readString(file));
            Cursor at = Cursor.parse(json.path("at").stringValue(""));
            return at != null
                            && json.path("task") instanceof ObjectNode task
                            && json.path("progress") instanceof ObjectNode progress
                            && json.path("written").isIntegralNumber()
                    ? new Checkpoint(task, at, json.path("written").asLong(), progress)
                    : null;
        } catch (BadRequestException | java.nio.charset.CharacterCodingException e) {
            return null;
        }
    }

    /**
     * Writes it in the place of an earlier one, whole or not at all.
     *
     * @throws IOException if it cannot be written; the earlier one is still there
     */
    public void write(Path file) throws IOException {
        ObjectNode json = Json.object();
        json.set("task", task);
        json.put("at", at.text());
        json.put("written", written);
        json.set("progress", progress);
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try (var channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            var bytes = ByteBuffer.wrap((Json.write(json) + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
