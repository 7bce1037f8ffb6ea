package liandong.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import liandong.access.Caller;
import liandong.access.Role;
import liandong.policy.Policy;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;

/** What the frame of every page shows: who is signed in, the language, where one may go. Templates know it as {@code frame}. */
@Component
class Frames {
    private static final String NAME = "frame";
    private static final Caller NOBODY = new Caller("", null, Set.of());

    private final Supplier<Policy> policy;
    private final LocaleResolver locales;
    private final AssetController assets;

    Frames(Supplier<Policy> policy, LocaleResolver locales, AssetController assets) {
        this.policy = policy;
        this.locales = locales;
        this.assets = assets;
    }

    /**
     * A frame.
     *
     * @param signedIn whether somebody is
     * @param name who; empty when they have not said so
     * @param roles what they may do, by the names of {@link Role}; empty while there are no keys
     * @param open whether there are no keys, so that everybody on this machine may do anything
     * @param token for forms
     * @param language {@code zh} or {@code en}
     * @param places where they may go
     * @param policy what the live policy is called
     * @param assets where scripts and styles are
     * @param here the address of the page, to come back to; the console's beginning for one that shows what was sent
     */
    record Frame(
            boolean signedIn,
            String name,
            List<String> roles,
            boolean open,
            String token,
            String language,
            List<Place.Link> places,
            String policy,
            String assets,
            String here) {}

    /** Makes the frame of a request's page. */
    void put(HttpServletRequest request, @Nullable Session session, boolean open) {
        Caller caller = session == null ? NOBODY : session.caller();
        String query = request.getQueryString();
        request.setAttribute(
                NAME,
                new Frame(
                        session != null,
                        caller.name(),
                        open
                                ? List.of()
                                : caller.roles().stream()
                                        .sorted()
                                        .map(Role::name)
                                        .toList(),
                        open,
                        session == null ? "" : session.token(),
                        locales.resolveLocale(request).getLanguage(),
                        Place.of(caller, request.getRequestURI()),
                        policy.get().label(),
                        assets.address(),
                        ConsoleFilter.isSafe(request)
                                ? request.getRequestURI() + (query == null ? "" : "?" + query)
                                : ConsoleRoutes.HOME));
    }
}
