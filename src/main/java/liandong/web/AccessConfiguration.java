package liandong.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import liandong.access.Caller;
import liandong.access.Keys;
import liandong.access.Role;
import liandong.access.Tokens;
import liandong.problem.Code;
import liandong.web.Routes.Kind;
import liandong.web.Routes.Route;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/**
 * Who is let in: {@link CallerFilter} finds out who it is, {@link Routes} says what they may do.
 *
 * <p>No sessions and no cookies, so there is nothing that a page of another origin could ride on.
 */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {
    /** The filters before a request are not observed each by itself: nobody looks, and every request would pay for it. */
    @Bean
    SecurityObservationSettings unobserved() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    SecurityFilterChain access(
            HttpSecurity http, Keys keys, ObjectProvider<Tokens> tokens, RateLimits limits, UnknownForms forms) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                // Who asks is known for one request only, and to it: CallerFilter.
                .sessionManagement(AbstractHttpConfigurer::disable)
                .securityContext(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .addFilterBefore(
                        new CallerFilter(keys, tokens.getIfAvailable(), limits, forms), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests
                        // What goes on with a request that was let in once.
                        .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                        .permitAll()
                        .anyRequest()
                        .access((who, request) -> new AuthorizationDecision(isLetIn(request.getRequest()))))
                .exceptionHandling(handling -> handling.authenticationEntryPoint((request, response, e) ->
                                ErrorResponses.write(request, response, HttpStatus.UNAUTHORIZED, Code.NO_KEY))
                        .accessDeniedHandler((request, response, e) -> refuse(request, response)))
                .build();
    }

    private static boolean isLetIn(HttpServletRequest request) {
        Route route = Routes.of(request);
        if (route != null && (route.kind() == Kind.FREE || route.kind() == Kind.OPEN)) {
            return true;
        }
        if (!Callers.isKnown(request)) {
            throw new AuthenticationCredentialsNotFoundException("nobody is known to ask");
        }
        Caller caller = Callers.of(request);
        return route != null
                && route.isFor(caller)
                && (route.kind() != Kind.CHANGES || !caller.name().isEmpty());
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Route route = Routes.of(request);
        Set<String> methods = Routes.methodsOf(request);
        if (route == null && methods.isEmpty()) {
            ErrorResponses.write(request, response, HttpStatus.NOT_FOUND, Code.NOT_FOUND, request.getRequestURI());
        } else if (route == null) {
            response.setHeader(HttpHeaders.ALLOW, String.join(", ", methods));
            ErrorResponses.write(
                    request,
                    response,
                    HttpStatus.METHOD_NOT_ALLOWED,
                    Code.METHOD_NOT_ALLOWED,
                    request.getMethod(),
                    String.join(", ", methods));
        } else if (route.isFor(Callers.of(request))) {
            ErrorResponses.write(request, response, HttpStatus.UNAUTHORIZED, Code.NAMELESS, CallerFilter.PERSON);
        } else {
            ErrorResponses.write(
                    request,
                    response,
                    HttpStatus.FORBIDDEN,
                    Code.NOT_ALLOWED,
                    Callers.of(request).name(),
                    Role.typed(route.roles()));
        }
    }
}
