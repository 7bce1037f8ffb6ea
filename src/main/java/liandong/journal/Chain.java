package liandong.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import liandong.digest.Sha256;

/** The hashes that tie an entry to the one before it. */
final class Chain {
    private Chain() {}

    /** What a chain begins with. */
    static String start(String before, String host, String program, long startedAt) {
        return hash(before, List.of(host, program, String.valueOf(startedAt)));
    }

    /**
     * What ties an entry to the one before it: SHA-256 of that one's hash and of all that this one says.
     *
     * @param fields see {@link Entries#fields}
     */
    static String next(String before, List<String> fields) {
        return hash(before, fields);
    }

    private static String hash(String before, List<String> fields) {
        MessageDigest digest = Sha256.digest();
        update(digest, before);
        fields.forEach(field -> update(digest, field));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** With its length before it, no text can pass for the end of one field and the beginning of the next. */
    private static void update(MessageDigest digest, String field) {
        byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }
}
