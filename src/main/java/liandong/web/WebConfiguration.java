package liandong.web;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import liandong.access.Keys;
import liandong.access.Tokens;
import liandong.decision.DecisionService;
import liandong.decision.DecisionWatch;
import liandong.journal.Archive;
import liandong.journal.Journal;
import liandong.journal.Keeping;
import liandong.journal.Personal;
import liandong.keyed.KeyedDecisions;
import liandong.policy.Policy;
import liandong.policy.PolicyHistory;
import liandong.publication.Gate;
import liandong.publication.PolicyLifecycle;
import liandong.replay.Replay;
import liandong.store.Database;
import liandong.trace.Traces;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Primary;
import org.springframework.core.Ordered;

/** What the web face is made of. Whoever starts it gives it a {@link PolicyHistory} and a {@link Database}. */
@SpringBootConfiguration(proxyBeanMethods = false)
// Neither Spring Security's default user nor Spring's own page for errors: see ServerValve.
@EnableAutoConfiguration(exclude = {UserDetailsServiceAutoConfiguration.class, ErrorMvcAutoConfiguration.class})
// Without the filter a test's own configuration in this package would be scanned too.
@ComponentScan(excludeFilters = @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
public class WebConfiguration {
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Keys keys(Database database, Clock clock, ObjectProvider<Tokens> tokens) {
        return new Keys(database, clock, tokens.getIfAvailable() != null);
    }

    /** Every answer is kept, unless whoever starts it says otherwise. */
    @Bean
    @ConditionalOnMissingBean
    Journal journal(Database database, Personal personal, Clock clock) {
        return Journal.in(database, Keeping.REQUIRED, personal, clock, "liandong");
    }

    @Bean
    @ConditionalOnMissingBean
    Personal personal() {
        return Personal.kept();
    }

    @Bean
    Archive archive(Database database) {
        return new Archive(database);
    }

    @Bean
    Replay replay(PolicyHistory policy, Personal personal) {
        return new Replay(policy::version, personal);
    }

    @Bean
    KeyedDecisions keyedDecisions(
            DecisionService service, Journal journal, Archive archive, Replay replay, Database database) {
        return new KeyedDecisions(service, journal, archive, replay, database);
    }

    @Bean
    @ConditionalOnMissingBean
    Gate gate() {
        return Gate.OPEN;
    }

    @Bean
    PolicyLifecycle life(Database database, Clock clock, Gate gate) {
        return new PolicyLifecycle(database, clock, gate);
    }

    /** Who is told of decisions: those who count them, and traces where there are any. */
    @Bean
    @Primary
    DecisionWatch watch(DecisionMeters meters, Journal journal, ObjectProvider<Traces> traces) {
        Traces also = traces.getIfAvailable();
        DecisionWatch watch = also == null ? meters : new Watching(meters, also);
        journal.watchedBy(watch);
        return watch;
    }

    /** Before whoever asks who calls, so that it is traced what that takes. */
    @Bean
    @ConditionalOnBean(Traces.class)
    FilterRegistrationBean<TraceFilter> tracing(Traces traces) {
        var filter = new FilterRegistrationBean<>(new TraceFilter(traces));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Bean
    DecisionService decisionService(
            Supplier<Policy> policy,
            Clock clock,
            @Value("${liandong.clock-tolerance:5m}") Duration tolerance,
            DecisionWatch watch) {
        return new DecisionService(policy, clock).tolerating(tolerance).watchedBy(watch);
    }
}
