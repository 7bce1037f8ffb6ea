package liandong.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is done to the personal fields of requests before they are kept: names, numbers and the citizen's own words.
 *
 * <p>Safe for use by many threads.
 */
public final class Personal {
    /** Where a request holds them unless the operator names other places: the reporter's words. */
    public static final List<String> FIELDS = List.of("/incident/text");

    /** What stands where a field was masked. */
    static final String MASK = "***";

    private static final String ENCRYPTED = "aes256gcm:";
    private static final int KEY_LENGTH = 32;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;

    /** What is done to a personal field. */
    public enum How {
        /** It is kept as it was given. */
        KEPT,
        /** It is lost: the decision can be read, but not run again. */
        MASKED,
        /** It can be read, and the decision run again, by who has the key. */
        ENCRYPTED
    }

    private final How how;
    private final List<JsonPointer> fields;
    private final @Nullable SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    private Personal(How how, List<String> fields, @Nullable SecretKeySpec key) {
        this.how = how;
        this.fields = fields.stream().map(JsonPointer::compile).toList();
        this.key = key;
    }

    /** All is kept as it was given. */
    public static Personal kept() {
        return new Personal(How.KEPT, List.of(), null);
    }

    /**
     * All is kept as it was given, and what was encrypted before can be read.
     *
     * @param fields JSON pointers into the request
     * @param key 32 bytes
     */
    public static Personal opened(List<String> fields, byte[] key) {
        return new Personal(How.KEPT, fields, key(key));
    }

    /**
     * Fields are masked.
     *
     * @param fields JSON pointers into the request
     */
    public static Personal masked(List<String> fields) {
        return new Personal(How.MASKED, fields, null);
    }

    /**
     * Fields are encrypted with AES-256 in Galois/counter mode.
     *
     * @param fields JSON pointers into the request
     * @param key 32 bytes
     */
    public static Personal encrypted(List<String> fields, byte[] key) {
        return new Personal(How.ENCRYPTED, fields, key(key));
    }

    private static SecretKeySpec key(byte[] bytes) {
        if (bytes.length != KEY_LENGTH) {
            throw new IllegalArgumentException("a key has 32 bytes");
        }
        return new SecretKeySpec(bytes, "AES");
    }

    /**
     * The key in a file: 32 bytes in Base64.
     *
     * @return null when the file holds something else
     * @throws IOException if it cannot be read
     */
    public static byte @Nullable [] key(Path file) throws IOException {
        try {
            byte[] key = Base64.getDecoder()
                    .decode(Files.readString(file, StandardCharsets.US_ASCII).strip());
            return key.length == KEY_LENGTH ? key : null;
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return null;
        }
    }

    /** What is done. */
    How how() {
        return how;
    }

    /** A request as it is to be kept; the one given stays as it is. */
    ObjectNode hidden(ObjectNode request) {
        return how == How.KEPT ? request : changed(request, text -> how == How.MASKED ? MASK : encrypt(text));
    }

    /**
     * A request as it was asked, as far as it can be known here.
     *
     * @return null when its fields are masked, or encrypted and the key is not here or another
     */
    public @Nullable ObjectNode shown(Entry entry, ObjectNode request) {
        if (entry.personal() == How.KEPT) {
            return request;
        }
        if (entry.personal() == How.MASKED || key == null) {
            return null;
        }
        try {
            return changed(request, this::decrypt);
        } catch (Unreadable e) {
            return null;
        }
    }

    @FunctionalInterface
    private interface Change {
        String of(String text);
    }

    private ObjectNode changed(ObjectNode request, Change change) {
        ObjectNode copy = request.deepCopy();
        for (JsonPointer field : fields) {
            JsonNode value = copy.at(field);
            JsonNode parent = copy.at(field.head());
            if (!value.isMissingNode() && !value.isNull() && parent instanceof ObjectNode object) {
                String text = value.isString() ? value.stringValue() : value.toString();
                object.set(field.last().getMatchingProperty(), JsonNodeFactory.instance.stringNode(change.of(text)));
            }
        }
        return copy;
    }

    private String encrypt(String text) {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, text.getBytes(StandardCharsets.UTF_8));
        return ENCRYPTED
                + Base64.getEncoder()
                        .encodeToString(ByteBuffer.allocate(nonce.length + sealed.length)
                                .put(nonce)
                                .put(sealed)
                                .array());
    }

    private String decrypt(String text) {
        if (!text.startsWith(ENCRYPTED)) {
            return text;
        }
        byte[] bytes = Base64.getDecoder().decode(text.substring(ENCRYPTED.length()));
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte[] nonce = new byte[NONCE_LENGTH];
        buffer.get(nonce);
        byte[] sealed = new byte[buffer.remaining()];
        buffer.get(sealed);
        return new String(cipher(Cipher.DECRYPT_MODE, nonce, sealed), StandardCharsets.UTF_8);
    }

    private byte[] cipher(int mode, byte[] nonce, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new Unreadable(e);
        }
    }

    /** A field that this key does not open. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(GeneralSecurityException cause) {
            super(cause);
        }
    }
}
