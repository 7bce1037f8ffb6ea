package liandong.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a caller may do. Roles do not include each other: a person who does two things has both. */
public enum Role {
    /** Asks for decisions, and reads again what it was answered; another system, as a rule. */
    CALLER,
    /** Runs scenarios, and reads policies. */
    TESTER,
    /** Proposes policies and has them checked. */
    EDITOR,
    /** Approves what others propose, publishes it and goes back. */
    APPROVER,
    /** Reads everything that was decided and who changed what; changes nothing. */
    AUDITOR,
    /** Judges at the duty desk what the rules leave to a person, and reads those reports. */
    OFFICER,
    /** Reads figures of the service, no word of a report and no decision; a program that watches it, as a rule. */
    METRICS;

    /** All of them. */
    public static final Set<Role> ALL = Set.copyOf(EnumSet.allOf(Role.class));

    /** As it is typed. */
    public String typed() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Several in their order, e.g. {@code "caller,editor"}. */
    public static String typed(Set<Role> roles) {
        return roles.stream().sorted().map(Role::typed).collect(Collectors.joining(","));
    }
}
