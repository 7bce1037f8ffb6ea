package liandong.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The server beneath the routes: which addresses it reads, how long it waits, what it says when it refuses by itself. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration implements WebMvcConfigurer {
    private final Admission admission;
    private final Draining draining;
    private final Duration silence;

    /**
     * What the server is made to do.
     *
     * @param silence how long a body, or the next line of a stream, is waited for (see {@link SlowCallers}); a head is waited
     *     for as application.properties says
     */
    ServerConfiguration(
            Admission admission, Draining draining, @Value("${liandong.longest-silence:60s}") Duration silence) {
        this.admission = admission;
        this.draining = draining;
        this.silence = silence;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(admission);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> server() {
        return factory -> {
            factory.setProtocol(PacedProtocol.class.getName());
            factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.getPipeline().addValve(draining.valve());
                    host.getPipeline().addValve(new SlowCallers(silence));
                    host.getPipeline().addValve(new ServerValve());
                    host.setErrorReportValveClass(ServerValve.class.getName());
                }
            });
            factory.addConnectorCustomizers(connector -> {
                // An incident's id may hold a slash: encoded, it is part of its segment.
                connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
                connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
                if (connector.getProtocolHandler() instanceof PacedProtocol http) {
                    http.setPatience(silence);
                    http.setDisableUploadTimeout(false);
                    http.setConnectionUploadTimeout((int) silence.toMillis());
                }
            });
        };
    }

    /**
     * Lets every address through. Others refuse what two parts of a program could read in two ways; here {@link Routes},
     * which says who is let in, and Spring, which finds the controller, both match the address as it was sent by the same
     * patterns, so an incident's id may be any text.
     */
    @Bean
    HttpFirewall firewall() {
        return new HttpFirewall() {
            @Override
            public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
                return new FirewalledRequest(request) {
                    @Override
                    public void reset() {
                        // Nothing was changed.
                    }
                };
            }

            @Override
            public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
                return response;
            }
        };
    }
}
