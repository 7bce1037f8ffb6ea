package liandong.web;

import java.time.Clock;
import java.util.function.Supplier;
import liandong.engine.Engine;
import liandong.policy.Policy;
import liandong.wire.RoutingDesk;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** What the web face is made of. Whoever starts it gives it a {@code Supplier<Policy>}. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan
public class WebConfiguration {
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    RoutingDesk routingDesk(Supplier<Policy> policy, Clock clock) {
        return new RoutingDesk(new Engine(), policy, clock);
    }
}
