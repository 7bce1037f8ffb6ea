package liandong.digest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** The hashes that tie an entry to the one before it. */
public final class HashChain {
    private HashChain() {}

    /**
     * What ties an entry to the one before it: SHA-256 of that one's hash and of all that this one says.
     *
     * @param before the hash of the entry before; empty for the first
     * @param fields what this one says, field by field
     * @return 64 hexadecimal digits
     */
    public static String next(String before, List<String> fields) {
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
