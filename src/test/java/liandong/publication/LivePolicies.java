package liandong.publication;

import java.time.Clock;
import java.util.TreeMap;
import liandong.policy.PolicyFiles;
import liandong.store.Database;

/** Live policies for tests of other packages. */
public final class LivePolicies {
    private LivePolicies() {}

    /** The live policy of an empty store that begins with a policy other than the stock policy. */
    public static LivePolicy beginning(PolicyFiles files, Database database) {
        new PolicyLifecycle(database, Clock.systemUTC(), Gate.OPEN).begin(files);
        return LivePolicy.open(database, Clock.systemUTC());
    }

    /** Makes a policy live without any gate. */
    public static void publish(Database database, PolicyFiles files, Clock clock) {
        Proposal proposal = new PolicyLifecycle(database, clock, Gate.OPEN).propose(files, "作者");
        var publications = new Publications(database);
        database.transact(() -> publications.add(new Publication(
                publications.last() + 1,
                proposal.no(),
                proposal.content(),
                files.version(),
                clock.instant(),
                clock.instant(),
                "作者",
                Publication.Kind.PUBLISH,
                null,
                Publication.Fate.STARTED)));
    }

    /** Makes a policy live that no process can make, as one may be that a later program wrote; its publication's number. */
    public static long publishUnreadable(Database database, Clock clock) {
        var life = new PolicyLifecycle(database, clock, Gate.OPEN);
        var files = new TreeMap<>(life.liveFiles().files());
        files.put("decision-tables/routing.xlsx", new byte[] {1, 2, 3});
        Proposal proposal = life.propose(new PolicyFiles("unreadable", files), "作者");
        var publications = new Publications(database);
        long no = publications.last() + 1;
        database.transact(() -> publications.add(new Publication(
                no,
                proposal.no(),
                proposal.content(),
                new PolicyFiles("unreadable", files).version(),
                clock.instant(),
                clock.instant(),
                "作者",
                Publication.Kind.PUBLISH,
                null,
                Publication.Fate.STARTED)));
        return no;
    }
}
