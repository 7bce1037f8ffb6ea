package liandong.console;

import java.time.Instant;
import liandong.access.Caller;

/**
 * Somebody who is signed in at a browser.
 *
 * @param secret what the browser's cookie holds; nobody else is told it
 * @param token what every form that changes something must bring along, so that no page from elsewhere can send it
 * @param caller who it is
 * @param address where they signed in; from elsewhere the session does not count, as their key may not
 * @param begun when they signed in
 * @param used when they were last heard of
 */
record Session(String secret, String token, Caller caller, String address, Instant begun, Instant used) {
    Session usedAt(Instant now) {
        return new Session(secret, token, caller, address, begun, now);
    }
}
