package liandong.publication;

import java.text.Normalizer;
import java.util.Locale;

/** Names of people: the same person, however the name was typed. */
final class People {
    private People() {}

    static boolean same(String one, String other) {
        return plain(one).equals(plain(other));
    }

    private static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .strip()
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT);
    }
}
