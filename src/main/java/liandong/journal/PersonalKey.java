package liandong.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import liandong.digest.HashChain;
import org.jspecify.annotations.Nullable;

/**
 * A key of personal fields, and what is encrypted with it: AES-256 in Galois/counter mode (NIST SP 800-38D). Safe for use by
 * many threads.
 *
 * <p>A text is encrypted together with what it belongs to, and cannot be read as anything else's.
 */
public final class PersonalKey {
    static final int LENGTH = 32;

    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final int ID_LENGTH = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String id;
    private final SecretKeySpec key;

    /** A key of its 32 bytes. */
    public PersonalKey(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a key has 32 bytes");
        }
        this.key = new SecretKeySpec(bytes, "AES");
        this.id = HashChain.next("personal key", List.of(Base64.getEncoder().encodeToString(bytes)))
                .substring(0, ID_LENGTH);
    }

    /** What it is called: it tells nothing of the key. */
    String id() {
        return id;
    }

    byte[] bytes() {
        return key.getEncoded();
    }

    /**
     * Bytes encrypted, as Base64.
     *
     * @param of what they belong to; empty for nothing
     */
    public String sealed(byte[] bytes, String of) {
        byte[] nonce = new byte[NONCE_LENGTH];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, of).doFinal(bytes);
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(nonce.length + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /** What {@link #sealed} made; null when it was made with another key, of something else, or was changed. */
    public byte @Nullable [] opened(String sealed, String of) {
        try {
            byte[] bytes = Base64.getDecoder().decode(sealed);
            if (bytes.length < NONCE_LENGTH) {
                return null;
            }
            byte[] nonce = Arrays.copyOf(bytes, NONCE_LENGTH);
            return cipher(Cipher.DECRYPT_MODE, nonce, of).doFinal(bytes, NONCE_LENGTH, bytes.length - NONCE_LENGTH);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return null;
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String of) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(of.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
