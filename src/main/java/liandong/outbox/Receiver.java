package liandong.outbox;

import java.net.URI;
import java.util.List;

/**
 * Somebody who is sent what is decided.
 *
 * @param name what operators call it; how far it was sent is kept under this
 * @param url where it takes events
 * @param keys what events are signed with, one signature each: the present key, and those that are still known
 */
public record Receiver(String name, URI url, List<WebhookKey> keys) {
    /** How long a name may be, in characters. */
    public static final int LONGEST_NAME = 64;

    /** Where it takes events, as that is kept and shown: without the query, which may be a secret. */
    String shown() {
        String text = url.toString();
        return url.getRawQuery() == null ? text : text.substring(0, text.indexOf('?'));
    }

    /** Whether a text can be a name: it stands in metrics and on command lines. */
    public static boolean isName(String name) {
        return name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0," + (LONGEST_NAME - 1) + "}");
    }
}
