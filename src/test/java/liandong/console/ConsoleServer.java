package liandong.console;

import java.time.Clock;
import liandong.policy.PolicyHistory;
import liandong.policy.TinyPolicy;
import liandong.publication.LivePolicies;
import liandong.store.Database;
import liandong.store.Stores;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** What the console is given in tests: a store of its own, in which a tiny policy is live. */
@TestConfiguration(proxyBeanMethods = false)
class ConsoleServer {
    @Bean
    Database database() {
        return Stores.SQLITE.open();
    }

    @Bean
    PolicyHistory policy(Database database) {
        return LivePolicies.beginning(TinyPolicy.withOneRule().files().labelled("tiny"), database);
    }

    @Bean
    MovingClock clock() {
        return new MovingClock(Clock.systemUTC());
    }
}
