package liandong.console;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import liandong.access.Caller;

/** The places of the console, in the order of its menu; {@code place.…} in the texts says what each is called. */
enum Place {
    HOME(ConsoleRoutes.HOME),
    TRY("/console/try"),
    DESK(ConsoleRoutes.DESK),
    POLICY("/console/policy"),
    CHANGES("/console/changes"),
    SCENARIOS(ConsoleRoutes.SCENARIOS),
    WATCH(ConsoleRoutes.WATCH),
    ARCHIVE(ConsoleRoutes.ARCHIVE),
    DOCS(ConsoleRoutes.DOCS);

    private final String address;

    Place(String address) {
        this.address = address;
    }

    /**
     * A place as the menu shows it.
     *
     * @param key of its name
     * @param address where it is
     * @param here whether the page that is shown belongs to it
     */
    record Link(String key, String address, boolean here) {}

    /** The places that a person may go to. */
    static List<Link> of(Caller caller, String uri) {
        return Arrays.stream(values())
                .filter(place -> ConsoleRoutes.mayOpen(caller, place.address))
                .map(place ->
                        new Link("place." + place.name().toLowerCase(Locale.ROOT), place.address, place.isAround(uri)))
                .toList();
    }

    private boolean isAround(String uri) {
        return uri.equals(address) || (this != HOME && uri.startsWith(address + "/"));
    }
}
