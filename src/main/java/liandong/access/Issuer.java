package liandong.access;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who issues the tokens that open the service beside keys (OpenID Connect), and what of them is believed.
 *
 * @param uri what it calls itself in every token and under which it tells its keys, see {@link #isAddress}
 * @param audience what a token must be made out to
 * @param nameClaim the claim that says whose token it is
 * @param rolesClaim the claim that says what its owner is: a list of words, or words with spaces between; one within others
 *     with dots, such as {@code realm_access.roles}
 * @param roles what each word of that claim lets its owner do; other words let them do nothing
 */
public record Issuer(URI uri, String audience, String nameClaim, String rolesClaim, Map<String, Set<Role>> roles) {
    /** Our own words for roles, for issuers that know them. */
    public static final Map<String, Set<Role>> OWN_WORDS =
            Arrays.stream(Role.values()).collect(Collectors.toUnmodifiableMap(Role::typed, Set::of));

    /**
     * Whether an address will do for what is said about keys: of HTTPS, since whoever could change it on its way could let in
     * anybody; or of this machine.
     */
    public static boolean isAddress(URI uri) {
        String host = uri.getHost();
        return host != null
                && uri.getUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && isHere(host)));
    }

    private static boolean isHere(String host) {
        try {
            return host.equals("localhost")
                    || (host.matches("127(\\.\\d{1,3}){3}|\\[[0-9a-fA-F:]+]")
                            && InetAddress.getByName(host).isLoopbackAddress());
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
